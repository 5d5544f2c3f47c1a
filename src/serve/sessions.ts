import type { EventStream } from './event-stream.ts';
import { closeStream, gradioMessage } from './gradio-message.ts';
import { HttpError } from './http-error.ts';
import type { Job, JobEvent } from './job.ts';
import type { JobQueue } from './job-queue.ts';
import type { Limits } from './limits.ts';

/** Milliseconds that a stream stays open after its session's last call: the next call then needs no new one. */
const GRACE = 300;
/** Milliseconds by which the end of a cancelled call is told late, so that Python's client has noted the cancelling. */
const CANCEL_DELAY = 250;
/** Milliseconds after which a session without a stream is forgotten. */
const UNREAD = 60_000;

/** Characters told before the stream was opened, beyond which a session is dropped. */
const MOST_UNREAD = 2 ** 24;

/** A caller's calls and the stream that tells of them. */
interface Session {
  hash: string;
  user: string | null;
  jobs: Map<string, Job>;
  /** Lines told before the stream was opened. */
  unread: string;
  stream: EventStream | null;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Sessions as Gradio's clients make them: calls join under a hash of the client's choice, and one stream tells of all
 * of them. A session lives as long as it has calls or an open stream; its number is bounded, and with a login it
 * belongs to one user.
 */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #limits: Readonly<Required<Limits>>;
  readonly #queue: JobQueue;

  constructor(limits: Readonly<Required<Limits>>, queue: JobQueue) {
    this.#limits = limits;
    this.#queue = queue;
  }

  get count(): number {
    return this.#sessions.size;
  }

  /**
   * Puts a call into the queue under a session.
   * @param makeJob makes the job that tells its events to the listener given
   * @throws HttpError 503 for too many sessions or calls, 403 for another user's session
   */
  join(hash: string, user: string | null, makeJob: (listener: (event: JobEvent) => void) => Job): Job {
    const session = this.#open(hash, user);
    if (session.jobs.size >= this.#limits.callsPerSession) {
      throw new HttpError(503, `At most ${this.#limits.callsPerSession} calls of one session run and wait at a time. Try again later.`);
    }
    const job: Job = makeJob((event) => {
      if (event.type === 'cancelled') setTimeout(() => this.#tell(session, job, event), CANCEL_DELAY).unref();
      else this.#tell(session, job, event);
    });
    session.jobs.set(job.id, job);
    clearTimeout(session.timer);
    try {
      this.#queue.add(job);
    } catch (error) {
      session.jobs.delete(job.id);
      this.#rest(session);
      throw error;
    }
    if (session.stream === null) this.#rest(session);
    return job;
  }

  /** Opens the session's stream. @returns false when there is no such session of this user */
  attach(hash: string, user: string | null, makeStream: (onGone: () => void) => EventStream): boolean {
    const session = this.#sessions.get(hash);
    if (session === undefined || session.user !== user) return false;
    session.stream?.end(closeStream);
    const stream = makeStream(() => {
      if (session.stream === stream) this.#drop(session);
    });
    session.stream = stream;
    if (session.unread !== '') stream.send(session.unread);
    session.unread = '';
    clearTimeout(session.timer);
    if (session.jobs.size === 0) this.#rest(session);
    return true;
  }

  /** The job of this session and user; undefined for any other. */
  find(hash: string, user: string | null, id: string): Job | undefined {
    const session = this.#sessions.get(hash);
    return session?.user === user ? session.jobs.get(id) : undefined;
  }

  /** Ends all streams. */
  close(): void {
    for (const session of this.#sessions.values()) {
      clearTimeout(session.timer);
      session.stream?.end(closeStream);
    }
    this.#sessions.clear();
  }

  #open(hash: string, user: string | null): Session {
    let session = this.#sessions.get(hash);
    if (session !== undefined) {
      if (session.user !== user) throw new HttpError(403, 'This session belongs to another user.');
      return session;
    }
    if (this.#sessions.size >= this.#limits.sessions) throw new HttpError(503, 'Too many sessions are open. Try again later.');
    session = { hash, user, jobs: new Map(), unread: '', stream: null, timer: undefined };
    this.#sessions.set(hash, session);
    return session;
  }

  #tell(session: Session, job: Job, event: JobEvent): void {
    if (this.#sessions.get(session.hash) !== session) return;
    const line = gradioMessage(job.id, event);
    if (session.stream !== null) session.stream.send(line);
    else session.unread += line;
    if (session.unread.length > MOST_UNREAD) this.#drop(session);
    if (job.state !== 'done') return;
    session.jobs.delete(job.id);
    if (session.jobs.size === 0) this.#rest(session);
  }

  /** Nothing to tell for now: the stream is closed after a grace, a session nobody reads is forgotten later. */
  #rest(session: Session): void {
    clearTimeout(session.timer);
    session.timer = setTimeout(() => this.#drop(session), session.stream === null ? UNREAD : GRACE);
    session.timer.unref();
  }

  /** Forgets a session; whatever it still waits for is cancelled. */
  #drop(session: Session): void {
    clearTimeout(session.timer);
    if (this.#sessions.get(session.hash) === session) this.#sessions.delete(session.hash);
    session.stream?.end(closeStream);
    for (const job of session.jobs.values()) this.#queue.cancel(job);
  }
}
