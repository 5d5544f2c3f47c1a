import { OptionError } from '../core/errors.ts';
import { checkWeights, type Loss, meanLoss } from './losses/loss.ts';
import { type Batch, checkBatch, feedBatch } from './runtime/feed-batch.ts';
import { FlatVariables } from './runtime/flat-variables.ts';
import { compileGraph } from './runtime/compile-graph.ts';
import { netVariables } from './runtime/net-variables.ts';
import type { OnnxRuntime, RuntimeSession, RuntimeTensor } from './runtime/onnx-runtime.ts';
import { usefulThreads } from './runtime/useful-threads.ts';
import { BATCH, sizeOf } from './shape.ts';
import { Input, type Tensor } from './tensor.ts';
import type { Trace } from './trace.ts';
import { inEvalMode, type InputSpecs, type Net, traceForward, traceInputs, traceOf } from './trace-net.ts';

export interface CompileForwardOptions {
  /** A module, or a function over parameters. */
  model: Net;
  /** Shapes of one sample by name, in forward's order. */
  inputs: InputSpecs;
  /** Threads inside an operator. Default 1. */
  threads?: number;
  /** Whether the graph runs in a thread of its own, so that the event loop stays free. Default false. */
  thread?: boolean;
  /** Makes `evaluate` available. */
  loss?: Loss;
  /** Whether `evaluate` takes sample weights. Default false. */
  sampleWeight?: boolean;
}

/** Values of a batch, row-major; shape[0] is the number of rows. */
export interface Output {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

const OWNER = 'compileForward';

/**
 * Compiles a net for prediction: dropout off, running statistics used. The weights are read anew in every run, so one
 * that is compiled before training serves during and after it.
 *
 * @throws ShapeError naming the layer whose input does not fit; RefitError where onnxruntime-node is missing.
 * @example
 * const forward = await nn.compileForward({ model, inputs: { x: { shape: [784] } } });
 * const { data, shape } = await forward.run({ x });
 */
export async function compileForward(options: CompileForwardOptions): Promise<CompiledForward> {
  const { model, inputs: specs, threads = 1, thread = false } = options;
  const inputs = traceInputs(OWNER, specs);
  const trace = traceOf(model, { threads });
  const output = inEvalMode(model, () => traceForward(OWNER, model, inputs, trace));
  const useful = usefulThreads([output], threads);
  // Traced for fewer threads, where more are of no use.
  if (useful < threads) return compileForward({ ...options, threads: useful });
  const flat = new FlatVariables(netVariables(model, [output]));
  const compiled = await compileGraph(OWNER, { inputs, outputs: { output }, flat, threads, thread });
  return new CompiledForward(options, { ...compiled, inputs, output, trace, flat });
}

interface Parts {
  readonly runtime: OnnxRuntime;
  readonly session: RuntimeSession;
  readonly inputs: readonly Input[];
  readonly output: Tensor;
  readonly trace: Trace;
  readonly flat: FlatVariables;
}

/** A net ready to predict; see compileForward. */
export class CompiledForward {
  readonly #options: CompileForwardOptions;
  readonly #parts: Parts;
  /** Opened when it is first asked for a loss. */
  #judged: Promise<{ session: RuntimeSession; inputs: readonly Input[] }> | undefined;

  /** The same on one thread, opened for the first batch of less than two rows for each: see OneThreadGraph. */
  #alone: Promise<CompiledForward> | undefined;

  constructor(options: CompileForwardOptions, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** The output's shape, with −1 for the rows. */
  get outputShape(): readonly number[] {
    return this.#parts.output.shape;
  }

  /** What the net makes of a batch. */
  async run(batch: Batch): Promise<Output> {
    const alone = this.#forFewRows(batch);
    if (alone) return (await alone).run(batch);
    const { session, inputs } = this.#parts;
    const { output } = await this.#run(session, inputs, batch);
    return { data: output.data as Float32Array, shape: output.dims };
  }

  /** The same with the batch's mean loss; the batch holds `target` and, where asked for, `weight`. */
  async evaluate(batch: Batch): Promise<Output & { readonly loss: number }> {
    const { loss } = this.#options;
    if (loss === undefined) throw new OptionError(`${OWNER}: evaluate needs a loss. Pass one to compileForward.`);
    const alone = this.#forFewRows(batch);
    if (alone) return (await alone).evaluate(batch);
    const { session, inputs } = await (this.#judged ??= this.#compileJudged(loss));
    if (batch.target) loss.checkTarget(batch.target, this.#parts.output.shape);
    if (batch.weight) checkWeights(batch.weight);
    const results = await this.#run(session, inputs, batch);
    return { data: results.output.data as Float32Array, shape: results.output.dims, loss: (results.loss.data as Float32Array)[0] };
  }

  /** Frees the native session. */
  async dispose(): Promise<void> {
    await this.#parts.session.release();
    await (await this.#judged)?.session.release();
    await (await this.#alone)?.dispose();
  }

  #forFewRows(batch: Batch): Promise<CompiledForward> | undefined {
    const { threads = 1 } = this.#options;
    const [{ name, shape }] = this.#parts.inputs;
    const isFew = threads > 1 && batch[name]?.length < 2 * threads * Math.abs(sizeOf(shape));
    if (!isFew) return undefined;
    return (this.#alone ??= compileForward({ ...this.#options, threads: 1 }));
  }

  async #run(session: RuntimeSession, inputs: readonly Input[], batch: Batch): Promise<Readonly<Record<string, RuntimeTensor>>> {
    const { runtime, flat, trace } = this.#parts;
    const { feeds, rows } = feedBatch(OWNER, runtime, inputs, batch);
    checkBatch(trace, batch, rows);
    return session.run({ ...feeds, ...flat.feeds(runtime) });
  }

  async #compileJudged(loss: Loss): Promise<{ session: RuntimeSession; inputs: readonly Input[] }> {
    const { output, flat } = this.#parts;
    const { shape, type } = loss.target(output.shape);
    const target = new Input('target', shape, type);
    const weight = this.#options.sampleWeight ? new Input('weight', [BATCH]) : undefined;
    const inputs = [...this.#parts.inputs, target, ...(weight ? [weight] : [])];
    const outputs = { output, loss: meanLoss(loss, output, target, weight) };
    const { session } = await compileGraph(OWNER, { inputs, outputs, flat, threads: this.#options.threads ?? 1, thread: this.#options.thread ?? false });
    return { session, inputs };
  }
}
