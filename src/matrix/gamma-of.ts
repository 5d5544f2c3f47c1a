import type { Matrix } from './matrix.ts';

/**
 * The `gamma` option as a number: 'scale' is 1 / (columns · variance of all elements of X), 1 where they do not
 * vary; 'auto' is 1 / columns.
 */
export function gammaOf(X: Matrix, gamma: 'scale' | 'auto' | number): number {
  if (typeof gamma === 'number') return gamma;
  if (gamma === 'auto') return 1 / X.cols;
  const size = X.rows * X.cols;
  let sum = 0;
  for (let p = 0; p < X.data.length; p++) sum += X.data[p];
  const mean = sum / size;
  let variance = 0;
  if (X.kind === 'csr') {
    for (let p = 0; p < X.data.length; p++) variance += X.data[p] * X.data[p];
    variance = variance / size - mean * mean;
  } else {
    for (let p = 0; p < size; p++) variance += (X.data[p] - mean) ** 2;
    variance /= size;
  }
  return variance === 0 ? 1 : 1 / (X.cols * variance);
}
