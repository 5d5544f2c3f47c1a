import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { kernelMatrix, type PairwiseKernelName } from '../matrix/kernel-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { multiply, transposedMultiply } from '../matrix/multiply.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';
import { componentNames } from './component-names.ts';

export interface NystroemOptions {
  /**
   * Similarity of two rows: 'linear' a·b, 'polynomial' (or 'poly') (γ·a·b + coef0)^degree, 'rbf' exp(−γ‖a − b‖²), 'laplacian'
   * exp(−γ·Σ|a − b|), 'sigmoid' tanh(γ·a·b + coef0), 'cosine' a·b/(‖a‖·‖b‖). Default 'rbf'.
   */
  kernel?: PairwiseKernelName;
  /** γ, at least 0; null for 1 / columns. Default null. */
  gamma?: number | null;
  /** Constant of 'polynomial' and 'sigmoid'; null for 1. Default null. */
  coef0?: number | null;
  /** Exponent of 'polynomial', at least 1; null for 3. Default null. */
  degree?: number | null;
  /** Rows that others are compared with, and columns of the result; as many as there are rows at most. Default 100. */
  nComponents?: number;
  /** Seed of which rows. Default null, which is 0. */
  randomState?: number | null;
}

/** What Nystroem has learned; k is the number of components. */
export interface NystroemFitted extends FeaturesSeen {
  /** B: the rows that others are compared with, k × columns, dense or sparse as X is. */
  components: Matrix;
  /** Their numbers in X. */
  componentIndices: Int32Array;
  /** K(B, B)^(−½), k × k. */
  normalization: DenseMatrix;
  /** γ as a number. */
  gamma: number;
}

/** Rows that are compared at a time, so that not all similarities are kept besides the result. */
const BLOCK = 1024;
/** Smaller eigenvalues, by size, count as this one. */
const LEAST = 1e-12;

/**
 * The Nyström method: X′ = K(X, B)·K(B, B)^(−½) for a random choice B of the rows, so that products of rows of X′ are near the
 * similarities K of rows of X; a linear model after it approaches one with that kernel.
 *
 * X: rows × columns, dense or sparse. The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: components (B), componentIndices, normalization, gamma.
 *
 * Counterpart: scikit-learn's Nystroem, the same rows for the same seed; null is seed 0. Without 'chi2', 'additive_chi2',
 * 'precomputed' and functions of one's own. Fewer rows than nComponents come without a warning.
 * Source: Williams and Seeger, "Using the Nyström method to speed up kernel machines", NIPS 2001.
 *
 * @example
 * const model = new Pipeline([['scale', new StandardScaler()], ['map', new Nystroem({ gamma: 0.2, nComponents: 300 })], ['classify', new LogisticRegression()]]);
 */
export class Nystroem extends MatrixTransformer<NystroemOptions, Omit<NystroemFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<NystroemOptions> = {
    kernel: choice<PairwiseKernelName>('rbf', ['linear', 'polynomial', 'poly', 'rbf', 'laplacian', 'sigmoid', 'cosine']),
    gamma: optional(number(1, { min: 0 })),
    coef0: optional(number(1)),
    degree: optional(number(3, { min: 1 })),
    nComponents: integer(100, { min: 1 }),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<NystroemFitted, 'nFeaturesIn'> {
    const gamma = this.options.gamma ?? 1 / X.cols;
    const componentIndices = new RandomState(this.options.randomState).permutation(X.rows).slice(0, this.options.nComponents);
    const components = X.take(componentIndices);
    return { components, componentIndices, normalization: inverseRoot(this.#similarities(components, components, gamma)), gamma };
  }

  protected apply(X: Matrix, { components, normalization, gamma }: NystroemFitted): DenseMatrix {
    const result = new DenseMatrix(X.rows, components.rows);
    for (let from = 0; from < X.rows; from += BLOCK) {
      const block = rowBlock(X, from, Math.min(X.rows, from + BLOCK));
      result.data.set(multiply(this.#similarities(block, components, gamma), normalization).data, from * components.rows);
    }
    return result;
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.components.rows);
  }

  #similarities(A: Matrix, B: Matrix, gamma: number): DenseMatrix {
    const { kernel, coef0, degree } = this.options;
    return kernelMatrix(A, B, { kernel, gamma, coef0: coef0 ?? 1, degree: degree ?? 3 });
  }
}

/** V·diag(±1/√|λ|)·Vᵀ of a symmetric K, with the signs of λ. */
function inverseRoot(K: DenseMatrix): DenseMatrix {
  const { values, vectors } = symmetricEigen(K);
  const scaled = vectors.copy();
  for (let k = 0; k < scaled.rows; k++) {
    const factor = (values[k] < 0 ? -1 : 1) / Math.sqrt(Math.max(Math.abs(values[k]), LEAST));
    const row = scaled.row(k);
    for (let j = 0; j < row.length; j++) row[j] *= factor;
  }
  return transposedMultiply(scaled, vectors);
}
