import type { CallContext } from './call-context.ts';
import type { Payload } from './component.ts';
import type { Job } from './job.ts';
import { UserError } from './user-error.ts';

/** Hears of errors that callers are not told. */
export type ErrorLog = (error: unknown, apiName: string) => void;

/**
 * Runs one call to its end and tells the job's events; never throws.
 * @param finished seconds of this call in, average seconds of the endpoint's calls out
 */
export async function runJob(job: Job, finished: (seconds: number) => number, log: ErrorLog): Promise<void> {
  const started = performance.now();
  const { endpoint } = job;
  try {
    const values = endpoint.read(job.data, job.files);
    let data: Payload[] | null = null;
    if (endpoint.isBatched) {
      const [result] = await endpoint.options.callBatch!([values]);
      data = await endpoint.write(unwrapped(result), job.files);
    } else {
      const result = endpoint.options.call!(values, contextOf(job));
      if (isGenerator(result)) data = await drain(job, result);
      else data = await endpoint.write(await result, job.files);
    }
    const seconds = (performance.now() - started) / 1000;
    job.tell({ type: 'completed', data, seconds, average: finished(seconds) });
  } catch (error) {
    fail(job, error, log);
  }
}

/**
 * Runs several calls as one batch. Where the batch fails as a whole its calls are run one by one, so that one
 * caller's input does not spoil another's answer.
 */
export async function runBatch(jobs: readonly Job[], finished: (seconds: number) => number, log: ErrorLog): Promise<void> {
  if (jobs.length === 1) return runJob(jobs[0], finished, log);
  const started = performance.now();
  const read: { job: Job; values: unknown[] }[] = [];
  for (const job of jobs) {
    try {
      read.push({ job, values: job.endpoint.read(job.data, job.files) });
    } catch (error) {
      fail(job, error, log);
    }
  }
  if (read.length === 0) return;
  const { endpoint } = read[0].job;
  let results: readonly unknown[];
  try {
    results = await endpoint.options.callBatch!(read.map(({ values }) => values));
    if (results.length !== read.length) throw new TypeError(`${endpoint.options.apiName}: batchFn must return one result per row, got ${results.length} for ${read.length}.`);
  } catch (error) {
    if (read.length === 1) fail(read[0].job, error, log);
    else for (const { job } of read) await runJob(job, finished, log);
    return;
  }
  const seconds = (performance.now() - started) / 1000;
  for (const [i, { job }] of read.entries()) {
    try {
      const data = await endpoint.write(unwrapped(results[i]), job.files);
      job.tell({ type: 'completed', data, seconds, average: finished(seconds) });
    } catch (error) {
      fail(job, error, log);
    }
  }
}

/** One row's result in a batch may be a UserError: it fails that row alone. */
function unwrapped(result: unknown): unknown {
  if (result instanceof UserError) throw result;
  return result;
}

/** Only errors that are meant for callers are told as they are. */
function fail(job: Job, error: unknown, log: ErrorLog): void {
  if (job.state === 'done') return;
  if (error instanceof UserError) job.tell({ type: 'failed', message: error.message, title: error.title });
  else {
    log(error, job.endpoint.options.apiName);
    job.tell({ type: 'failed', message: null, title: 'Error' });
  }
}

async function drain(job: Job, results: AsyncGenerator<unknown> | Generator<unknown>): Promise<Payload[]> {
  let before: Payload[] | null = null;
  for await (const result of results) {
    // A cancelled generator's finally blocks run: leaving the loop returns it.
    if (job.state === 'done') return before ?? [];
    const data: Payload[] = await job.endpoint.write(result, job.files);
    job.tell({ type: 'partial', data, before });
    before = data;
  }
  if (before === null) throw new TypeError(`${job.endpoint.options.apiName}: a generator must yield a result at least once.`);
  return before;
}

function isGenerator(value: unknown): value is AsyncGenerator<unknown> {
  return typeof value === 'object' && value !== null && 'next' in value && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

function contextOf(job: Job): CallContext {
  return {
    progress: (done, total = null, text = '', unit = 'steps') => job.tell({ type: 'progress', done, total, text, unit }),
    log: (message, level = 'info') => job.tell({ type: 'log', message, level }),
    get signal() {
      return job.signal;
    },
  };
}
