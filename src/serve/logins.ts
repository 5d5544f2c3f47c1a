import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Limits } from './limits.ts';

/** Names and passwords, or a function that knows them. */
export type Auth = Readonly<Record<string, string>> | ((name: string, password: string) => boolean | Promise<boolean>);

/** Most logins kept; the oldest go first. */
const MOST_LOGINS = 10_000;

/**
 * Who is logged in: random tokens that are kept here and in the caller's cookie, new with every login.
 * Passwords are compared in constant time, and failures are counted by address and by name.
 */
export class Logins {
  readonly #auth: Auth;
  readonly #limits: Readonly<Required<Limits>>;
  readonly #tokens = new Map<string, { user: string; expires: number }>();
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor(auth: Auth, limits: Readonly<Required<Limits>>) {
    this.#auth = auth;
    this.#limits = limits;
  }

  /** @returns a token, or 'wrong', or 'wait' after too many failures in a minute */
  async login(name: string, password: string, address: string): Promise<{ token: string } | 'wrong' | 'wait'> {
    const keys = [`address ${address}`, `name ${name.slice(0, 200)}`];
    const now = Date.now();
    if (keys.some((key) => this.#failed(key, now) >= this.#limits.failedLogins)) return 'wait';
    // Counted before the check, which may take its time: attempts made at once are all counted.
    for (const key of keys) this.#count(key, now);
    if (!(await this.#knows(name, password))) return 'wrong';
    // Of the address only this attempt is forgiven: one good account buys no further guesses at others.
    this.#failures.delete(keys[1]);
    this.#failures.get(keys[0])!.count--;
    const token = randomBytes(32).toString('hex');
    this.#tokens.set(digest(token).toString('hex'), { user: name, expires: now + this.#limits.loginSeconds * 1000 });
    for (const old of this.#tokens.keys()) {
      if (this.#tokens.size <= MOST_LOGINS) break;
      this.#tokens.delete(old);
    }
    return { token };
  }

  /** The user of a token; undefined for a wrong or old one. */
  user(token: string | undefined): string | undefined {
    if (token === undefined) return undefined;
    // Looked up by digest: how far a guess agrees with a token cannot be told from the time it takes.
    const key = digest(token).toString('hex');
    const login = this.#tokens.get(key);
    if (login !== undefined && login.expires < Date.now()) {
      this.#tokens.delete(key);
      return undefined;
    }
    return login?.user;
  }

  logout(token: string | undefined): void {
    if (token !== undefined) this.#tokens.delete(digest(token).toString('hex'));
  }

  async #knows(name: string, password: string): Promise<boolean> {
    if (typeof this.#auth === 'function') return (await this.#auth(name, password)) === true;
    // An unknown name costs as much as a wrong password.
    const expected = Object.hasOwn(this.#auth, name) ? this.#auth[name] : randomBytes(16).toString('hex');
    return timingSafeEqual(digest(expected), digest(password));
  }

  #failed(key: string, now: number): number {
    const failures = this.#failures.get(key);
    return failures === undefined || failures.until < now ? 0 : failures.count;
  }

  #count(key: string, now: number): void {
    const count = this.#failed(key, now) + 1;
    if (count === 1) {
      this.#failures.delete(key);
      this.#failures.set(key, { count, until: now + 60_000 });
    } else this.#failures.get(key)!.count = count;
    // Entries stand in the order they began, so the first are the oldest.
    for (const [old, { until }] of this.#failures) {
      if (until >= now && this.#failures.size <= MOST_LOGINS) break;
      this.#failures.delete(old);
    }
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
