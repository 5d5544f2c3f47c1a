import { ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { OnnxAttribute } from '../formats/onnx-model.ts';
import { type Shape, showShape, sizeOf } from './shape.ts';

/** int32 for token ids and class numbers; int64 and bool exist only between operators. */
export type TensorType = 'float32' | 'int32' | 'int64' | 'bool';

/** How a tensor is computed: one node of the ONNX graph. */
export interface Operation {
  readonly op: string;
  readonly domain: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
  /** null stands for an optional input that is left out. */
  readonly inputs: readonly (Tensor | null)[];
  readonly outputs: readonly Tensor[];
  /** The body of a Scan: its own inputs, and what it returns. */
  readonly body?: { readonly inputs: readonly Tensor[]; readonly outputs: readonly Tensor[] };
}

/** How tensors' gradients go back: from those of `outputs` (undefined where nothing depends on one) to those of `inputs`. */
export interface Derivation {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly rule: (gradients: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[];
}

/**
 * A value of the graph that is being traced: its shape and element type, how it is computed, and how its gradient
 * goes back. It holds no numbers; those exist when the graph runs.
 */
export class Tensor {
  readonly shape: Shape;
  readonly type: TensorType;
  /** undefined for inputs, constants and parameters. */
  operation?: Operation;
  derivation?: Derivation;
  /** Where the tensor is zeros with rows added at the places that an input names: whoever needs its numbers may as well add them up himself. */
  rowSum?: { readonly ids: Input; readonly rows: Tensor };

  constructor(shape: Shape, type: TensorType = 'float32') {
    this.shape = shape;
    this.type = type;
  }
}

/** A value that comes from outside in every run. */
export class Input extends Tensor {
  readonly name: string;

  constructor(name: string, shape: Shape, type: TensorType = 'float32') {
    super(shape, type);
    this.name = name;
  }
}

/** A value that is part of the graph. */
export class Constant extends Tensor {
  readonly data: readonly number[];

  constructor(shape: Shape, data: readonly number[], type: TensorType = 'float32') {
    super(shape, type);
    this.data = data;
  }
}

/** Numbers that outlive a run: parameters and running statistics. */
export abstract class Variable extends Tensor {
  /** The current values, row-major. Training writes into them; so may you, with `data.set(…)`. */
  data: Float32Array;

  constructor(shape: Shape, values: ArrayLike<number> | number = 0) {
    if (!Array.isArray(shape) || shape.some((size) => !Number.isInteger(size) || size < 0)) {
      throw new ShapeError(`${new.target.name}: shape must be an array of whole numbers, got ${show(shape)}.`);
    }
    super(shape);
    const size = sizeOf(shape);
    if (typeof values !== 'number' && values.length !== size) {
      throw new ShapeError(`${new.target.name}: shape ${showShape(shape)} takes ${size} values, got ${values.length}.`);
    }
    this.data = typeof values === 'number' ? new Float32Array(size).fill(values) : Float32Array.from(values);
  }
}

/**
 * A tensor that training changes.
 *
 * Counterpart: torch.nn.Parameter. `data` is always current; there is no `grad`, see compileTrainStep's `gradients`.
 *
 * @example
 * const W = new nn.Parameter([784, 256], nn.init.normal([784, 256], { std: 0.01 }));
 * const b = new nn.Parameter([256]); // zeros
 */
export class Parameter extends Variable {
  /** Whether training changes it. Default true. */
  requiresGrad = true;
}

/** A tensor that is saved with the weights but not trained: running means and variances. Counterpart: torch's register_buffer. */
export class StateBuffer extends Variable {}
