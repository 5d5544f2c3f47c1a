import type { Optimizer } from '../optimizers/optimizer.ts';
import { optimizerRecord } from '../optimizers/named-optimizers.ts';
import type { TrainingState } from '../session-worker.ts';
import type { InputSpecs } from '../trace-net.ts';
import { type CompileTrainStepOptions, OWNER, type TracedStep, traceTrainStep } from '../trace-train-step.ts';
import type { Batch } from './feed-batch.ts';
import { OptimizerMemory, type OptimizerState } from './optimizer-memory.ts';
import { type SessionThread, sessionThread } from './session-thread.ts';
import { type StepResult, trainedLength } from './step-engine.ts';

/**
 * A step of training that is made wholly in another thread: gradients, optimiser, and the weights meanwhile. A batch goes
 * there, a few numbers come back. Steps may be asked for before the one before has ended; the thread makes one after the
 * other, and none after one that went wrong.
 */
export class ThreadStep {
  readonly #thread: SessionThread;
  readonly #session: number;
  readonly #traced: TracedStep;
  readonly #memory: OptimizerMemory;
  /** Whether the thread has newer weights than the model. */
  #isAway = false;
  /** Copies of batches that are over, for the next. */
  readonly #spare: Batch[] = [];

  /** undefined where there is no thread, or for an optimiser that cannot go there. */
  static async open(options: CompileTrainStepOptions): Promise<ThreadStep | undefined> {
    const optimizer = optimizerRecord(options.optimizer);
    const thread = optimizer && sessionThread();
    if (thread === undefined) return undefined;
    const traced = await traceTrainStep({ ...options, thread: true });
    const session = thread.newSession();
    await thread.ask({ kind: 'train', session, owner: OWNER, ...traced.graph, alone: traced.alone, plan: traced.plan, optimizer: optimizer! });
    return new ThreadStep(thread, session, traced, options.optimizer);
  }

  private constructor(thread: SessionThread, session: number, traced: TracedStep, optimizer: Optimizer<any>) {
    this.#thread = thread;
    this.#session = session;
    this.#traced = traced;
    this.#memory = new OptimizerMemory(optimizer, optimizer.slots.map(() => new Float32Array(trainedLength(traced.plan))));
  }

  /** What one sample of each of a batch's arrays looks like. */
  get specs(): InputSpecs {
    return this.#traced.specs;
  }

  /**
   * One step. The batch is free for other use as soon as this returns its promise, but for arrays in shared memory: those
   * are when the promise is kept.
   * @param step firstLoss: what tells whether the step goes wrong, of the training's first batch; undefined in that one
   * @throws at once for a batch that does not fit, before anything was asked for
   */
  run(batch: Batch, step: { lr: number; seed: number; firstLoss?: number }): Promise<StepResult> {
    this.#traced.check(batch);
    return this.#ask(batch, step);
  }

  async #ask(batch: Batch, { lr, seed, firstLoss }: { lr: number; seed: number; firstLoss?: number }): Promise<StepResult> {
    const spare = this.#spare.pop() ?? {};
    const seen = seenByBoth(batch, spare);
    const state = this.#isAway ? undefined : this.#state();
    this.#isAway = true;
    const { result } = await this.#thread.ask<{ result: StepResult }>({ kind: 'step', session: this.#session, batch: seen, lr, seed, firstLoss, state });
    this.#spare.push(Object.fromEntries(Object.entries(seen).filter(([name, values]) => values !== batch[name])));
    return result;
  }

  /** Brings weights, statistics and what the optimiser remembers here, after all steps that were asked for. */
  async settle(): Promise<void> {
    if (!this.#isAway) return;
    const { state } = await this.#thread.ask<{ state: TrainingState }>({ kind: 'state', session: this.#session });
    this.#traced.flat.adopt().set(state.values);
    this.#memory.slots.forEach((slot, i) => slot.set(state.slots[i]));
    this.#memory.steps = state.steps;
    this.#isAway = false;
  }

  /** Copies of what the optimiser remembers, as of the last settling. */
  optimizerState(): OptimizerState {
    return this.#memory.state();
  }

  /** Goes on from a saved state. @throws DataError or ShapeError where it is another optimiser's or another net's. */
  loadOptimizerState(state: OptimizerState): void {
    this.#memory.load(state);
  }

  /** Frees what the thread has of the training; the weights stay as of the last settling. */
  async dispose(): Promise<void> {
    this.#traced.flat.release();
    await this.#thread.close(this.#session);
  }

  #state(): TrainingState {
    return { values: this.#traced.flat.adopt(), slots: this.#memory.slots, steps: this.#memory.steps };
  }
}

/** Arrays in memory that both threads see: copies of those that are not, where those of a batch before lay if they are as long. */
function seenByBoth(batch: Batch, spare: Batch): Batch {
  return Object.fromEntries(
    Object.entries(batch).map(([name, values]) => {
      if (values.buffer instanceof SharedArrayBuffer) return [name, values];
      const used = spare[name];
      const copy = used?.length === values.length && used instanceof Float32Array === values instanceof Float32Array ? used : sharedLike(values);
      copy.set(values);
      return [name, copy];
    }),
  );
}

function sharedLike(values: Float32Array | Int32Array): Float32Array | Int32Array {
  const memory = new SharedArrayBuffer(values.byteLength);
  return values instanceof Float32Array ? new Float32Array(memory) : new Int32Array(memory);
}
