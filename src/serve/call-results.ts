import type { EventStream } from './event-stream.ts';
import type { JobEvent } from './job.ts';
import type { Limits } from './limits.ts';

/** A call made without a session: what it has told so far, kept until it is read or too old. */
interface Call {
  id: string;
  user: string | null;
  told: string;
  isDone: boolean;
  readers: Set<EventStream>;
  expires: number;
}

/**
 * Results of calls made with plain requests: `POST /call/<name>` starts one, `GET /call/<name>/<id>` tells its events,
 * any number of times until it is too old. Bounded in number: the oldest go first.
 */
export class CallResults {
  readonly #calls = new Map<string, Call>();
  readonly #limits: Readonly<Required<Limits>>;

  constructor(limits: Readonly<Required<Limits>>) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#calls.size;
  }

  /** Keeps a call. @returns the listener of its job's events */
  open(id: string, user: string | null): (event: JobEvent) => void {
    const call: Call = { id, user, told: '', isDone: false, readers: new Set(), expires: Date.now() + this.#limits.resultSeconds * 1000 };
    this.#calls.set(id, call);
    this.#forgetOld();
    return (event) => {
      const text = eventText(event);
      if (text === '') return;
      call.isDone = event.type === 'completed' || event.type === 'failed' || event.type === 'cancelled';
      // Of partial results the last one counts.
      call.told = text;
      for (const reader of call.readers) {
        if (call.isDone) reader.end(text);
        else reader.send(text);
      }
      if (call.isDone) call.readers.clear();
    };
  }

  /** Forgets a call that could not be started. */
  forget(id: string): void {
    this.#calls.delete(id);
  }

  /** The finished call's events; undefined while it is running. @returns null when there is no such call of this user */
  finished(id: string, user: string | null): string | undefined | null {
    const call = this.#calls.get(id);
    if (call === undefined || call.user !== user || call.expires < Date.now()) return null;
    return call.isDone ? call.told : undefined;
  }

  /** Tells a reader what comes, after what has come. */
  follow(id: string, makeStream: (onGone: () => void) => EventStream): void {
    const call = this.#calls.get(id) as Call;
    const reader = makeStream(() => call.readers.delete(reader));
    call.readers.add(reader);
    if (call.told !== '') reader.send(call.told);
  }

  close(): void {
    for (const { readers } of this.#calls.values()) for (const reader of readers) reader.end();
    this.#calls.clear();
  }

  /** Calls stand in the order they came. */
  #forgetOld(): void {
    const now = Date.now();
    for (const [id, call] of this.#calls) {
      if (call.expires >= now && this.#calls.size <= this.#limits.results) return;
      for (const reader of call.readers) reader.end();
      this.#calls.delete(id);
    }
  }
}

export const callHeartbeat = 'event: heartbeat\ndata: null\n\n';

/** Events that a plain call is told: partial results, the result, or the error. */
function eventText(event: JobEvent): string {
  if (event.type === 'partial') return `event: generating\ndata: ${JSON.stringify(event.data)}\n\n`;
  if (event.type === 'completed') return `event: complete\ndata: ${JSON.stringify(event.data)}\n\n`;
  if (event.type === 'failed') return `event: error\ndata: ${JSON.stringify({ error: event.message ?? 'An error occurred.', title: event.title })}\n\n`;
  if (event.type === 'cancelled') return `event: error\ndata: ${JSON.stringify({ error: 'Cancelled', title: 'Cancelled' })}\n\n`;
  return '';
}
