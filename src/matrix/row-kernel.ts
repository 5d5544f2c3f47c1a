import { gaussians } from '../kernels/kernel-row.ts';

/** The similarity of two rows that a model sees instead of the rows. */
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

/** base^exponent, by squaring for a whole exponent. */
function power(base: number, exponent: number): number {
  if (!Number.isInteger(exponent)) return base ** exponent;
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
