import { axisOf, BATCH, broadcastShapes, sameShape, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { fill, wholes } from './constants.ts';
import { node, withGradient } from './node.ts';
import { reshape } from './reshape.ts';

/** Axes in ascending order, counted from the front; all of them by default. */
function axesOf(operator: string, shape: Shape, axes: number | readonly number[] = shape.map((_, i) => i)): number[] {
  const places = [axes].flat().map((axis) => {
    const place = axisOf(shape, axis);
    if (place === undefined) throw shapeError(operator, `x must have a dimension ${axis}, got ${showShape(shape)}.`);
    return place;
  });
  return places.sort((a, b) => a - b);
}

/** The shape that is left when dimensions are reduced; they stay as 1 with `keepDims`. */
const reducedShape = (shape: Shape, axes: readonly number[], keepDims: boolean): number[] =>
  keepDims ? shape.map((size, i) => (axes.includes(i) ? 1 : size)) : shape.filter((_, i) => !axes.includes(i));

/** Sums over dimensions, all of them by default. Counterpart: torch.sum. */
export function sum(x: Tensor, axes?: number | readonly number[], { keepDims = false } = {}): Tensor {
  const places = axesOf('sum', x.shape, axes);
  if (places.length === 0) return x;
  return node('ReduceSum', [x, wholes(places)], reducedShape(x.shape, places, keepDims), {
    attributes: { keepdims: { int: keepDims ? 1 : 0 } },
    gradient: (g) => [expandLike(reshape(g, reducedShape(x.shape, places, true)), x), undefined],
  });
}

/** Stretches dimensions of size 1 to the shape of another tensor, whose values do not matter. */
export function expandLike(x: Tensor, like: Tensor): Tensor {
  if (sameShape(x.shape, like.shape)) return x;
  if (!sameShape(broadcastShapes(x.shape, like.shape) ?? [], like.shape)) throw shapeError('expand', `x must stretch to ${showShape(like.shape)}, got ${showShape(x.shape)}.`);
  return node('Expand', [x, runtimeShape(like)], like.shape, { type: x.type, gradient: (g) => [sumTo(g, x.shape), undefined] });
}

/** Sums what broadcasting stretched: the way back from a stretched gradient to the operand's shape. */
export function sumTo(g: Tensor, shape: Shape): Tensor {
  if (sameShape(g.shape, shape)) return g;
  const extra = g.shape.length - shape.length;
  const axes = g.shape.map((_, i) => i).filter((i) => i < extra || (shape[i - extra] === 1 && g.shape[i] !== 1));
  return reshape(sum(g, axes), shape);
}

/** The sizes of a tensor when the graph runs. */
const runtimeShape = (x: Tensor): Tensor => node('Shape', [x], [x.shape.length], { type: 'int64' });

/** How many elements lie along these axes, as a number of the graph where the batch is among them. */
export function countAlong(x: Tensor, axes: readonly number[]): { fixed: number; batch: Tensor | undefined } {
  let fixed = 1;
  let batch: Tensor | undefined;
  for (const axis of axes) {
    const size = x.shape[axis];
    if (size >= 0) fixed *= size;
    else batch = node('Cast', [node('Gather', [runtimeShape(x), wholesScalar(axis)], [], { type: 'int64' })], [], { attributes: { to: { int: 1 } } });
  }
  return { fixed, batch };
}

const wholesScalar = (value: number): Tensor => reshape(wholes([value]), []);

/** Means over dimensions, all of them by default. Counterpart: torch.mean. */
export function mean(x: Tensor, axes?: number | readonly number[], { keepDims = false } = {}): Tensor {
  const places = axesOf('mean', x.shape, axes);
  if (places.length === 0) return x;
  const output = node('ReduceMean', [x, wholes(places)], reducedShape(x.shape, places, keepDims), { attributes: { keepdims: { int: keepDims ? 1 : 0 } } });
  return withGradient(output, [x], (g) => {
    const { fixed, batch } = countAlong(x, places);
    let share = fixed === 1 ? g : node('Div', [g, fill(fixed)], g.shape, { gradient: undefined });
    if (batch !== undefined) share = node('Div', [share, batch], g.shape);
    return [expandLike(reshape(share, reducedShape(x.shape, places, true)), x)];
  });
}

/** True where a dimension depends on the batch. */
export const isBatched = (shape: Shape): boolean => shape.some((size) => size <= BATCH);
