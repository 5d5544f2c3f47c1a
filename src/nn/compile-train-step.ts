import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { squaredNorm } from '../kernels/optimizer-steps.ts';
import { trainingVectors } from '../kernels/training-memory.ts';
import { differentiate } from './differentiate.ts';
import { type Loss, meanLoss } from './losses/loss.ts';
import { Module, type StateDict } from './modules/module.ts';
import { fill } from './operators/constants.ts';
import { cat } from './operators/rearrange.ts';
import { reshape } from './operators/reshape.ts';
import { expandLike } from './operators/sum-and-expand.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { channelBlock } from './runtime/channel-block.ts';
import { compileGraph } from './runtime/compile-graph.ts';
import { type Batch, checkBatch, feedBatch } from './runtime/feed-batch.ts';
import { fillMask, maskKey } from './runtime/fill-mask.ts';
import { FlatVariables } from './runtime/flat-variables.ts';
import { GradientOutputs, scratchOf, type TracedGradient } from './runtime/gradient-outputs.ts';
import { netVariables } from './runtime/net-variables.ts';
import { usefulThreads } from './runtime/useful-threads.ts';
import type { OnnxRuntime, RuntimeSession, RuntimeTensor } from './runtime/onnx-runtime.ts';
import { BATCH, sizeOf, withBatch } from './shape.ts';
import { Input, Parameter, type StateBuffer, type Tensor, type Variable } from './tensor.ts';
import { runTraced, type Trace } from './trace.ts';
import { type InputSpecs, type Net, traceForward, traceInputs, traceOf } from './trace-net.ts';

export interface CompileTrainStepOptions {
  /** A module, traced in the mode it is in (training, unless eval() was called), or a function over parameters. */
  model: Net;
  /** Shapes of one sample by name, in forward's order. */
  inputs: InputSpecs;
  loss: Loss;
  optimizer: Optimizer<any>;
  /** Whether the batch brings a weight per row, under `weight`. Default false. */
  sampleWeight?: boolean;
  /** Shrinks the gradients together so that their 2-norm is at most this. Default: none. Counterpart: clip_grad_norm_. */
  clipGradNorm?: number;
  /** Keeps every gradient's number within ± this. Default: none. Counterpart: clip_grad_value_. */
  clipGradValue?: number;
  /** Threads inside an operator. Default 1. */
  threads?: number;
  /** Whether the graph runs in a thread of its own, so that the event loop stays free. Default false. */
  thread?: boolean;
}

export interface StepOptions {
  /** Learning rate of this step. Default: the optimiser's. */
  lr?: number;
  /** What the dropout masks are drawn from, a whole number. Default: how many steps were made. */
  seed?: number;
}

export interface StepResult {
  /** Mean loss of the batch before the step. */
  readonly loss: number;
  /** 2-norm of all gradients together, before clipping. */
  readonly gradNorm: number;
  /** False where loss or gradients were not finite; weights, statistics and optimiser are then as before. */
  readonly applied: boolean;
}

/** What an optimiser remembers, for a checkpoint. */
export interface OptimizerState {
  readonly steps: number;
  readonly slots: Readonly<Record<string, Float32Array>>;
}

const OWNER = 'compileTrainStep';

/**
 * Compiles one step of training: the net's forward pass, its loss and all gradients become one ONNX graph, which
 * runs natively; the optimiser then goes over the parameters, which lie in one vector.
 *
 * @throws ShapeError naming the layer whose input does not fit; RefitError where onnxruntime-node is missing.
 * @example
 * const step = await nn.compileTrainStep({ model, inputs: { x: { shape: [784] } }, loss: nn.crossEntropy(), optimizer: new nn.Adam() });
 * for (const { x, target } of batches) await step.run({ x, target });
 */
export async function compileTrainStep(options: CompileTrainStepOptions): Promise<TrainStep> {
  const { model, inputs: specs, loss, sampleWeight = false, threads = 1, thread = false } = options;
  for (const name of ['clipGradNorm', 'clipGradValue'] as const) {
    const limit = options[name];
    if (limit !== undefined && !(limit > 0)) throw new OptionError(`${OWNER}: ${name} must be a number in (0, ∞), got ${show(limit)}.`);
  }
  const inputs = traceInputs(OWNER, specs);
  const trace = traceOf(model, { threads, block: await channelBlock(OWNER, { thread }) });
  const prediction = traceForward(OWNER, model, inputs, trace);
  const wanted = loss.target(prediction.shape);
  inputs.push(new Input('target', wanted.shape, wanted.type));
  const weight = sampleWeight ? new Input('weight', [BATCH]) : undefined;
  if (weight) inputs.push(weight);
  const total = meanLoss(loss, prediction, inputs.find(({ name }) => name === 'target')!, weight);

  const updates = [...trace.updates];
  // The graph's steps back know on how many threads they will run.
  trace.threads = usefulThreads([total], threads);
  const used = netVariables(model, [total, ...updates.map(([, value]) => value)]);
  const size = (list: readonly Variable[]): number => list.reduce((sum, { data }) => sum + data.length, 0);
  const isTrained = (variable: Variable): variable is Parameter => variable instanceof Parameter && variable.requiresGrad;
  const parameters = used.filter(isTrained);
  if (parameters.length === 0) throw new OptionError(`${OWNER}: the loss must depend on at least one parameter that requires a gradient.`);
  const derived = runTraced(trace, () => differentiate(total, parameters)).map((gradient, i) => gradient ?? expandLike(fill(0), parameters[i]));
  const traced = new Map<Variable, TracedGradient>(parameters.map((parameter, i) => [parameter, { parameter, gradient: derived[i] }]));
  const [values, gradient, scratch, ...slots] = trainingVectors([size(used), size(parameters), scratchOf(derived), ...options.optimizer.slots.map(() => size(parameters))]);
  const flat = new FlatVariables(used, { own: values, isApart: (variable) => traced.get(variable)?.gradient.rowSum !== undefined });
  const trained = flat.variables.filter(isTrained);
  const small = trained.filter((parameter) => flat.variables.indexOf(parameter) < flat.packed.count).length;
  const gradients = new GradientOutputs(trained.map((parameter) => traced.get(parameter)!), { small, threads: trace.threads, vector: gradient, scratch });
  const outputs: Record<string, Tensor> = { loss: total, ...gradients.outputs };
  if (updates.length > 0) outputs.updates = cat(updates.map(([, value]) => reshape(value, [sizeOf(value.shape)])));
  const compiled = await compileGraph(OWNER, { inputs: [...inputs, ...trace.masks.map(({ input }) => input)], outputs, flat, threads: trace.threads, thread });
  return new TrainStep(options, { ...compiled, inputs, trace, flat, trained, gradients, gradient, slots, prediction, updated: updates.map(([buffer]) => buffer) });
}

interface Parts {
  readonly runtime: OnnxRuntime;
  readonly session: RuntimeSession;
  readonly inputs: readonly Input[];
  readonly trace: Trace;
  readonly flat: FlatVariables;
  readonly trained: readonly Parameter[];
  readonly gradients: GradientOutputs;
  readonly updated: readonly StateBuffer[];
  readonly prediction: Tensor;
  /** Where the gradients of a step are put, and what the optimiser remembers. */
  readonly gradient: Float32Array;
  readonly slots: readonly Float32Array[];
}

/** Stretches of the vector of variables that are trained, and where their gradients begin in theirs. */
interface Stretch {
  readonly start: number;
  end: number;
  readonly gradient: number;
}

/** A compiled step of training; see compileTrainStep. */
export class TrainStep {
  readonly #options: CompileTrainStepOptions;
  readonly #parts: Parts;
  readonly #stretches: readonly Stretch[];
  #steps = 0;

  constructor(options: CompileTrainStepOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
    this.#stretches = stretchesOf(parts);
  }

  /** Whether the seed matters: the net draws dropout masks. */
  get usesRandomness(): boolean {
    return this.#parts.trace.masks.length > 0;
  }

  /** How many steps were applied. */
  get steps(): number {
    return this.#steps;
  }

  /** What one sample of each of a batch's arrays looks like: the inputs, `target`, and `weight` where it is asked for. */
  get specs(): InputSpecs {
    return Object.fromEntries(this.#parts.inputs.map(({ name, shape, type }) => [name, { shape: shape.slice(1), type: type as 'float32' | 'int32' }]));
  }

  /** One step: gradients of the batch, then the optimiser. */
  async run(batch: Batch, { lr = this.#options.optimizer.options.lr, seed = this.#steps }: StepOptions = {}): Promise<StepResult> {
    if (!(lr >= 0 && lr < Infinity)) throw new OptionError(`${OWNER}: lr must be a number in [0, ∞), got ${show(lr)}.`);
    const { loss, gradient, updates } = await this.#differentiate(batch, seed);
    const gradNorm = Math.sqrt(squaredNorm(gradient));
    const applied = Number.isFinite(loss) && Number.isFinite(gradNorm);
    if (applied) {
      this.#clip(gradient, gradNorm);
      this.#update(gradient, lr);
      this.#keepStatistics(updates);
    }
    return { loss, gradNorm, applied };
  }

  /** Loss and gradients of a batch by the names of parameters; nothing changes. */
  async gradients(batch: Batch, { seed = this.#steps }: { seed?: number } = {}): Promise<{ loss: number; gradients: StateDict }> {
    const { loss, gradient } = await this.#differentiate(batch, seed);
    const { model } = this.#options;
    const names = new Map<Parameter, string>(model instanceof Module ? model.namedParameters().map(([name, parameter]) => [parameter, name]) : []);
    let at = 0;
    const gradients = this.#parts.trained.map((parameter, i) => {
      const data = gradient.slice(at, (at += parameter.data.length));
      return [names.get(parameter) ?? `${i}`, { shape: parameter.shape, data }] as const;
    });
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  /** Copies of what the optimiser remembers. */
  optimizerState(): OptimizerState {
    return { steps: this.#steps, slots: Object.fromEntries(this.#options.optimizer.slots.map((name, i) => [name, this.#parts.slots[i].slice()])) };
  }

  /** Goes on from a saved state. @throws DataError or ShapeError where it is another optimiser's or another net's. */
  loadOptimizerState({ steps, slots }: OptimizerState): void {
    const names = this.#options.optimizer.slots;
    for (const name of names) {
      if (!Object.hasOwn(slots, name)) throw new DataError(`${this.#options.optimizer.constructor.name}: the optimiser state must have ${names.join(', ')}, it has ${Object.keys(slots).join(', ') || 'nothing'}.`);
      if (slots[name].length !== this.#parts.gradient.length) {
        throw new ShapeError(`${this.#options.optimizer.constructor.name}: ${name} must have ${this.#parts.gradient.length} numbers, one per trained parameter, the state has ${slots[name].length}.`);
      }
    }
    names.forEach((name, i) => this.#parts.slots[i].set(slots[name]));
    this.#steps = steps;
  }

  /** Frees the native session and the memory of the step; the weights stay. */
  async dispose(): Promise<void> {
    this.#parts.flat.release();
    await this.#parts.session.release();
  }

  async #differentiate(batch: Batch, seed: number): Promise<{ loss: number; gradient: Float32Array; updates: Float32Array | undefined }> {
    const { runtime, session, inputs, trace, flat, prediction, gradients, gradient } = this.#parts;
    const { feeds, rows } = feedBatch(OWNER, runtime, inputs, batch);
    checkBatch(trace, batch, rows);
    this.#options.loss.checkTarget(batch.target, prediction.shape);
    trace.masks.forEach((mask, i) => (feeds[mask.input.name] = drawMask(runtime, mask, rows, maskKey(seed, i))));
    flat.adopt();
    const results = await session.run({ ...feeds, ...flat.feeds(runtime) }, gradients.fetches(runtime));
    gradients.collect(results, batch);
    return { loss: (results.loss.data as Float32Array)[0], gradient, updates: results.updates?.data as Float32Array | undefined };
  }

  #clip(gradient: Float32Array, norm: number): void {
    const { clipGradNorm, clipGradValue } = this.#options;
    if (clipGradValue !== undefined) for (let i = 0; i < gradient.length; i++) gradient[i] = Math.max(-clipGradValue, Math.min(clipGradValue, gradient[i]));
    if (clipGradNorm === undefined) return;
    // As PyTorch has it, with its guard against a norm of zero.
    const share = clipGradNorm / (norm + 1e-6);
    if (share < 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= share;
  }

  #update(gradient: Float32Array, lr: number): void {
    this.#steps++;
    const values = this.#parts.flat.adopt();
    for (const { start, end, gradient: from } of this.#stretches) {
      const to = from + end - start;
      this.#options.optimizer.update({ values: values.subarray(start, end), gradient: gradient.subarray(from, to), slots: this.#parts.slots.map((slot) => slot.subarray(from, to)), lr, step: this.#steps });
    }
  }

  #keepStatistics(updates: Float32Array | undefined): void {
    let at = 0;
    for (const { data } of this.#parts.updated) data.set(updates!.subarray(at, (at += data.length)));
  }
}

function stretchesOf({ flat, trained }: Parts): Stretch[] {
  const stretches: Stretch[] = [];
  let gradient = 0;
  for (const parameter of trained) {
    const start = flat.offsets[flat.variables.indexOf(parameter)];
    const last = stretches.at(-1);
    if (last?.end === start) last.end += parameter.data.length;
    else stretches.push({ start, end: start + parameter.data.length, gradient });
    gradient += parameter.data.length;
  }
  return stretches;
}

function drawMask(runtime: OnnxRuntime, { input, keep }: Trace['masks'][number], rows: number, key: number): RuntimeTensor {
  const shape = withBatch(input.shape, rows);
  const mask = new Float32Array(sizeOf(shape));
  fillMask(mask, keep, key);
  return new runtime.Tensor('float32', mask, shape);
}
