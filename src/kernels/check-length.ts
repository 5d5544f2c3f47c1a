import { ShapeError } from '../core/errors.ts';

/** A kernel trusts its lengths: an array that is too short would let it write into its neighbour. */
export function checkLength(owner: string, name: string, array: ArrayLike<unknown>, length: number): void {
  if (array.length !== length) throw new ShapeError(`${owner}: ${name} must have ${length} elements, got ${array.length}.`);
}
