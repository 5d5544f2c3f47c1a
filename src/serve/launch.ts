import { RefitError } from '../core/errors.ts';
import { completeOptions, custom, integer, optional, positive, type Rules } from '../core/rules.ts';
import type { App } from './app.ts';
import { limitRules, type Limits } from './limits.ts';
import type { Auth } from './logins.ts';

export interface LaunchOptions {
  /** Port to listen on; 0 for any that is free. Default null: the first free one from 7860 to 7899. */
  port?: number | null;
  /** Address to listen on. Default '127.0.0.1', which only this machine can reach; '0.0.0.0' for all. */
  host?: string;
  /** Names under which the server may be called besides localhost, such as the name that a tunnel gives; '*' for any. */
  allowedHosts?: readonly string[];
  /** Origins of other pages whose scripts may call, such as 'https://example.org'. */
  allowedOrigins?: readonly string[];
  /** Origins of pages that may show this one in a frame. */
  frameAncestors?: readonly string[];
  /** Names and passwords, or a function that checks them; null for no login. */
  auth?: Auth | null;
  /** What the login page says. */
  authMessage?: string;
  /** What the server spends at most. */
  limits?: Limits;
  /** Folder for flagged results. Default 'flagged'. */
  flagFolder?: string;
  /** Hears of errors that callers are not told. Default: standard error. */
  onError?: (error: unknown, where: string) => void;
  /** Seconds that running calls get to end when the server closes. Default 10. */
  closeSeconds?: number;
}

const isText = (v: unknown): boolean => typeof v === 'string' && v !== '';
const texts = (v: unknown): boolean => Array.isArray(v) && v.every(isText);
const isObject = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v);
const isAuth = (v: unknown): boolean => typeof v === 'function' || (isObject(v) && Object.keys(v as object).length > 0 && Object.values(v as object).every(isText));

const rules: Rules<LaunchOptions> = {
  port: optional(integer(0, { min: 0, max: 65_535 })),
  host: custom('127.0.0.1', 'an address such as "127.0.0.1"', isText, 7),
  allowedHosts: custom([], 'a list of host names', texts, 7),
  allowedOrigins: custom([], 'a list of origins', texts, 7),
  frameAncestors: custom([], 'a list of origins', (v) => texts(v) && (v as string[]).every((one) => /^https?:\/\/[\w.*:-]+$/.test(one)), 7),
  auth: optional(custom(null, 'passwords by name, or a function', isAuth, 7)),
  authMessage: custom('Log in to use this demo.', 'a text', isText, 7),
  limits: custom({}, 'an object of limits', isObject, 7),
  flagFolder: custom('flagged', 'a folder', isText, 7),
  onError: custom(logError, 'a function', (v) => typeof v === 'function', 7),
  closeSeconds: positive(10),
};

/** A server that listens. */
export interface RunningDemo {
  /** Where it is reached from this machine. */
  readonly url: string;
  readonly port: number;
  /** What is open at the moment. */
  readonly counts: { sessions: number; streams: number; waiting: number; running: number; results: number; files: number; fileBytes: number };
  /** Takes no further calls, lets the running ones end, then closes everything and removes uploads and outputs. */
  close(): Promise<void>;
}

/** Starts a server for an app. @throws OptionError; RefitError when the port is taken or the address is not this machine's */
export async function launch(app: App, options: LaunchOptions = {}): Promise<RunningDemo> {
  const complete = completeOptions<LaunchOptions>('launch', options, rules);
  const limits = completeOptions<Limits>('launch: limits', complete.limits, limitRules);
  // Loaded here, so that a program which only uses the library does not wait for an HTTP server.
  const { DemoServer } = await import('./demo-server.ts');
  const server = new DemoServer(app, { ...complete, limits });
  const port = await listen((at) => server.listen(complete.host, at), complete.port, complete.host);
  const shown = complete.host === '0.0.0.0' || complete.host === '::' ? 'localhost' : complete.host.includes(':') ? `[${complete.host}]` : complete.host;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${shown}:${port}`,
    port,
    get counts() {
      return server.counts;
    },
    close: () => (closing ??= server.close(complete.closeSeconds)),
  };
}

async function listen(at: (port: number) => Promise<number>, port: number | null, host: string): Promise<number> {
  for (let candidate = port ?? 7860; ; candidate++) {
    try {
      return await at(candidate);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port === null && candidate < 7899) continue;
      const reason =
        code === 'EADDRINUSE' ? `port ${candidate} is taken. Choose another, or 0 for any that is free` : code === 'EACCES' ? `port ${candidate} needs rights that this process lacks. Choose one above 1023` : message;
      throw new RefitError(`launch: cannot listen on ${host}, ${reason}.`, { cause: error });
    }
  }
}

/** An error with its stack; control characters, which a caller's text may hold, do not reach the terminal. */
function logError(error: unknown, where: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${where}: ${text.replace(/[^\P{Cc}\n\t]/gu, '�')}\n`);
}
