import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { differentiate } from './differentiate.ts';
import { checkWeights, type Loss, meanLoss } from './losses/loss.ts';
import { fill } from './operators/constants.ts';
import { cat } from './operators/rearrange.ts';
import { reshape } from './operators/reshape.ts';
import { expandLike } from './operators/sum-and-expand.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { channelBlock } from './runtime/channel-block.ts';
import { writeGraph } from './runtime/compile-graph.ts';
import { type Batch, checkBatch, rowsOf } from './runtime/feed-batch.ts';
import { FlatVariables } from './runtime/flat-variables.ts';
import { gradientOutputs, scratchOf, type TracedGradient } from './runtime/gradient-outputs.ts';
import { netVariables } from './runtime/net-variables.ts';
import type { OneThreadGraph, StepPlan, Stretch } from './runtime/step-engine.ts';
import { BATCH, sizeOf } from './shape.ts';
import { Input, Parameter, type Tensor, type Variable } from './tensor.ts';
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

/** A step of training before there is a session for it. */
export interface TracedStep {
  readonly graph: { readonly model: Uint8Array; readonly threads: number };
  /** The same on one thread, for batches of few rows; undefined where the graph runs on one anyway. */
  readonly alone: OneThreadGraph | undefined;
  readonly plan: StepPlan;
  readonly flat: FlatVariables;
  readonly trained: readonly Parameter[];
  /** What one sample of each of a batch's arrays looks like: the inputs, `target`, and `weight` where it is asked for. */
  readonly specs: InputSpecs;
  /** Refuses batches that the net or the loss cannot take. */
  readonly check: (batch: Batch) => void;
}

/** Who speaks in messages of a step. */
export const OWNER = 'compileTrainStep';

/** Traces forward pass, loss and gradients of a net and writes them as one graph. @throws as compileTrainStep */
export async function traceTrainStep(options: CompileTrainStepOptions): Promise<TracedStep> {
  const traced = await traceOnce(options);
  const { threads } = traced.graph;
  // Traced for fewer threads, where more are of no use.
  if (threads < (options.threads ?? 1)) return traceTrainStep({ ...options, threads });
  if (threads === 1) return traced;
  const { graph, plan } = await traceOnce({ ...options, threads: 1 }, traced.flat);
  return { ...traced, alone: { model: graph.model, gradients: plan.gradients } };
}

/** @param variables where they lie, if that is known already */
async function traceOnce(options: CompileTrainStepOptions, variables?: FlatVariables): Promise<TracedStep> {
  const { model, inputs: specs, loss, sampleWeight = false, threads = 1, thread = false, clipGradNorm, clipGradValue } = options;
  for (const [name, limit] of Object.entries({ clipGradNorm, clipGradValue })) {
    if (limit !== undefined && !(limit > 0)) throw new OptionError(`${OWNER}: ${name} must be a number in (0, ∞), got ${show(limit)}.`);
  }
  const inputs = traceInputs(OWNER, specs);
  const trace = traceOf(model, { threads, takesGradients: true, block: await channelBlock(OWNER, { thread }) });
  const prediction = traceForward(OWNER, model, inputs, trace);
  const wanted = loss.target(prediction.shape);
  inputs.push(new Input('target', wanted.shape, wanted.type));
  const weight = sampleWeight ? new Input('weight', [BATCH]) : undefined;
  if (weight) inputs.push(weight);
  const total = meanLoss(loss, prediction, inputs.find(({ name }) => name === 'target')!, weight);

  const updates = [...trace.updates];
  const used = [...new Set<Variable>([...netVariables(model, [total, ...updates.map(([, value]) => value)]), ...trace.updates.keys()])];
  const parameters = used.filter(isTrained);
  if (parameters.length === 0) throw new OptionError(`${OWNER}: the loss must depend on at least one parameter that requires a gradient.`);
  const derived = runTraced(trace, () => differentiate(total, parameters)).map((gradient, i) => gradient ?? expandLike(fill(0), parameters[i]));
  const traced = new Map<Variable, TracedGradient>(parameters.map((parameter, i) => [parameter, { parameter, gradient: derived[i] }]));
  const flat = variables ?? new FlatVariables(used, { isApart: (variable) => traced.get(variable)?.gradient.rowSum !== undefined });
  const trained = flat.variables.filter(isTrained);
  const small = trained.filter((parameter) => flat.variables.indexOf(parameter) < flat.packed.count).length;
  const gradients = gradientOutputs(trained.map((parameter) => traced.get(parameter)!), { small, threads });
  const outputs: Record<string, Tensor> = { loss: total, ...gradients.outputs };
  if (updates.length > 0) outputs.updates = cat(updates.map(([, value]) => reshape(value, [sizeOf(value.shape)])));
  return {
    graph: writeGraph({ inputs: [...inputs, ...trace.masks.map(({ input }) => input)], outputs, flat, threads }),
    plan: {
      inputs: inputs.map(({ name, shape, type }) => ({ name, shape, type })),
      masks: trace.masks.map(({ input: { name, shape }, keep }) => ({ name, shape, keep })),
      variables: flat.layout,
      trained: stretchesOf(flat, trained),
      statistics: updates.map(([buffer]) => flat.placeOf(buffer)),
      gradients: gradients.layout,
      scratch: scratchOf(derived),
      clipGradNorm,
      clipGradValue,
    },
    alone: undefined,
    flat,
    trained,
    specs: Object.fromEntries(inputs.map(({ name, shape, type }) => [name, { shape: shape.slice(1), type: type as 'float32' | 'int32' }])),
    check: batchCheck(trace, inputs, (batch) => loss.checkTarget(batch.target, prediction.shape)),
  };
}

const isTrained = (variable: Variable): variable is Parameter => variable instanceof Parameter && variable.requiresGrad;

function batchCheck(trace: Trace, inputs: readonly Input[], checkTarget: (batch: Batch) => void): (batch: Batch) => void {
  return (batch) => {
    checkBatch(trace, batch, rowsOf(OWNER, inputs, batch));
    checkTarget(batch);
    if (batch.weight) checkWeights(batch.weight);
  };
}

function stretchesOf(flat: FlatVariables, trained: readonly Parameter[]): Stretch[] {
  const stretches: Stretch[] = [];
  let gradient = 0;
  for (const parameter of trained) {
    const { start, end } = flat.placeOf(parameter);
    const last = stretches.at(-1);
    if (last?.end === start) stretches[stretches.length - 1] = { ...last, end };
    else stretches.push({ start, end, gradient });
    gradient += parameter.data.length;
  }
  return stretches;
}
