import { DataError, ShapeError } from '../core/errors.ts';
import { choice, custom, flag, integer, number, positive, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Kernel, KernelName } from '../matrix/row-kernel.ts';
import { gammaOf } from '../matrix/gamma-of.ts';

/** Options that all machines with a kernel share. */
export interface KernelOptions {
  /**
   * Similarity of two rows: 'linear' a·b, 'poly' (γ·a·b + coef0)^degree, 'rbf' exp(−γ‖a − b‖²), 'sigmoid'
   * tanh(γ·a·b + coef0); 'precomputed': X holds the values, in fit rows × rows, later rows × rows of fit. Default 'rbf'.
   */
  kernel?: KernelName;
  /** Exponent of 'poly', a whole number of at least 0. Default 3. */
  degree?: number;
  /** γ: 'scale' is 1 / (columns · variance of X), 'auto' is 1 / columns, or a number of at least 0. Default 'scale'. */
  gamma?: 'scale' | 'auto' | number;
  /** Constant of 'poly' and 'sigmoid'. Default 0. */
  coef0?: number;
  /** Stop once no pair of rows violates the optimality conditions by this much. Default 1e-3. */
  tol?: number;
  /** Whether to leave out, for a while, rows that no longer change. Default true. */
  shrinking?: boolean;
  /** Megabytes for rows of the kernel matrix. Default 200. */
  cacheSize?: number;
  /** Most steps of the solver; −1 for no limit. Default −1. */
  maxIter?: number;
}

export const kernelRules: Rules<KernelOptions> = {
  kernel: choice('rbf', ['linear', 'poly', 'rbf', 'sigmoid', 'precomputed']),
  degree: integer(3, { min: 0 }),
  gamma: custom<'scale' | 'auto' | number>(
    'scale',
    "'scale', 'auto' or a number in [0, ∞)",
    (v) => v === 'scale' || v === 'auto' || (typeof v === 'number' && v >= 0 && v < Infinity),
    -1,
  ),
  coef0: number(0),
  tol: positive(1e-3),
  shrinking: flag(true),
  cacheSize: positive(200),
  maxIter: integer(-1, { min: -1 }),
};

/** The kernel that options describe, γ as a number. @throws DataError, ShapeError for a precomputed X that is none */
export function kernelOf(owner: string, X: Matrix, { kernel, degree, gamma, coef0 }: Required<KernelOptions>): Kernel {
  if (kernel !== 'precomputed') return { kernel, degree, coef0, gamma: kernel === 'linear' ? 0 : gammaOf(X, gamma) };
  checkGiven(owner, X, kernel);
  if (X.rows !== X.cols) throw new ShapeError(`${owner}: a precomputed kernel must be rows × rows in fit, got ${X.rows} × ${X.cols}.`);
  return { kernel, degree, coef0, gamma: 0 };
}

/** @throws DataError where X is to be a kernel and is sparse */
export function checkGiven(owner: string, X: Matrix, kernel: KernelName): void {
  if (kernel !== 'precomputed' || X.kind === 'dense') return;
  throw new DataError(`${owner}: a precomputed kernel must be dense, got a sparse matrix. Use X.toDense().`);
}
