import { gaussians } from '../kernels/kernel-row.ts';
import type { Matrix } from '../matrix/matrix.ts';

/** The similarity of two rows that a support vector machine sees instead of the rows. */
export type KernelName = 'linear' | 'poly' | 'rbf' | 'sigmoid' | 'precomputed';

/** A kernel with its parameters as numbers. */
export interface Kernel {
  readonly kernel: KernelName;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
}

/**
 * Turns products a·b[j] into kernel values, in place:
 *
 * - linear a·b; poly (γ·a·b + c)^d; sigmoid tanh(γ·a·b + c);
 * - rbf exp(−γ‖a − b‖²), with ‖a − b‖² = ‖a‖² + ‖b‖² − 2a·b.
 *
 * @param square ‖a‖²; for rbf only
 * @param squares ‖b[j]‖²; for rbf only
 */
export function productsToKernel(
  { kernel, gamma, degree, coef0 }: Kernel,
  products: Float64Array,
  square: number,
  squares: Float64Array,
): void {
  if (kernel === 'rbf') gaussians(products, squares, square, gamma);
  else if (kernel === 'poly') for (let j = 0; j < products.length; j++) products[j] = power(gamma * products[j] + coef0, degree);
  else if (kernel === 'sigmoid') for (let j = 0; j < products.length; j++) products[j] = Math.tanh(gamma * products[j] + coef0);
}

/** base^exponent for a whole exponent, by squaring. */
function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

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
