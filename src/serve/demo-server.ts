import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono, type Context } from 'hono';
import { Access } from './access.ts';
import type { App } from './app.ts';
import { CallResults, callHeartbeat } from './call-results.ts';
import type { Endpoint } from './endpoint.ts';
import { EventStream } from './event-stream.ts';
import { FileStore } from './file-store.ts';
import { FlagLog } from './flag-log.ts';
import { gradioConfig, PREFIX } from './gradio-config.ts';
import { gradioInfo } from './gradio-info.ts';
import { heartbeat, noSession } from './gradio-message.ts';
import { HttpError } from './http-error.ts';
import { Job, type JobEvent } from './job.ts';
import { JobQueue } from './job-queue.ts';
import type { Limits } from './limits.ts';
import { Logins, type Auth } from './logins.ts';
import { openApi } from './open-api.ts';
import { pageAssets, pagePolicy } from './page-assets.ts';
import { hasType, readBody, readJson } from './read-body.ts';
import { readMultipart } from './read-multipart.ts';
import { receiveUploads } from './receive-uploads.ts';
import { commonHeaders, sendError, sendFile, sendJson, sendText, type Headers } from './respond.ts';
import type { ErrorLog } from './run-job.ts';
import { Sessions } from './sessions.ts';

export interface DemoServerOptions {
  host: string;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  frameAncestors: readonly string[];
  auth: Auth | null;
  authMessage: string;
  limits: Readonly<Required<Limits>>;
  /** Folder for flagged results. */
  flagFolder: string;
  onError: ErrorLog;
}

type Handler = (request: IncomingMessage, response: ServerResponse, context: Context<Env>) => void | Promise<void>;
interface Env {
  Bindings: HttpBindings;
  Variables: { headers: Headers; user: string | null; token: string | undefined };
}

/**
 * The HTTP server of a demo: its page, Gradio's protocol (sse_v3) for the official clients, plain calls for curl.
 *
 * Every request passes the same gates in this order: the name it was sent to, the origin of the page that sent it, the
 * login. Only then a route sees it. Answers are written to Node's response directly: event streams and files need it.
 */
export class DemoServer {
  readonly #app: App;
  readonly #options: DemoServerOptions;
  readonly #endpoints: ReadonlyMap<string, Endpoint>;
  readonly #byId: ReadonlyMap<number, Endpoint>;
  readonly #access: Access;
  readonly #logins: Logins | null;
  readonly #queue: JobQueue;
  readonly #sessions: Sessions;
  readonly #results: CallResults;
  readonly #files: FileStore;
  readonly #flags: FlagLog;
  readonly #server: Server;
  readonly #appId = randomBytes(8).toString('hex');
  readonly #cookie = `refit_${this.#appId}`;
  #streams = 0;

  constructor(app: App, options: DemoServerOptions) {
    this.#app = app;
    this.#options = options;
    this.#endpoints = new Map(app.tabs.map(({ endpoint }) => [endpoint.options.apiName, endpoint]));
    this.#byId = new Map(app.tabs.map(({ endpoint }) => [endpoint.options.id, endpoint]));
    this.#access = new Access(options);
    this.#logins = options.auth === null ? null : new Logins(options.auth, options.limits);
    this.#queue = new JobQueue(options.limits.waitingCalls, options.onError);
    this.#sessions = new Sessions(options.limits, this.#queue);
    this.#results = new CallResults(options.limits);
    this.#files = new FileStore(options.limits);
    this.#flags = new FlagLog(options.flagFolder);
    const { headerSeconds, requestSeconds, connections } = options.limits;
    this.#server = createServer(
      {
        headersTimeout: headerSeconds * 1000,
        requestTimeout: requestSeconds * 1000,
        connectionsCheckingInterval: Math.min(1000, headerSeconds * 500),
        keepAliveTimeout: 5000,
        maxHeaderSize: 16_384,
      },
      getRequestListener(this.#routes().fetch, { overrideGlobalObjects: false }) as (request: IncomingMessage, response: ServerResponse) => void,
    );
    this.#server.maxConnections = connections;
    // A broken or hostile request ends its connection, and nothing more.
    this.#server.on('clientError', (_, socket) => socket.destroy());
  }

  /** @returns the port listened on */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.#options.onError(error, 'server'));
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  /** What is open at the moment. */
  get counts(): { sessions: number; streams: number; waiting: number; running: number; results: number; files: number; fileBytes: number } {
    return {
      sessions: this.#sessions.count,
      streams: this.#streams,
      waiting: this.#queue.waiting,
      running: this.#queue.running,
      results: this.#results.count,
      files: this.#files.count,
      fileBytes: this.#files.bytes,
    };
  }

  /** Takes no further calls, lets the running ones end (for so many seconds at most), tells their callers, and closes all. */
  async close(seconds: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#queue.close(), new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1000)))]);
    clearTimeout(timer);
    this.#queue.abandon();
    this.#sessions.close();
    this.#results.close();
    this.#server.closeIdleConnections();
    const force = setTimeout(() => this.#server.closeAllConnections(), 500);
    await closed;
    clearTimeout(force);
    this.#files.close();
  }

  #routes(): Hono<Env> {
    const { limits, authMessage, frameAncestors } = this.#options;
    const page = pageAssets(this.#app.title, authMessage);
    const pageHeaders: Headers = { 'content-security-policy': pagePolicy(frameAncestors), 'cross-origin-opener-policy': 'same-origin' };
    const config = Buffer.from(JSON.stringify(gradioConfig(this.#app, this.#appId, limits, this.#logins !== null)));
    const info = Buffer.from(JSON.stringify(gradioInfo(this.#app)));
    const description = Buffer.from(JSON.stringify(openApi(this.#app, this.#logins !== null)));

    const routes = new Hono<Env>();
    const raw =
      (handle: Handler) =>
      async (c: Context<Env>): Promise<Response> => {
        const { incoming, outgoing } = c.env;
        try {
          await handle(incoming, outgoing, c);
        } catch (error) {
          if (!(error instanceof HttpError)) this.#options.onError(error, 'server');
          sendError(outgoing, error, c.get('headers') ?? commonHeaders);
        }
        return RESPONSE_ALREADY_SENT;
      };
    const get = (path: string, handle: Handler): void => void routes.get(path, raw(handle));
    const post = (path: string, handle: Handler): void => void routes.post(path, raw(handle));
    const getJson = (path: string, body: Buffer): void => get(path, (_, response, c) => sendJson(response, 200, body, c.get('headers')));

    routes.use(async (c, next) => {
      const refused = this.#gate(c);
      if (refused !== undefined) {
        await raw(refused)(c);
        return RESPONSE_ALREADY_SENT;
      }
      await next();
      return undefined;
    });

    get('/', (_, response, c) => {
      const isKnown = this.#logins === null || c.get('user') !== null;
      sendText(response, 200, isKnown ? page.html : page.login, 'text/html; charset=utf-8', { ...c.get('headers'), ...pageHeaders });
    });
    for (const [path, { body, type }] of page.files) get(path, (_, response, c) => sendText(response, 200, body, type, { ...c.get('headers'), 'cache-control': 'no-cache' }));
    getJson('/config', config);
    getJson(`${PREFIX}/info`, info);
    getJson('/openapi.json', description);
    getJson(`${PREFIX}/app_id`, Buffer.from(JSON.stringify({ app_id: this.#appId })));
    getJson('/health', Buffer.from('{"status":"ok"}'));

    post(`${PREFIX}/queue/join`, (request, response, c) => this.#join(request, response, c));
    get(`${PREFIX}/queue/data`, (request, response, c) => this.#stream(request, response, c));
    post(`${PREFIX}/cancel`, (request, response, c) => this.#cancel(request, response, c));
    post(`${PREFIX}/reset`, (request, response, c) => this.#cancel(request, response, c));
    get(`${PREFIX}/heartbeat/:hash`, (_, response, c) => {
      this.#openStream(response, c, 'data: ALIVE\n\n', () => {}).send('data: ALIVE\n\n');
    });
    post(`${PREFIX}/upload`, async (request, response, c) => sendJson(response, 200, await receiveUploads(request, this.#files, limits, c.get('user')), c.get('headers')));
    get(`${PREFIX}/:file{file=.+}`, (request, response, c) => this.#download(request, response, c));
    post(`${PREFIX}/run/:name`, (request, response, c) => this.#run(request, response, c));
    post(`${PREFIX}/call/v2/:name`, (request, response, c) => this.#startCall(request, response, c, true));
    post(`${PREFIX}/call/:name`, (request, response, c) => this.#startCall(request, response, c, false));
    get(`${PREFIX}/call/v2/:name/:id`, (_, response, c) => this.#readCall(response, c));
    get(`${PREFIX}/call/:name/:id`, (_, response, c) => this.#readCall(response, c));
    post('/refit/flag', (request, response, c) => this.#flag(request, response, c));
    if (this.#logins !== null) {
      post('/login', (request, response, c) => this.#login(request, response, c, this.#logins as Logins));
      post('/logout', (_, response, c) => {
        this.#logins?.logout(c.get('token'));
        sendJson(response, 200, { success: true }, { ...c.get('headers'), 'set-cookie': `${this.#cookie}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0` });
      });
    }
    routes.notFound(raw(() => {
      throw new HttpError(404, 'There is nothing here.');
    }));
    return routes;
  }

  /** Host, origin, login: what refuses a request, or undefined; sets the headers of the answer and the user. */
  #gate(c: Context<Env>): Handler | undefined {
    const { incoming } = c.env;
    const { host, origin } = incoming.headers;
    c.set('headers', commonHeaders);
    c.set('user', null);
    if (!this.#access.allowsHost(host)) return refuse(403, 'This server does not answer to this host name. Name it in allowedHosts.');
    const from = this.#access.origin(origin, host as string);
    if (from === 'foreign') return refuse(403, 'Pages of this origin may not call this server. Name it in allowedOrigins.');
    const listed: Headers = from === 'listed' ? { 'access-control-allow-origin': origin as string, vary: 'Origin' } : {};
    const headers = { ...commonHeaders, 'cross-origin-resource-policy': this.#access.hasOrigins ? 'cross-origin' : 'same-origin', ...listed };
    c.set('headers', headers);
    if (incoming.method === 'OPTIONS') {
      return (_, response) => {
        response.writeHead(204, {
          ...headers,
          ...(from === 'listed' && {
            'access-control-allow-methods': 'GET, POST',
            'access-control-allow-headers': 'content-type, x-gradio-user, authorization',
            'access-control-max-age': '600',
          }),
        });
        response.end();
      };
    }
    if (this.#logins === null) return undefined;
    const token = cookieOf(incoming.headers.cookie, this.#cookie);
    c.set('token', token);
    const user = this.#logins.user(token);
    c.set('user', user ?? null);
    const isOpen = user !== undefined || openPaths.has(c.req.path);
    if (isOpen) return undefined;
    const body = { detail: { error: 'Not authenticated', auth_message: this.#options.authMessage } };
    return refuse(401, 'Not authenticated', body);
  }

  async #join(request: IncomingMessage, response: ServerResponse, c: Context<Env>): Promise<void> {
    const body = await readJson(request, this.#options.limits.jsonBytes);
    const endpoint = this.#byId.get(Number(own(body, 'fn_index')));
    if (endpoint === undefined) throw new HttpError(404, 'There is no function with this fn_index.');
    const hash = own(body, 'session_hash');
    if (typeof hash !== 'string' || !/^[\w-]{1,64}$/.test(hash)) throw new HttpError(400, 'session_hash must be 1 to 64 letters, digits, - or _.');
    const data = listOf(body);
    const user = c.get('user');
    const job = this.#sessions.join(hash, user, (listener) => this.#job(c, endpoint, data, listener));
    sendJson(response, 200, `{"event_id":"${job.id}"}`, c.get('headers'));
  }

  #stream(request: IncomingMessage, response: ServerResponse, c: Context<Env>): void {
    const hash = new URL(request.url as string, 'http://localhost').searchParams.get('session_hash') ?? '';
    const isThere = this.#sessions.attach(hash, c.get('user'), (onGone) => this.#openStream(response, c, heartbeat, onGone));
    if (!isThere) this.#openStream(response, c, heartbeat, () => {}).end(noSession);
  }

  async #cancel(request: IncomingMessage, response: ServerResponse, c: Context<Env>): Promise<void> {
    const body = await readJson(request, this.#options.limits.jsonBytes);
    const [hash, id] = [own(body, 'session_hash'), own(body, 'event_id')];
    // Only who knows both the session and the call may end it; /reset names no session and does nothing.
    const job = typeof hash === 'string' && typeof id === 'string' ? this.#sessions.find(hash, c.get('user'), id) : undefined;
    if (job !== undefined) this.#queue.cancel(job);
    sendJson(response, 200, { success: true }, c.get('headers'));
  }

  async #run(request: IncomingMessage, response: ServerResponse, c: Context<Env>): Promise<void> {
    const body = await readJson(request, this.#options.limits.jsonBytes);
    const index = own(body, 'fn_index');
    const endpoint = typeof index === 'number' ? this.#byId.get(index) : this.#endpoints.get(c.req.param('name') as string);
    if (endpoint === undefined) throw new HttpError(404, 'There is no function of this name.');
    const headers = c.get('headers');
    await new Promise<void>((resolve) => {
      const job = this.#job(c, endpoint, listOf(body), (event) => {
        if (event.type === 'completed') {
          sendJson(response, 200, { data: event.data, is_generating: false, duration: event.seconds, average_duration: event.average }, headers);
          resolve();
        } else if (event.type === 'failed') {
          sendJson(response, 500, { error: event.message ?? 'An error occurred.' }, headers);
          resolve();
        } else if (event.type === 'cancelled') resolve();
      });
      response.once('close', () => {
        if (!response.writableEnded) this.#queue.cancel(job);
      });
      this.#queue.add(job);
    });
  }

  async #startCall(request: IncomingMessage, response: ServerResponse, c: Context<Env>, byName: boolean): Promise<void> {
    const endpoint = this.#endpoints.get(c.req.param('name') as string);
    if (endpoint === undefined) throw new HttpError(404, 'There is no function of this name.');
    const body = await readJson(request, this.#options.limits.jsonBytes);
    const data = byName ? endpoint.options.names.map((name) => own(body, name)) : listOf(body);
    let tell: (event: JobEvent) => void = () => {};
    const job = this.#job(c, endpoint, data, (event) => tell(event));
    tell = this.#results.open(job.id, c.get('user'));
    try {
      this.#queue.add(job);
    } catch (error) {
      this.#results.forget(job.id);
      throw error;
    }
    sendJson(response, 200, `{"event_id":"${job.id}"}`, c.get('headers'));
  }

  #readCall(response: ServerResponse, c: Context<Env>): void {
    const id = c.req.param('id') as string;
    const told = this.#results.finished(id, c.get('user'));
    if (told === null) throw new HttpError(404, 'There is no call of this id, or it is too old.');
    if (told !== undefined) sendText(response, 200, told, 'text/event-stream; charset=utf-8', c.get('headers'));
    else this.#results.follow(id, (onGone) => this.#openStream(response, c, callHeartbeat, onGone));
  }

  async #download(request: IncomingMessage, response: ServerResponse, c: Context<Env>): Promise<void> {
    const encoded = (request.url as string).split('?', 1)[0].slice(`${PREFIX}/file=`.length);
    let path: string;
    try {
      path = decodeURIComponent(encoded);
    } catch {
      throw new HttpError(400, 'The path is not encoded as it must be.');
    }
    // Looked up as a whole: a path is a key here and nothing else.
    const file = this.#files.find(path, c.get('user'));
    if (file === undefined) throw new HttpError(404, 'There is no such file, or it is too old.');
    await sendFile(response, file, c.get('headers'), request.method === 'HEAD');
  }

  async #flag(request: IncomingMessage, response: ServerResponse, c: Context<Env>): Promise<void> {
    const body = await readJson(request, this.#options.limits.jsonBytes);
    const endpoint = this.#endpoints.get(String(own(body, 'api_name')));
    const [data, results, flag, note] = [own(body, 'data'), own(body, 'results'), own(body, 'flag'), own(body, 'note') ?? ''];
    if (endpoint === undefined || !Array.isArray(data) || !Array.isArray(results) || typeof note !== 'string') throw new HttpError(400, 'A flag must have api_name, data, results, flag and note.');
    if (!endpoint.options.flagging.includes(flag as string)) throw new HttpError(400, `The flag must be one of ${endpoint.options.flagging.join(', ') || 'none: this function takes no flags'}.`);
    await this.#flags.add(endpoint, { data, results, flag: flag as string, note, user: c.get('user') });
    sendJson(response, 200, { success: true }, c.get('headers'));
  }

  async #login(request: IncomingMessage, response: ServerResponse, c: Context<Env>, logins: Logins): Promise<void> {
    const { username, password } = await readForm(request);
    const headers = c.get('headers');
    const result = await logins.login(username ?? '', password ?? '', request.socket.remoteAddress ?? '');
    if (result === 'wait') throw new HttpError(429, 'Too many failed logins. Wait a minute.', { headers: { 'retry-after': '60' } });
    if (result === 'wrong') throw new HttpError(401, 'Incorrect credentials.');
    // An old token does not outlive a new login.
    logins.logout(c.get('token'));
    const isSecure = request.headers['x-forwarded-proto'] === 'https';
    const cookie = `${this.#cookie}=${result.token}; HttpOnly; SameSite=Lax; Path=/; Max-Age=${Math.floor(this.#options.limits.loginSeconds)}${isSecure ? '; Secure' : ''}`;
    sendJson(response, 200, { success: true }, { ...headers, 'set-cookie': cookie });
  }

  #job(c: Context<Env>, endpoint: Endpoint, data: readonly unknown[], listener: (event: JobEvent) => void): Job {
    const { headers } = c.env.incoming;
    // Whether the caller used TLS only a proxy can know; the word of the caller itself reaches nobody else.
    const protocol = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
    return new Job(endpoint, data, this.#files.forCall(c.get('user'), `${protocol}://${headers.host}${PREFIX}/file=`), listener);
  }

  #openStream(response: ServerResponse, c: Context<Env>, alive: string, onGone: () => void): EventStream {
    if (this.#streams >= this.#options.limits.streams) throw new HttpError(503, 'Too many event streams are open. Try again later.');
    this.#streams++;
    response.once('close', () => this.#streams--);
    return new EventStream(response, c.get('headers'), alive, onGone);
  }
}

/** What can be had without a login: the page that asks for it, and nothing of the demo. */
const openPaths = new Set(['/', '/login', '/assets/login.js', '/assets/page.css', '/favicon.svg', '/health']);

const refuse =
  (status: number, message: string, body?: object): Handler =>
  () => {
    throw new HttpError(status, message, { body });
  };

/** A member of the object itself, so that nothing inherited is taken for a caller's word. */
function own(body: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

function listOf(body: Readonly<Record<string, unknown>>): readonly unknown[] {
  const data = own(body, 'data');
  if (!Array.isArray(data)) {
    const message = 'data must be a list of values, one for each input.';
    // Python's client wants its 422 as a list of objects.
    throw new HttpError(422, message, { body: { detail: [{ __type__: 'validate', is_valid: false, message, parameter_name: 'data' }] } });
  }
  return data;
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Name and password of a login form, sent the one way or the other. */
async function readForm(request: IncomingMessage): Promise<{ username?: string; password?: string }> {
  const most = 16_384;
  if (hasType(request, 'application/x-www-form-urlencoded')) {
    const form = new URLSearchParams((await readBody(request, most)).toString('utf8'));
    return { username: form.get('username') ?? undefined, password: form.get('password') ?? undefined };
  }
  const fields = new Map<string, Buffer[]>();
  await readMultipart(request, {
    most,
    mostHeader: 1024,
    mostParts: 10,
    onPart(name) {
      const chunks: Buffer[] = [];
      fields.set(name, chunks);
      return { write: (bytes) => void chunks.push(Buffer.from(bytes)), end: () => {} };
    },
  });
  const field = (name: string): string | undefined => {
    const chunks = fields.get(name);
    return chunks && Buffer.concat(chunks).toString('utf8');
  };
  return { username: field('username'), password: field('password') };
}
