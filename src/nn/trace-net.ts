import { OptionError, ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { Module } from './modules/module.ts';
import { BATCH, type Shape, showShape } from './shape.ts';
import { Input, Tensor } from './tensor.ts';
import { runTraced, Trace } from './trace.ts';

/** One input of a net: the shape of a single sample ([784], [1, 28, 28]; [] for one number) and its type, 'float32' by default. */
export interface InputSpec {
  readonly shape: Shape;
  readonly type?: 'float32' | 'int32';
}

/** Inputs by name, in the order in which forward takes them. */
export type InputSpecs = Readonly<Record<string, InputSpec>>;

/** A module, or a function over parameters that are kept elsewhere. */
export type Net = Module | ((...inputs: Tensor[]) => Tensor);

/** Names that batches and graphs use for something else than an input. */
const RESERVED = /^(target|weight|output|loss|gradients|updates|variables|(mask|variable|gradient)_\d+)$/;

/** The symbolic inputs of a net: the batch comes first. */
export function traceInputs(owner: string, specs: InputSpecs): Input[] {
  const entries = Object.entries(specs);
  if (entries.length === 0) throw new OptionError(`${owner}: inputs must name at least one input.`);
  return entries.map(([name, { shape, type = 'float32' }]) => {
    if (RESERVED.test(name)) throw new OptionError(`${owner}: an input must not be called ${name}. Choose another name.`);
    if (!Array.isArray(shape) || shape.some((size) => !Number.isInteger(size) || size < 1)) {
      throw new OptionError(`${owner}: the shape of input ${name} must be an array of sizes of one sample, without the batch, got ${show(shape)}.`);
    }
    if (type !== 'float32' && type !== 'int32') throw new OptionError(`${owner}: the type of input ${name} must be one of "float32", "int32", got ${show(type)}.`);
    return new Input(name, [BATCH, ...shape], type);
  });
}

/** A trace that knows the names of a net's layers. */
export const traceOf = (net: Net, options?: ConstructorParameters<typeof Trace>[1]): Trace =>
  new Trace(new Map(net instanceof Module ? net.namedModules().map(([name, module]) => [module, name]) : []), options);

/** What the net makes of its inputs. @throws ShapeError where its layers do not fit each other or the result has no batch. */
export function traceForward(owner: string, net: Net, inputs: readonly Input[], trace: Trace): Tensor {
  const output: unknown = runTraced(trace, () => (net instanceof Module ? net.forward(...inputs) : net(...inputs)));
  if (!(output instanceof Tensor)) throw new ShapeError(`${owner}: the net must return a tensor, it returned ${show(output)}.`);
  if (output.type !== 'float32' || output.shape[0] !== BATCH) throw new ShapeError(`${owner}: the net must return numbers with the batch first, it returns ${output.type} ${showShape(output.shape)}.`);
  return output;
}

/** Runs something with every module in eval mode, and puts the flags back. */
export function inEvalMode<T>(net: Net, run: () => T): T {
  if (!(net instanceof Module)) return run();
  const flags = net.modules().map((module) => [module, module.training] as const);
  net.eval();
  try {
    return run();
  } finally {
    for (const [module, training] of flags) module.training = training;
  }
}
