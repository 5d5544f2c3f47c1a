import { RefitError, ShapeError } from '../core/errors.ts';
import { Input, type StateBuffer, type Tensor } from './tensor.ts';
import { inputPlaces } from './input-places.ts';
import { type Shape } from './shape.ts';

/** Something with a name of its own in error messages: a module. */
type Layer = object;

/** A mask that every run draws anew: 1/keep with probability keep, else 0. */
export interface RandomMask {
  readonly input: Input;
  readonly keep: number;
}

/** A check of an input's values before each run: they must be in 0 … end − 1. Plain data: it goes into files. */
export interface RangeCheck {
  readonly input: string;
  /** Which numbers of a sample; undefined for all. */
  readonly places?: readonly number[];
  readonly end: number;
  readonly owner: string;
}

/**
 * What a forward pass leaves behind besides its result: masks to draw, running statistics to update, checks of the
 * inputs, and the layers it is inside of, for messages.
 */
export class Trace {
  readonly masks: RandomMask[] = [];
  readonly updates = new Map<StateBuffer, Tensor>();
  readonly ranges: RangeCheck[] = [];
  /** Who needs more than one row in a batch. */
  readonly refusesSingleRow: string[] = [];
  readonly #names: ReadonlyMap<Layer, string>;
  readonly #onCall?: (layer: Layer, inputs: readonly unknown[], output: unknown) => void;

  /** On how many threads the graph will run; some products and gradients are written accordingly. */
  readonly threads: number;

  /** How many channels convolutions put into a block; 0: they are laid out as in a file. */
  readonly block: number;

  /** Whether gradients will be taken of what is computed: some results then come from what the way back needs anyway. */
  readonly takesGradients: boolean;

  constructor(names: ReadonlyMap<Layer, string>, { threads = 1, block = 0, takesGradients = false, onCall }: { threads?: number; block?: number; takesGradients?: boolean; onCall?: (layer: Layer, inputs: readonly unknown[], output: unknown) => void } = {}) {
    this.#names = names;
    this.threads = threads;
    this.block = block;
    this.takesGradients = takesGradients;
    this.#onCall = onCall;
  }

  /** `Linear "encoder.0"`. */
  describe(layer: Layer): string {
    const name = this.#names.get(layer);
    return name ? `${layer.constructor.name} "${name}"` : layer.constructor.name;
  }

  called(layer: Layer, inputs: readonly unknown[], output: unknown): void {
    this.#onCall?.(layer, inputs, output);
  }

  /** The mask of a dropout: a new input that the run fills. */
  randomMask(shape: Shape, keep: number): Tensor {
    const input = new Input(`mask_${this.masks.length}`, shape);
    this.masks.push({ input, keep });
    return input;
  }
}

let current: Trace | undefined;
const layers: Layer[] = [];

/** Runs `forward` and collects what it leaves behind in `trace`. */
export function runTraced<T>(trace: Trace, forward: () => T): T {
  const before = current;
  current = trace;
  try {
    return forward();
  } finally {
    current = before;
  }
}

/** Runs a layer's forward pass; messages from inside carry its name. */
export function inLayer<T>(layer: Layer, inputs: readonly unknown[], forward: () => T): T {
  layers.push(layer);
  try {
    const output = forward();
    current?.called(layer, inputs, output);
    return output;
  } finally {
    layers.pop();
  }
}

/** The layer that is being traced, for the beginning of a message, or `otherwise` outside of any. */
export function ownerName(otherwise: string): string {
  const layer = layers.at(-1);
  if (layer === undefined) return otherwise;
  return current?.describe(layer) ?? layer.constructor.name;
}

/** An error about shapes while tracing. It is the layer's, or the operator's outside of any layer. */
export function shapeError(operator: string, problem: string): ShapeError {
  const owner = ownerName('');
  return new ShapeError(`${owner === '' ? operator : owner}: ${problem}`);
}

/** The trace in progress. @throws RefitError where there is none, naming who needs it. */
export function currentTrace(): Trace {
  if (current === undefined) {
    throw new RefitError(`${ownerName('nn')}: a layer in training mode can only be traced by compileTrainStep. Call model.eval() first.`);
  }
  return current;
}

/** On how many threads the graph being traced will run. */
export const currentThreads = (): number => current?.threads ?? 1;

/** Whether gradients will be taken of what the graph being traced computes. */
export const takesGradients = (): boolean => current?.takesGradients ?? false;

/** How many channels the graph being traced puts into a block. */
export const currentBlock = (): number => current?.block ?? 0;

/** Where a tensor holds numbers of an input as they came in, has every run check that they are in 0 … end − 1. */
export function checkRange(tensor: Tensor, end: number): void {
  const found = inputPlaces(tensor);
  if (found === undefined) return;
  const { input, places } = found;
  current?.ranges.push({ input: input.name, places: tensor === input ? undefined : [...new Set(places)], end, owner: ownerName('embedding') });
}
