import { Constant, type Tensor } from '../tensor.ts';
import { type Shape } from '../shape.ts';

/** One number. */
export const fill = (value: number): Tensor => new Constant([], [value]);

/** Numbers of any shape. */
export const constant = (shape: Shape, values: readonly number[]): Tensor => new Constant(shape, values);

/** A list of whole numbers: axes, sizes, starts. */
export const wholes = (values: readonly number[]): Tensor => new Constant([values.length], values, 'int64');

/** A tensor, or a number in its place. */
export type Operand = Tensor | number;

export const asTensor = (value: Operand): Tensor => (typeof value === 'number' ? fill(value) : value);
