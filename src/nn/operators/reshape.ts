import { sameShape, type Shape, showShape, sizeOf, axisOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { wholes } from './constants.ts';
import { node } from './node.ts';

/**
 * The same elements in another shape. A dimension of −1 (BATCH) is the batch, as in every shape here; sizes are not
 * inferred. Counterpart: torch.reshape.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (sizeOf(shape) !== sizeOf(x.shape)) throw shapeError('reshape', `a new shape must keep the number of elements, got ${showShape(x.shape)} → ${showShape(shape)}.`);
  // ONNX: 0 copies the dimension at the same place, one −1 takes what is left.
  const sizes = shape.map((size, i) => (size >= 0 ? size : size === x.shape[i] ? 0 : -1));
  if (sizes.filter((size) => size === -1).length > 1) throw shapeError('reshape', `a new shape may move only one dimension that depends on the batch, got ${showShape(x.shape)} → ${showShape(shape)}.`);
  return node('Reshape', [x, wholes(sizes)], shape, { type: x.type, gradient: (g) => [reshape(g, x.shape), undefined] });
}

/** All dimensions from `start` on in one. Counterpart: torch.flatten(x, start). */
export function flatten(x: Tensor, start = 1): Tensor {
  if (start >= x.shape.length) return x;
  return reshape(x, [...x.shape.slice(0, start), sizeOf(x.shape.slice(start))]);
}

/** Puts a dimension of size 1 in. Counterpart: torch.unsqueeze. */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const place = axis < 0 ? axis + x.shape.length + 1 : axis;
  return reshape(x, [...x.shape.slice(0, place), 1, ...x.shape.slice(place)]);
}

/** Takes a dimension of size 1 out. Counterpart: torch.squeeze(x, axis). */
export function squeeze(x: Tensor, axis: number): Tensor {
  const place = axisOf(x.shape, axis);
  if (place === undefined || x.shape[place] !== 1) throw shapeError('squeeze', `x must have size 1 in dimension ${axis}, got ${showShape(x.shape)}.`);
  return reshape(x, x.shape.filter((_, i) => i !== place));
}
