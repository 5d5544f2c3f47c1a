import { Regressor } from '../base/regressor.ts';
import { number, positive, type Rules } from '../core/rules.ts';
import { withArena } from '../kernels/arena.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { kernelRows } from './kernel-rows.ts';
import { checkGiven, kernelOf, kernelRules, type KernelOptions } from './kernel-options.ts';
import { forKernelValues } from './kernel-values.ts';
import { PairedQuadratic } from './quadratic.ts';
import { Smo } from './smo.ts';
import { addSupport, supportVectors } from './support-vectors.ts';

export interface SVROptions extends KernelOptions {
  /** Cost of an error outside the tube, in (0, ∞): larger fits closer. Default 1. */
  C?: number;
  /** Half the width of the tube within which errors cost nothing, in the unit of y, at least 0. Default 0.1. */
  epsilon?: number;
}

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

/**
 * Support vector regression with a kernel K and a tube of half-width ε. The dual
 *
 *     min over 0 ≤ αᵢ, αᵢ* ≤ Cᵢ, Σ(αᵢ − αᵢ*) = 0 of ½·βᵀKβ + ε·Σ(αᵢ + αᵢ*) − Σyᵢβᵢ,   β = α − α*,
 *
 * gives the prediction Σ βᵢK(xᵢ, x) + b; Cᵢ is C times the row's weight. Rows with βᵢ ≠ 0 are the support vectors:
 * those on the edge of the tube or outside it.
 *
 * X: samples × features, dense or CSR (columns want similar scales); y wants a spread of about 1.
 *
 * Counterpart: scikit-learn's SVR, libsvm's steps. `support` counts rows of X even where rows of weight 0 were left
 * out; no kernels of one's own other than precomputed.
 * Source: Smola and Schölkopf, "A tutorial on support vector regression", Statistics and Computing 14, 2004; Chang
 * and Lin, "LIBSVM: a library for support vector machines", 2011.
 *
 * @example
 * const model = await new SVR({ C: 10, epsilon: 0.05 }).fit(X, y);
 * await model.predict(Xnew);
 */
export class SVR extends Regressor<SVROptions, SVRFitted> {
  static override readonly rules: Rules<SVROptions> = { C: positive(1), epsilon: number(0.1, { min: 0 }), ...kernelRules };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): SVRFitted {
    const { C, epsilon, cacheSize } = this.options;
    const kernel = kernelOf(this.owner, X, this.options);
    const rows = Int32Array.from(y.keys()).filter((i) => !sampleWeight || sampleWeight[i] > 0);
    const n = rows.length;
    // Variables 0 … n − 1 are α, which raise the prediction; n … 2n − 1 are α*, which lower it.
    const { alpha, rho, iterations, converged } = withArena((arena) => {
      const program = {
        Q: new PairedQuadratic(arena, kernelRows(arena, X, rows, kernel), cacheSize),
        p: Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? epsilon - y[rows[i]] : epsilon + y[rows[i - n]])),
        y: Int8Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 : -1)),
        C: Float64Array.from({ length: 2 * n }, (_, i) => C * (sampleWeight ? sampleWeight[rows[i % n]] : 1)),
      };
      return new Smo(arena, program, this.options).solve();
    });

    const beta = Float64Array.from({ length: n }, (_, i) => alpha[i] - alpha[i + n]);
    const support = rows.filter((_, i) => beta[i] !== 0);
    const dualCoef = new DenseMatrix(1, support.length, beta.filter((value) => value !== 0));
    const vectors = supportVectors(X, support, kernel.kernel === 'precomputed');
    let coef: DenseMatrix | null = null;
    if (kernel.kernel === 'linear') {
      coef = new DenseMatrix(1, X.cols);
      addSupport(vectors, dualCoef.data, 0, support.length, coef.data);
    }
    const nSupport = Int32Array.of(support.length);
    const intercept = Float64Array.of(0 - rho);
    return { support, supportVectors: vectors, nSupport, dualCoef, intercept, coef, gamma: kernel.gamma, iterations, converged };
  }

  protected values(X: Matrix, { support, supportVectors: vectors, dualCoef, intercept, gamma }: SVRFitted): Float64Array {
    const { kernel, degree, coef0 } = this.options;
    checkGiven(this.owner, X, kernel);
    const predicted = new Float64Array(X.rows);
    forKernelValues(X, { kernel: { kernel, degree, coef0, gamma }, vectors, rows: support }, (i, values) => {
      let sum = intercept[0];
      for (let j = 0; j < values.length; j++) sum += dualCoef.data[j] * values[j];
      predicted[i] = sum;
    });
    return predicted;
  }
}
