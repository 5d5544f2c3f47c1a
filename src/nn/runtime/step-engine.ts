import { squaredNorm } from '../../kernels/optimizer-steps.ts';
import { trainingVectors } from '../../kernels/training-memory.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { sizeOf, type Shape, withBatch } from '../shape.ts';
import { type Batch, type BatchArray, tensorsOf } from './feed-batch.ts';
import { fillMask, maskKey } from './fill-mask.ts';
import { largeName, type VariableLayout } from './flat-variables.ts';
import { type GradientLayout, GradientPlaces } from './gradient-places.ts';
import type { OnnxRuntime, RuntimeSession, RuntimeTensor } from './onnx-runtime.ts';
import { OptimizerMemory } from './optimizer-memory.ts';

/** Variables that are trained, one after another in their vector, and where their gradients begin in theirs. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly gradient: number;
}

/** All that a step of training needs to know besides its graph and its optimiser, as plain data: it may go to another thread. */
export interface StepPlan {
  readonly inputs: readonly BatchArray[];
  readonly masks: readonly { readonly name: string; readonly shape: Shape; readonly keep: number }[];
  readonly variables: VariableLayout;
  readonly trained: readonly Stretch[];
  /** Where the running statistics lie that a step brings up to date, in the order in which the graph puts them out. */
  readonly statistics: readonly { readonly start: number; readonly end: number }[];
  readonly gradients: GradientLayout;
  readonly scratch: number;
  readonly clipGradNorm: number | undefined;
  readonly clipGradValue: number | undefined;
}

export interface StepResult {
  /** Mean loss of the batch before the step. */
  readonly loss: number;
  /** 2-norm of all gradients together, before clipping. */
  readonly gradNorm: number;
  /** False where loss or gradients were not finite; weights, statistics and optimiser are then as before. */
  readonly applied: boolean;
}

/** A session and where it puts gradients. */
interface Differentiation {
  readonly session: RuntimeSession;
  readonly places: GradientPlaces;
}

/**
 * A graph for batches of less than two rows for each thread: ONNX Runtime would share a single row or image otherwise than
 * many, and last digits would hang on how many threads there are.
 */
export interface OneThreadGraph {
  readonly model: Uint8Array;
  readonly gradients: GradientLayout;
}

/** What batches of few rows are differentiated with where the other session runs on several threads; opened for the first of them. */
export interface FewRows {
  /** The first number of rows that are not few. */
  readonly end: number;
  readonly gradients: GradientLayout;
  readonly open: () => Promise<RuntimeSession>;
}

/** Steps of training on plain vectors: the session differentiates, the optimiser goes over what lies here. */
export class StepEngine {
  /** The variables, as their layout says. */
  readonly values: Float32Array;
  /** The gradients of the last batch. */
  readonly gradient: Float32Array;
  readonly memory: OptimizerMemory;
  readonly #plan: StepPlan;
  readonly #optimizer: Optimizer<any>;
  readonly #runtime: OnnxRuntime;
  readonly #usual: Differentiation;
  readonly #fewRows: FewRows | undefined;
  readonly #placesFor: (layout: GradientLayout) => GradientPlaces;
  #few: Promise<Differentiation> | undefined;

  constructor(plan: StepPlan, optimizer: Optimizer<any>, { runtime, session }: { runtime: OnnxRuntime; session: RuntimeSession }, fewRows?: FewRows) {
    const trained = trainedLength(plan);
    const [values, gradient, scratch, ...slots] = trainingVectors([plan.variables.length, trained, plan.scratch, ...optimizer.slots.map(() => trained)]);
    this.values = values;
    this.gradient = gradient;
    this.memory = new OptimizerMemory(optimizer, slots);
    this.#plan = plan;
    this.#optimizer = optimizer;
    this.#placesFor = (layout) => new GradientPlaces(layout, gradient, scratch);
    this.#runtime = runtime;
    this.#usual = { session, places: this.#placesFor(plan.gradients) };
    this.#fewRows = fewRows;
  }

  /** One step: gradients of the batch, which must fit, then the optimiser. */
  async run(batch: Batch, { lr, seed }: { lr: number; seed: number }): Promise<StepResult> {
    const { loss, updates } = await this.differentiate(batch, seed);
    const gradNorm = Math.sqrt(squaredNorm(this.gradient));
    const applied = Number.isFinite(loss) && Number.isFinite(gradNorm);
    if (applied) {
      this.#clip(gradNorm);
      this.#update(lr);
      this.#keepStatistics(updates);
    }
    return { loss, gradNorm, applied };
  }

  /** Puts the gradients of a batch into `gradient`. */
  async differentiate(batch: Batch, seed: number): Promise<{ loss: number; updates: Float32Array | undefined }> {
    const { inputs, masks } = this.#plan;
    const feeds = tensorsOf(this.#runtime, inputs, batch);
    const rows = batch[inputs[0].name].length / Math.abs(sizeOf(inputs[0].shape));
    masks.forEach(({ name, shape, keep }, i) => (feeds[name] = this.#mask(withBatch(shape, rows), keep, maskKey(seed, i))));
    const { session, places } = await this.#for(rows);
    const results = await session.run({ ...feeds, ...this.#variables() }, places.fetches(this.#runtime));
    places.collect(results, batch);
    return { loss: (results.loss.data as Float32Array)[0], updates: results.updates?.data as Float32Array | undefined };
  }

  async release(): Promise<void> {
    await this.#usual.session.release();
    await (await this.#few)?.session.release();
  }

  async #for(rows: number): Promise<Differentiation> {
    const few = this.#fewRows;
    if (few === undefined || rows >= few.end) return this.#usual;
    return (this.#few ??= few.open().then((session) => ({ session, places: this.#placesFor(few.gradients) })));
  }

  #variables(): Record<string, RuntimeTensor> {
    const { packed, large } = this.#plan.variables;
    const feeds: Record<string, RuntimeTensor> = {};
    if (packed > 0) feeds.variables = new this.#runtime.Tensor('float32', this.values.subarray(0, packed), [packed]);
    let at = packed;
    large.forEach((shape, i) => (feeds[largeName(i)] = new this.#runtime.Tensor('float32', this.values.subarray(at, (at += sizeOf(shape))), shape)));
    return feeds;
  }

  #mask(shape: Shape, keep: number, key: number): RuntimeTensor {
    const mask = new Float32Array(sizeOf(shape));
    fillMask(mask, keep, key);
    return new this.#runtime.Tensor('float32', mask, shape);
  }

  #clip(norm: number): void {
    const { clipGradNorm, clipGradValue } = this.#plan;
    const { gradient } = this;
    if (clipGradNorm !== undefined) {
      // As PyTorch has it, with its guard against a norm of zero.
      const share = clipGradNorm / (norm + 1e-6);
      if (share < 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= share;
    }
    // Afterwards, so that both limits hold and no number is shrunk by a norm that is no longer its own.
    if (clipGradValue !== undefined) for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-clipGradValue, Math.min(clipGradValue, gradient[i]));
  }

  #update(lr: number): void {
    const { values, gradient, memory } = this;
    const step = ++memory.steps;
    for (const { start, end, gradient: from } of this.#plan.trained) {
      const to = from + end - start;
      this.#optimizer.update({ values: values.subarray(start, end), gradient: gradient.subarray(from, to), slots: memory.slots.map((slot) => slot.subarray(from, to)), lr, step });
    }
  }

  #keepStatistics(updates: Float32Array | undefined): void {
    let at = 0;
    for (const { start, end } of this.#plan.statistics) this.values.set(updates!.subarray(at, (at += end - start)), start);
  }
}

/** How many numbers are trained. */
export const trainedLength = ({ trained }: StepPlan): number => trained.reduce((sum, { start, end }) => sum + end - start, 0);
