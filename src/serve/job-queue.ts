import { HttpError } from './http-error.ts';
import type { Endpoint } from './endpoint.ts';
import type { Job } from './job.ts';
import { runBatch, runJob, type ErrorLog } from './run-job.ts';

/** Milliseconds between two messages that tell waiting calls their place. */
const TELL_EVERY = 250;

/** Waiting and running calls of one endpoint. */
interface Lane {
  waiting: Job[];
  running: number;
  /** Average seconds of a call, the recent ones weighing more; null before the first. */
  average: number | null;
  isScheduled: boolean;
}

/**
 * Calls in the order they came: each endpoint runs so many at a time, the others wait, and when too many wait
 * further ones are refused. Calls of a batched endpoint that wait at the same time are answered together.
 */
export class JobQueue {
  readonly #lanes = new Map<Endpoint, Lane>();
  readonly #maxWaiting: number;
  readonly #log: ErrorLog;
  readonly #runningJobs = new Set<Job>();
  #waiting = 0;
  #running = 0;
  #isClosing = false;
  #whenIdle: (() => void) | undefined;
  #teller: NodeJS.Timeout | undefined;

  constructor(maxWaiting: number, log: ErrorLog) {
    this.#maxWaiting = maxWaiting;
    this.#log = log;
  }

  get waiting(): number {
    return this.#waiting;
  }

  get running(): number {
    return this.#running;
  }

  /** Takes a call. @throws HttpError 503 when too many wait, or the server is closing */
  add(job: Job): void {
    if (this.#isClosing) throw new HttpError(503, 'The server is shutting down.');
    if (this.#waiting >= this.#maxWaiting) throw new HttpError(503, `The queue is full: ${this.#maxWaiting} calls are waiting. Try again later.`, { headers: { 'retry-after': '5' } });
    const lane = this.#lane(job.endpoint);
    lane.waiting.push(job);
    this.#waiting++;
    const rank = lane.waiting.length - 1;
    job.tell({ type: 'estimation', rank, waiting: lane.waiting.length, seconds: this.#estimate(job.endpoint, lane, rank) });
    this.#schedule(job.endpoint, lane);
  }

  /** Cancels a call: a waiting one is dropped, a running one is told by its signal, and its result is not heard any more. */
  cancel(job: Job): void {
    if (job.state === 'done') return;
    if (job.state === 'waiting') {
      const { waiting } = this.#lane(job.endpoint);
      const at = waiting.indexOf(job);
      if (at >= 0) {
        waiting.splice(at, 1);
        this.#waiting--;
      }
    }
    job.tell({ type: 'cancelled' });
  }

  /** Refuses new calls, drops those that wait, and resolves when the running ones are done. */
  close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#teller);
    for (const lane of this.#lanes.values()) {
      for (const job of lane.waiting.splice(0)) job.tell({ type: 'failed', message: 'The server is shutting down.', title: 'Server closed' });
    }
    this.#waiting = 0;
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#whenIdle = resolve));
  }

  /** Tells the callers of calls that are still running that they will not be answered, and the calls to stop. */
  abandon(): void {
    for (const job of this.#runningJobs) {
      job.tell({ type: 'failed', message: 'The server was shut down before the call was done.', title: 'Server closed' });
      job.stop();
    }
  }

  #lane(endpoint: Endpoint): Lane {
    let lane = this.#lanes.get(endpoint);
    if (lane === undefined) this.#lanes.set(endpoint, (lane = { waiting: [], running: 0, average: null, isScheduled: false }));
    return lane;
  }

  /** Starts calls once the requests that arrived together are all read, so that a batch holds all of them. */
  #schedule(endpoint: Endpoint, lane: Lane): void {
    if (lane.isScheduled) return;
    lane.isScheduled = true;
    setImmediate(() => {
      lane.isScheduled = false;
      this.#start(endpoint, lane);
    });
  }

  #start(endpoint: Endpoint, lane: Lane): void {
    const { concurrency, maxBatchSize } = endpoint.options;
    while (lane.running < concurrency && lane.waiting.length > 0) {
      const jobs = lane.waiting.splice(0, endpoint.isBatched ? maxBatchSize : 1);
      this.#waiting -= jobs.length;
      for (const job of jobs) {
        job.state = 'running';
        job.tell({ type: 'starts', seconds: lane.average });
      }
      lane.running++;
      this.#running++;
      for (const job of jobs) this.#runningJobs.add(job);
      const finished = (seconds: number): number => (lane.average = lane.average === null ? seconds : 0.9 * lane.average + 0.1 * seconds);
      const work = endpoint.isBatched ? runBatch(jobs, finished, this.#log) : runJob(jobs[0], finished, this.#log);
      void work.then(() => {
        lane.running--;
        this.#running--;
        for (const job of jobs) this.#runningJobs.delete(job);
        if (this.#isClosing && this.#running === 0) this.#whenIdle?.();
        else if (lane.waiting.length > 0) this.#schedule(endpoint, lane);
      });
    }
    if (lane.waiting.length > 0) this.#tellPlaces();
  }

  /** Tells waiting calls their place from time to time while any wait. */
  #tellPlaces(): void {
    this.#teller ??= setInterval(() => {
      for (const [endpoint, lane] of this.#lanes) {
        for (const [rank, job] of lane.waiting.entries()) job.tell({ type: 'estimation', rank, waiting: lane.waiting.length, seconds: this.#estimate(endpoint, lane, rank) });
      }
      if (this.#waiting === 0) {
        clearInterval(this.#teller);
        this.#teller = undefined;
      }
    }, TELL_EVERY).unref();
  }

  /** Seconds until a waiting call is done. */
  #estimate({ options, isBatched }: Endpoint, { average, running }: Lane, rank: number): number | null {
    if (average === null) return null;
    const atATime = options.concurrency * (isBatched ? options.maxBatchSize : 1);
    return average * (Math.floor((rank + running) / atATime) + 1);
  }
}
