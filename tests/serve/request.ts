import { request as send, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request to the letter: any path, any header, nothing added or normalised. */
export function request(port: number, path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = send({ port, host: '127.0.0.1', path, method, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode as number, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export const postJson = (port: number, path: string, value: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  request(port, path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof value === 'string' ? value : JSON.stringify(value) });

/** A form with files. */
export function postFiles(port: number, files: readonly { field?: string; name: string; content: string | Buffer; header?: string }[], headers: Record<string, string> = {}): Promise<Answer> {
  const parts = files.flatMap(({ field = 'files', name, content, header = '' }) => [Buffer.from(`--XX\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\n${header}\r\n`), Buffer.from(content), Buffer.from('\r\n')]);
  return request(port, '/gradio_api/upload', { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=XX', ...headers }, body: Buffer.concat([...parts, Buffer.from('--XX--\r\n')]) });
}

/** Bytes to a port as they are. @returns what comes back until the connection ends, and the milliseconds that took */
export function sendRaw(port: number, bytes: string): Promise<{ text: string; milliseconds: number }> {
  return new Promise((resolve) => {
    const started = performance.now();
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ text, milliseconds: performance.now() - started }));
  });
}
