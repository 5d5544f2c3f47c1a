/**
 * Sizes of a symbolic tensor's dimensions. The number of rows in a batch is not known while tracing: a dimension of
 * BATCH (−1) stands for it, and −k for k times as many (a batch of k tokens each, laid out as rows). Products of
 * dimensions are then plain products, as long as at most one of them is symbolic.
 */
export type Shape = readonly number[];

/** The dimension that holds the rows of a batch. */
export const BATCH = -1;

/** `[N, 784]`, with N for the batch. */
export const showShape = (shape: Shape): string => `[${shape.map((size) => (size >= 0 ? size : size === BATCH ? 'N' : `${-size}·N`)).join(', ')}]`;

/** How many elements; negative for a multiple of the batch. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((size, i) => size === b[i]);

/** The shape with a batch of `rows`. */
export const withBatch = (shape: Shape, rows: number): number[] => shape.map((size) => (size < 0 ? -size * rows : size));

/** A dimension counted from the end where negative, in 0 … rank − 1; undefined where there is none. */
export function axisOf(shape: Shape, axis: number): number | undefined {
  const place = axis < 0 ? axis + shape.length : axis;
  return Number.isInteger(place) && place >= 0 && place < shape.length ? place : undefined;
}

/** The shape of both operands stretched to each other, or undefined where they do not fit (numpy's rule). */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let i = 1; i <= rank; i++) {
    const left = a.at(-i) ?? 1;
    const right = b.at(-i) ?? 1;
    if (i <= Math.min(a.length, b.length) && left !== right && left !== 1 && right !== 1) return undefined;
    shape.unshift(i > a.length ? right : i > b.length ? left : left === 1 ? right : left);
  }
  return shape;
}

/** Every index into a shape, the last dimension fastest. */
export function everyIndex(shape: Shape): number[][] {
  return shape.reduce<number[][]>((indices, size) => indices.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i])), [[]]);
}
