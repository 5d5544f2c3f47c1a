import { availableParallelism } from 'node:os';
import { RefitError, WorkerError } from '../core/errors.ts';
import type { Label, Labels } from '../core/labels.ts';
import { nameError } from '../core/name-error.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import { thisThread } from '../core/this-thread.ts';
import type { Prediction, Scorer } from '../metrics/make-scorer.ts';
import type { FoldResult } from './cross-validation.ts';
import { evaluateFold, type Answer, type Evaluation, type Outcome } from './evaluate-fold.ts';
import type { ModelSource } from './evaluation-message.ts';
import type { FoldPool } from './fold-pool.ts';
import type { HoistedRows } from './hoisted-rows.ts';
import type { Message } from './message.ts';
import type { Model, PredictionMethod } from './model.ts';
import { planTasks, threadsWithin, type PlannedTask } from './plan-tasks.ts';
import type { Split } from './splitter.ts';
import { stageTrees, treeOrder } from './stage-tree.ts';
import { areLeft, leaveTask, takeTask, TaskBoard } from './task-board.ts';

/** A model to be cross-validated, and how it is judged. */
export interface JudgedModel {
  /** Stands in front of its errors; null for none. */
  name: string | null;
  /** Stays unfitted. */
  model: Model;
  scorers: readonly Scorer[];
  /** All classes, ascending; null for regression. */
  classes: readonly Label[] | null;
  methods: readonly PredictionMethod[];
  /** Where a worker can make the model if it cannot be described; null for nowhere. */
  source: ModelSource | null;
}

export interface EvaluateOptions {
  rows: HoistedRows;
  y: Labels;
  sampleWeight: Float64Array | undefined;
  splits: readonly Split[];
  /** Rows that every fold's model predicts besides; null for none. */
  also: HoistedRows | null;
  keepEstimators: boolean;
  /** Threads to work in; null for one per core. */
  workers: number | null;
  signal: AbortSignal | null;
  /** Whether a failure is thrown, the first by fold and variant; otherwise it takes a result's place. */
  errors: 'throw' | 'keep';
  /** Called as folds are done: with several workers not in their order. */
  onFold: ((variant: number, fold: FoldResult<Model>) => void) | null;
  /** Where finished folds are kept, so that what an interrupted run has done need not be done again; null for nowhere. */
  journal?: FoldJournal | null;
}

/** Keeps what came of variants in folds. */
export interface FoldJournal {
  /** What an earlier run kept; undefined for nothing. It is taken as it is, and `onFold` is not told of it. */
  find(variant: number, fold: number): FoldEvaluation | undefined;
  /** Called with each fold that is done and did not fail, before `onFold`. */
  keep(variant: number, fold: number, evaluation: FoldEvaluation): void;
}

/** What came of one variant in one fold. */
export type FoldEvaluation = { result: FoldResult<Model>; prediction: Prediction; also?: Prediction } | { error: unknown };

export interface VariantsEvaluation {
  /** By variant, then by fold. */
  variants: FoldEvaluation[][];
  /** Why one thread did the work although more were asked for; undefined when none of this is so. */
  inlineReason?: string;
}

/**
 * Entries of X × folds × variants below which threads are not worth their start, unless the first fold proves otherwise.
 * Who names a number of workers gets them sooner, and so does who comes while threads wait for work.
 */
const SMALL_JOB = 5_000_000;
const SMALL_JOB_FOR_THREADS = 300_000;
/** The same from which this thread takes no task, so that progress and signals have its attention all the time. */
const BIG_JOB = 50_000_000;
/** Seconds of work left that make threads worth their start, beside which this thread goes on. */
const WORTH_THREADS = 1;
/** This thread among those that take tasks. */
const THIS_THREAD = 1;

/**
 * Cross-validates models on the same folds: what crossValidate does for one model, a competition for its pipelines, and
 * a search for its candidates.
 *
 * Stateless work is done once for all folds and models (HoistedRows); within a fold, models with equal first stages
 * share them (evaluateFold); folds, and the models of folds left over, are spread over worker threads. None of this
 * changes a number, an error or their order.
 *
 * Threads are started when there is work enough, before anything else is done, as they load for a while: a small job, by
 * the size of X, begins in this thread, and others join if its first folds show that much is left. Unless a number of
 * workers is named or the job is big, this thread is one of them. A fit of a last round that has fewer tasks than there
 * are threads may use those without one (threadsWithin). Everything runs here in a worker thread, with one
 * worker, and for models that cannot be described to another thread (functions as options, classes of one's own) and have
 * no `source`.
 */
export async function evaluateVariants(models: readonly JudgedModel[], options: EvaluateOptions): Promise<VariantsEvaluation> {
  const { rows, splits, signal } = options;
  signal?.throwIfAborted();
  const workers = thisThread.isWorker ? 1 : (options.workers ?? availableParallelism());
  const size = entriesOf(rows.X) * splits.length * models.length;
  const threads = new Threads(Math.min(workers, splits.length * models.length), options.workers === null && size < BIG_JOB);
  const early = size >= (options.workers === null && !(await threads.areReady()) ? SMALL_JOB : SMALL_JOB_FOR_THREADS);
  try {
    if (early) await threads.start();
    const evaluation = await evaluateIn(threads, early, models, options);
    // Modules that threads have read may change until the next evaluation.
    if (models.every(({ source }) => source === null)) threads.release();
    return evaluation;
  } finally {
    await threads.end();
  }
}

/** The threads that take tasks, this one among them or not. */
class Threads {
  readonly count: number;
  /** Whether this thread is one of them. */
  readonly here: boolean;
  pool: FoldPool | undefined;

  constructor(count: number, here: boolean) {
    this.count = count;
    this.here = here;
  }

  /** Starts the others, unless there are none or they have been started. */
  async start(): Promise<void> {
    if (this.count === 1 || this.pool !== undefined) return;
    const { FoldPool, workerFile } = await import('./fold-pool.ts');
    const file = workerFile();
    if (file !== undefined) this.pool = await FoldPool.open(file, this.#others);
  }

  get #others(): number {
    return this.here ? this.count - 1 : this.count;
  }

  /** Whether those of an earlier evaluation are there to be had. */
  async areReady(): Promise<boolean> {
    return this.count > 1 && (await import('./fold-pool.ts')).areThreadsReady(this.#others);
  }

  /** Leaves the others to the next evaluation. */
  release(): void {
    this.pool?.release();
    this.pool = undefined;
  }

  async end(): Promise<void> {
    await this.pool?.destroy();
  }
}

async function evaluateIn(threads: Threads, early: boolean, models: readonly JudgedModel[], options: EvaluateOptions): Promise<VariantsEvaluation> {
  const { rows, y, splits, also } = options;
  const evaluation: Evaluation = {
    variants: models.map(({ name, model, classes, methods }) => named(name, () => ({ model, X: rows.for(model), also: also?.for(model), classes, methods }))),
    y,
    sampleWeight: options.sampleWeight,
    splits,
    keepEstimators: options.keepEstimators,
    stopAtFailure: options.errors === 'throw',
  };
  const run = new Run(models, evaluation, options);
  run.takeKept();
  const order = treeOrder(stageTrees(evaluation.variants));
  const folds = splits.map((_, fold) => fold).filter((fold) => run.left({ fold, variants: order }).length > 0);
  if (threads.count === 1 || folds.length === 0) return run.inline(folds.map((fold) => ({ fold, variants: order })));
  if (!early) {
    const planned = folds.length;
    const started = performance.now();
    const left = (): number => ((performance.now() - started) / 1000) * (planned / (planned - folds.length) - 1);
    do await run.inline([{ fold: folds.shift() as number, variants: order }]);
    while (folds.length > 0 && left() < WORTH_THREADS);
    if (folds.length === 0) return run.found;
  }
  return run.inThreads(planTasks(folds.length, order, threads.count).map((task) => ({ ...task, fold: folds[task.fold] })), threads);
}

class Run {
  readonly found: VariantsEvaluation;
  readonly #models: readonly JudgedModel[];
  readonly #evaluation: Evaluation;
  readonly #options: EvaluateOptions;

  constructor(models: readonly JudgedModel[], evaluation: Evaluation, options: EvaluateOptions) {
    this.found = { variants: models.map(() => []) };
    this.#models = models;
    this.#evaluation = evaluation;
    this.#options = options;
  }

  /** Takes what the journal has kept. */
  takeKept(): void {
    const { journal, splits } = this.#options;
    if (!journal) return;
    for (const variant of this.found.variants.keys()) {
      for (const fold of splits.keys()) {
        const kept = journal.find(variant, fold);
        if (kept !== undefined) this.found.variants[variant][fold] = kept;
      }
    }
  }

  /** The variants of a task that are still to be worked on. */
  left({ fold, variants }: PlannedTask): number[] {
    return variants.filter((variant) => this.found.variants[variant][fold] === undefined);
  }

  /** Works on tasks one after the other, in this thread. */
  async inline(tasks: readonly PlannedTask[]): Promise<VariantsEvaluation> {
    const { signal } = this.#options;
    for (const task of tasks) {
      const { fold } = task;
      await breathe();
      signal?.throwIfAborted();
      for await (const outcome of evaluateFold(this.#evaluation, fold, this.left(task))) {
        const { error } = this.#keep(fold, outcome) ?? {};
        if (error !== undefined) throw error;
        await breathe();
        signal?.throwIfAborted();
      }
    }
    return this.found;
  }

  /** Works on tasks in threads, begun in their order. */
  async inThreads(tasks: readonly PlannedTask[], threads: Threads): Promise<VariantsEvaluation> {
    const { rows, also, signal } = this.#options;
    const { CannotTravel } = await import('./message.ts');
    const { toEvaluationMessage } = await import('./evaluation-message.ts');
    let message: Message;
    try {
      message = await toEvaluationMessage(this.#evaluation, { X: rows.X, also: also?.X }, this.#models.map(({ source }) => source));
      await threads.start();
      if (threads.pool === undefined) throw new CannotTravel('dist/ has not been built');
    } catch (error) {
      if (!(error instanceof CannotTravel)) throw error;
      this.found.inlineReason = error.message;
      return this.inline(wholeFolds(tasks));
    }

    const { pool } = threads;
    const board = new TaskBoard(tasks.map((task) => ({ fold: task.fold, variants: this.left(task) })).filter(({ variants }) => variants.length > 0));
    let stop: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
    });
    aborted.catch(() => {});
    try {
      const working = Array.from({ length: threads.count }, (_, i) => (threads.here && i + 1 === THIS_THREAD ? this.#workHere(board, threads.count) : this.#workIn(pool, message, board, i + 1, threads.count)));
      const all = Promise.all(working);
      all.catch(() => {});
      // A thread that is still loading when all is done need not be waited for.
      await Promise.race([all, board.finished, board.failure, aborted]);
    } finally {
      if (stop) signal?.removeEventListener('abort', stop);
    }
    signal?.throwIfAborted();
    return this.found;
  }

  /** Has a thread take tasks until there are no more. */
  async #workIn(pool: FoldPool, evaluation: Message, board: TaskBoard, thread: number, threads: number): Promise<void> {
    const { signal } = this.#options;
    const { fromMessage } = await import('./message.ts');
    const { fromErrorMessage } = await import('./error-message.ts');
    const left = board.tasks.map(({ variants }) => [...variants]);
    const keep = (task: number, outcome: Outcome): void => {
      left[task].splice(left[task].indexOf(outcome.variant), 1);
      this.#keepOnBoard(board, task, outcome);
    };
    try {
      await pool.run({ evaluation, tasks: board.tasks, taken: board.taken, busy: board.busy, thread, threads }, async (reply) => {
        const { task } = reply;
        if (signal?.aborted || board.hasFailed(task)) return;
        if ('done' in reply) board.finish(task);
        else if ('answer' in reply) keep(task, (await fromMessage(reply.answer)) as Answer);
        else if ('error' in reply) keep(task, { variant: reply.variant, error: fromErrorMessage(reply.error) });
        else for await (const outcome of evaluateFold(this.#evaluation, board.tasks[task].fold, [reply.variant])) keep(task, outcome);
      });
    } catch (error) {
      const task = board.underway(thread);
      if (task === undefined) throw error;
      if (error instanceof WorkerError) error.message = `fold ${board.tasks[task].fold + 1}: ${error.message}`;
      board.fail(task, this.#named(left[task][0], error));
    }
  }

  /** Takes tasks in this thread until there are no more. */
  async #workHere(board: TaskBoard, threads: number): Promise<void> {
    const { signal } = this.#options;
    try {
      for (const [task, { fold, variants }] of board.tasks.entries()) {
        await breathe();
        if (signal?.aborted) return;
        if (!takeTask(board, task, THIS_THREAD)) continue;
        thisThread.share = threadsWithin(task, board.tasks.length, threads);
        thisThread.isShareFree = () => areLeft(board, board.tasks.length % threads);
        for await (const outcome of evaluateFold(this.#evaluation, fold, variants)) {
          this.#keepOnBoard(board, task, outcome);
          if (board.hasFailed(task)) return;
          await breathe();
          if (signal?.aborted) return;
        }
        leaveTask(board);
        board.finish(task);
      }
    } finally {
      thisThread.share = null;
      thisThread.isShareFree = () => true;
    }
  }

  #keepOnBoard(board: TaskBoard, task: number, outcome: Outcome): void {
    if (board.hasFailed(task)) return;
    const failed = this.#keep(board.tasks[task].fold, outcome);
    if (failed) board.fail(task, failed.error);
  }

  /** Judges an answer and keeps it. @returns the error that ends the run, if it does */
  #keep(fold: number, outcome: Outcome): { error: unknown } | undefined {
    const { variant } = outcome;
    const kept = 'error' in outcome ? outcome : this.#score(fold, outcome);
    if ('error' in kept) {
      if (this.#options.errors === 'throw') return { error: this.#named(variant, kept.error) };
      this.found.variants[variant][fold] = { error: kept.error };
      return undefined;
    }
    this.found.variants[variant][fold] = kept;
    this.#options.journal?.keep(variant, fold, kept);
    this.#options.onFold?.(variant, kept.result);
    return undefined;
  }

  #score(fold: number, answer: Answer): FoldEvaluation {
    const { y, sampleWeight, splits } = this.#evaluation;
    const { train, test } = splits[fold];
    const { prediction, also, estimator, fitSeconds, learnedNumbers } = answer;
    const started = performance.now();
    const scores: Record<string, number> = {};
    const notes = [...answer.notes];
    try {
      const ytest = takeRows(y, test);
      const weights = sampleWeight && { sampleWeight: takeRows(sampleWeight, test) };
      for (const scorer of this.#models[answer.variant].scorers) {
        const score = scorer.score(ytest, prediction, weights);
        scores[scorer.metricName] = score;
        if (Number.isNaN(score)) notes.push(`${scorer.metricName} is not defined on the test rows of fold ${fold + 1}.`);
      }
    } catch (error) {
      if (error instanceof RefitError) error.message = `fold ${fold + 1}: ${error.message}`;
      return { error };
    }
    const scoreSeconds = answer.scoreSeconds + (performance.now() - started) / 1000;
    const result = { fold, train, test, scores, fitSeconds, scoreSeconds, learnedNumbers, ...(estimator && { estimator }), notes };
    return { result, prediction, ...(also && { also }) };
  }

  /** The error with its variant's name in front. */
  #named(variant: number | undefined, error: unknown): unknown {
    const name = variant === undefined ? null : this.#models[variant].name;
    return name === null ? error : nameError(name, error);
  }
}

/** Does some work for a model; its errors name it. */
function named<T>(name: string | null, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw name === null ? error : nameError(name, error);
  }
}

/** The tasks with those of one fold joined. */
function wholeFolds(tasks: readonly PlannedTask[]): PlannedTask[] {
  const folds = new Map<number, number[]>();
  for (const { fold, variants } of tasks) folds.set(fold, [...(folds.get(fold) ?? []), ...variants]);
  return [...folds].map(([fold, variants]) => ({ fold, variants }));
}

/** Lets timers and signals have their turn, as the work between may never wait. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** How much there is in X, roughly: stored numbers, tokens, words, cells. */
function entriesOf(X: unknown): number {
  const { nnz, data, corpus, parts, names } = X as { nnz?: number; data?: unknown; corpus?: { ids: Int32Array }; parts?: unknown[]; names?: unknown[] };
  if (corpus) return corpus.ids.length;
  if (Array.isArray(parts)) return parts.reduce<number>((sum, part) => sum + entriesOf(part), 0);
  // A Table's `data` is a method.
  const stored = nnz ?? (ArrayBuffer.isView(data) ? (data as Float64Array).length : undefined);
  if (typeof stored === 'number') return stored;
  if (Array.isArray(names)) return rowCount(X) * names.length;
  if (!Array.isArray(X)) return rowCount(X);
  return X.reduce<number>((sum, row: unknown) => sum + (typeof row === 'string' ? row.length / 4 : ((row as ArrayLike<unknown> | null)?.length ?? 1)), 0);
}
