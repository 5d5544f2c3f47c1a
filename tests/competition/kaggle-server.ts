import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  method: string;
  path: string;
  authorization: string | undefined;
  body: string;
}

/** A server on this machine that speaks the part of Kaggle's HTTP that uploads need: the same paths, fields and statuses. */
export class KaggleServer {
  readonly received: Received[] = [];
  /** What ListSubmissions says of an upload, one answer after the other; the last one stays. */
  answers: object[] = [{ status: 'PENDING' }, { status: 'COMPLETE', publicScore: '0.77751', privateScore: '' }];
  /** Answers a method with this status and body instead. */
  refuse: { method: string; status: number; body: string } | undefined;
  #server: Server | undefined;
  #asked = 0;

  async start(): Promise<string> {
    this.#server = createServer(async (request, response) => {
      const body = await text(request);
      const path = request.url as string;
      this.received.push({ method: request.method as string, path, authorization: request.headers.authorization, body });
      const [status, answer] = this.#answer(request.method as string, path, request.headers.authorization, body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
    });
    await new Promise<void>((done) => this.#server?.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  #answer(method: string, path: string, authorization: string | undefined, body: string): [number, string] {
    if (this.refuse && path.endsWith(this.refuse.method)) return [this.refuse.status, this.refuse.body];
    if (method === 'PUT' && path.startsWith('/blob/')) return [200, ''];
    if (!authorization?.startsWith('Basic ') && !authorization?.startsWith('Bearer ')) return [401, '{"code":401,"message":"Unauthorized"}'];
    const port = ((this.#server as Server).address() as AddressInfo).port;
    const { competitionName } = JSON.parse(body) as { competitionName: string };
    if (path === '/v1/competitions.CompetitionApiService/StartSubmissionUpload') return [200, JSON.stringify({ token: `token-of-${competitionName}`, createUrl: `http://127.0.0.1:${port}/blob/1` })];
    if (path === '/v1/competitions.CompetitionApiService/CreateSubmission') return [200, JSON.stringify({ message: 'Successfully submitted', ref: 40001 })];
    if (path === '/v1/competitions.CompetitionApiService/ListSubmissions') {
      const answer = this.answers[Math.min(this.#asked++, this.answers.length - 1)];
      return [200, JSON.stringify({ submissions: [{ ref: 40001, fileName: 'submission.csv', date: '2026-01-02T03:04:05Z', ...answer }, { ref: 39000, status: 'COMPLETE', publicScore: '0.5' }] })];
    }
    return [404, '{"code":404,"message":"Not found"}'];
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
