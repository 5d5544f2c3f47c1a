import { isIP } from 'node:net';
import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';

export interface AccessOptions {
  /** Address that the server listens on. */
  host: string;
  /** Names under which the server may be called besides those of this machine; '*' for any. */
  allowedHosts: readonly string[];
  /** Origins of other pages whose scripts may call, such as 'https://example.org'. */
  allowedOrigins: readonly string[];
}

/**
 * Who may talk to the server: which names it answers to (a page of another site cannot make a browser send a name of
 * this list, whatever address its own name is turned to), and which origins scripts may call from.
 */
export class Access {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;
  readonly #anyHost: boolean;
  readonly #anyAddress: boolean;

  /** @throws OptionError for what is no origin or no host name */
  constructor({ host, allowedHosts, allowedOrigins }: AccessOptions) {
    for (const origin of allowedOrigins) {
      if (originOf(origin) !== origin) throw new OptionError(`launch: allowedOrigins must be origins such as "https://example.org", got ${show(origin)}.`);
    }
    for (const name of allowedHosts) {
      if (name !== '*' && hostName(name) !== name.toLowerCase()) throw new OptionError(`launch: allowedHosts must be host names such as "demo.example.org", without port, got ${show(name)}.`);
    }
    this.#hosts = new Set(['localhost', '127.0.0.1', '[::1]', hostName(isIP(host) === 6 ? `[${host}]` : host) ?? '', ...allowedHosts.map((name) => name.toLowerCase())]);
    this.#origins = new Set(allowedOrigins);
    this.#anyHost = allowedHosts.includes('*');
    // A bare address cannot be another site's name; on loopback nobody needs one.
    this.#anyAddress = !isLoopback(host);
  }

  /** Whether the server answers to this Host header. */
  allowsHost(header: string | undefined): boolean {
    if (header === undefined) return false;
    const name = hostName(header);
    if (name === undefined) return false;
    return this.#hosts.has(name) || this.#anyHost || (this.#anyAddress && isIP(name.replace(/^\[|\]$/g, '')) > 0);
  }

  /** What an Origin header means: the page of this very server, one on the list, or a foreign one ('null' among them). */
  origin(origin: string | undefined, host: string): 'same' | 'listed' | 'foreign' {
    if (origin === undefined || origin === `http://${host}` || origin === `https://${host}`) return 'same';
    return this.#origins.has(origin) ? 'listed' : 'foreign';
  }

  /** Whether pages of other sites may call at all. */
  get hasOrigins(): boolean {
    return this.#origins.size > 0;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** The name in a Host header, in lower case and without its port; undefined for what is none. */
function hostName(header: string): string | undefined {
  return /^([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i.exec(header)?.[1].toLowerCase();
}

function originOf(text: string): string | undefined {
  try {
    const { origin } = new URL(text);
    return origin === 'null' ? undefined : origin;
  } catch {
    return undefined;
  }
}
