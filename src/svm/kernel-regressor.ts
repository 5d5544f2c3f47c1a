import { Regressor } from '../base/regressor.ts';
import { withArena } from '../kernels/arena.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { kernelRows } from './kernel-rows.ts';
import { checkGiven, kernelOf, type KernelOptions } from './kernel-options.ts';
import { kernelSums } from './kernel-sums.ts';
import { PairedQuadratic } from './quadratic.ts';
import { Smo, type QuadraticProgram } from './smo.ts';
import { supportOf } from './support-vectors.ts';

export interface SVRFitted {
  /** Row numbers of the support vectors in X. */
  support: Int32Array;
  /** Those rows; without rows for a precomputed kernel. */
  supportVectors: Matrix;
  /** One number: how many support vectors there are. */
  nSupport: Int32Array;
  /** 1 × support vectors: α − α* of each. */
  dualCoef: DenseMatrix;
  /** One number, in the unit of y. */
  intercept: Float64Array;
  /** 1 × columns, for the linear kernel; null for others. */
  coef: DenseMatrix | null;
  /** γ as a number; 0 where the kernel has none. */
  gamma: number;
  /** Steps of the solver. */
  iterations: number;
  /** Whether the tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/** A regressor with a kernel and a tube within which errors cost nothing. */
export abstract class KernelRegressor<Options extends KernelOptions> extends Regressor<Options, SVRFitted> {
  /**
   * The program but for its matrix and signs. Variables 0 … n − 1 are α, which raise the prediction; n … 2n − 1 are α*,
   * which lower it.
   * @param weights one per row that counts
   */
  protected abstract program(y: Float64Array, weights: Float64Array): Omit<QuadraticProgram, 'Q' | 'y'>;

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): SVRFitted {
    const options = this.#given;
    const kernel = kernelOf(this.owner, X, options);
    const rows = Int32Array.from(y.keys()).filter((i) => !sampleWeight || sampleWeight[i] > 0);
    const n = rows.length;
    const own = Float64Array.from(rows, (i) => y[i]);
    const weights = Float64Array.from(rows, (i) => (sampleWeight ? sampleWeight[i] : 1));
    const { alpha, rho, iterations, converged } = withArena((arena) => {
      const Q = new PairedQuadratic(arena, kernelRows(arena, X, rows, kernel), options.cacheSize);
      const signs = Int8Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1));
      return new Smo(arena, { Q, y: signs, ...this.program(own, weights) }, options).solve();
    });

    const beta = Float64Array.from({ length: n }, (_, i) => alpha[i] - alpha[i + n]);
    const { support, dualCoef, vectors, coef } = supportOf(X, rows, beta, kernel.kernel);
    const nSupport = Int32Array.of(support.length);
    const intercept = Float64Array.of(0 - rho);
    return { support, supportVectors: vectors, nSupport, dualCoef, intercept, coef, gamma: kernel.gamma, iterations, converged };
  }

  protected values(X: Matrix, fitted: SVRFitted): Float64Array {
    const { kernel, degree, coef0 } = this.#given;
    checkGiven(this.owner, X, kernel);
    return kernelSums(X, { kernel, degree, coef0, gamma: fitted.gamma }, fitted);
  }

  get #given(): Required<KernelOptions> {
    return this.options as unknown as Required<KernelOptions>;
  }
}

/** What is written twice, once for α and once for α*. */
export function twice(values: Float64Array): Float64Array {
  const both = new Float64Array(2 * values.length);
  both.set(values);
  both.set(values, values.length);
  return both;
}
