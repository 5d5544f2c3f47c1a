import type { Tensor } from '../tensor.ts';
import { mul, notLess, sub } from './arithmetic.ts';
import { node } from './node.ts';
import { cat, padZeros, slice, split } from './rearrange.ts';
import { reshape } from './reshape.ts';

/** A reduction of windows that touch but do not overlap, and the way back of its gradient. */
export interface WindowReduction {
  readonly result: Tensor;
  readonly back: (g: Tensor) => Tensor;
}

/**
 * The largest of every `size` neighbours along a dimension; of equal ones the first gets the gradient. All first
 * neighbours become one tensor, all second ones another: what is to be done with them is then done to whole tensors, by
 * every thread. What does not fill a window at the far end is in none.
 */
export function largestAlong(x: Tensor, axis: number, size: number): WindowReduction {
  const places = Math.floor(x.shape[axis] / size);
  const windows = reshape(slice(x, axis, 0, places * size), apart(x, axis, places, size));
  const neighbours = split(windows, new Array<number>(size).fill(1), axis + 1);
  const largest = node('Max', neighbours, neighbours[0].shape);
  return {
    result: reshape(largest, x.shape.map((length, i) => (i === axis ? places : length))),
    back: (g) => {
      let rest = reshape(g, largest.shape);
      const shares = neighbours.slice(0, -1).map((neighbour) => {
        const share = mul(rest, notLess(neighbour, largest));
        rest = sub(rest, share);
        return share;
      });
      return together([...shares, rest], axis, x.shape[axis]);
    },
  };
}

/** The gradient of every window's sum along a dimension that was this long. */
export function spreadAlong(g: Tensor, axis: number, size: number, length: number): Tensor {
  const stretched = reshape(g, apart(g, axis, g.shape[axis], 1));
  return together(new Array<Tensor>(size).fill(stretched), axis, length);
}

const apart = (x: Tensor, axis: number, places: number, size: number): number[] => [...x.shape.slice(0, axis), places, size, ...x.shape.slice(axis + 1)];

/** Neighbours beside each other again, and zeros for what is in no window. */
function together(neighbours: readonly Tensor[], axis: number, length: number): Tensor {
  const windows = cat(neighbours, axis + 1);
  const [places, size] = windows.shape.slice(axis);
  const joined = reshape(windows, [...windows.shape.slice(0, axis), places * size, ...windows.shape.slice(axis + 2)]);
  return padZeros(joined, axis, 0, length - places * size);
}
