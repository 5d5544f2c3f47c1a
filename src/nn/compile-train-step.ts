import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { Module, type StateDict } from './modules/module.ts';
import { openSession } from './runtime/compile-graph.ts';
import type { Batch } from './runtime/feed-batch.ts';
import type { OptimizerState } from './runtime/optimizer-memory.ts';
import { StepEngine, type StepResult } from './runtime/step-engine.ts';
import type { Parameter } from './tensor.ts';
import type { InputSpecs } from './trace-net.ts';
import { type CompileTrainStepOptions, OWNER, type TracedStep, traceTrainStep } from './trace-train-step.ts';

export interface StepOptions {
  /** Learning rate of this step. Default: the optimiser's. */
  lr?: number;
  /** What the dropout masks are drawn from, a whole number. Default: how many steps were made. */
  seed?: number;
}

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
  const traced = await traceTrainStep(options);
  const open = (graph: TracedStep['graph']): ReturnType<typeof openSession> => openSession(OWNER, graph, { thread: options.thread });
  const { graph, alone, plan } = traced;
  const fewRows = alone && { end: 2 * graph.threads, gradients: alone.gradients, open: async () => (await open({ model: alone.model, threads: 1 })).session };
  return new TrainStep(options, traced, new StepEngine(plan, options.optimizer, await open(graph), fewRows));
}

/** A compiled step of training; see compileTrainStep. */
export class TrainStep {
  readonly #options: CompileTrainStepOptions;
  readonly #traced: TracedStep;
  readonly #engine: StepEngine;

  constructor(options: CompileTrainStepOptions, traced: TracedStep, engine: StepEngine) {
    this.#options = options;
    this.#traced = traced;
    this.#engine = engine;
    traced.flat.useMemory(engine.values);
  }

  /** Whether the seed matters: the net draws dropout masks. */
  get usesRandomness(): boolean {
    return this.#traced.plan.masks.length > 0;
  }

  /** How many steps were applied. */
  get steps(): number {
    return this.#engine.memory.steps;
  }

  /** What one sample of each of a batch's arrays looks like: the inputs, `target`, and `weight` where it is asked for. */
  get specs(): InputSpecs {
    return this.#traced.specs;
  }

  /** One step: gradients of the batch, then the optimiser. */
  async run(batch: Batch, { lr = this.#options.optimizer.options.lr, seed = this.steps }: StepOptions = {}): Promise<StepResult> {
    if (!(lr >= 0 && lr < Infinity)) throw new OptionError(`${OWNER}: lr must be a number in [0, ∞), got ${show(lr)}.`);
    this.#traced.check(batch);
    this.#traced.flat.adopt();
    return this.#engine.run(batch, { lr, seed });
  }

  /** Loss and gradients of a batch by the names of parameters; nothing changes. */
  async gradients(batch: Batch, { seed = this.steps }: { seed?: number } = {}): Promise<{ loss: number; gradients: StateDict }> {
    this.#traced.check(batch);
    this.#traced.flat.adopt();
    const { loss } = await this.#engine.differentiate(batch, seed);
    const { model } = this.#options;
    const names = new Map<Parameter, string>(model instanceof Module ? model.namedParameters().map(([name, parameter]) => [parameter, name]) : []);
    let at = 0;
    const gradients = this.#traced.trained.map((parameter, i) => {
      const data = this.#engine.gradient.slice(at, (at += parameter.data.length));
      return [names.get(parameter) ?? `${i}`, { shape: parameter.shape, data }] as const;
    });
    return { loss, gradients: Object.fromEntries(gradients) };
  }

  /** Copies of what the optimiser remembers. */
  optimizerState(): OptimizerState {
    return this.#engine.memory.state();
  }

  /** Goes on from a saved state. @throws DataError or ShapeError where it is another optimiser's or another net's. */
  loadOptimizerState(state: OptimizerState): void {
    this.#engine.memory.load(state);
  }

  /** Frees the native session and the memory of the step; the weights stay. */
  async dispose(): Promise<void> {
    this.#traced.flat.release();
    await this.#engine.release();
  }
}
