/** Numbers with a shape, row-major: what a transform makes of an image, or the samples of a data set side by side. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export function isNdArray(value: unknown): value is NdArray {
  const { shape, data } = (value ?? {}) as Partial<NdArray>;
  return Array.isArray(shape) && typeof data === 'object' && data !== null && typeof data.length === 'number';
}
