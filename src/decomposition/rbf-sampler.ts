import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, either, integer, number, seed, type Rules } from '../core/rules.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { gammaOf } from '../matrix/gamma-of.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { componentNames } from './component-names.ts';

export interface RbfSamplerOptions {
  /** γ of the kernel exp(−γ‖a − b‖²), at least 0; 'scale' is 1 / (columns · variance of X). Default 1. */
  gamma?: number | 'scale';
  /** Columns of the result; more columns, a closer kernel. Default 100. */
  nComponents?: number;
  /** Seed of the waves. Default null, which is 0. */
  randomState?: number | null;
}

/** What RBFSampler has drawn; k is the number of components. */
export interface RbfSamplerFitted extends FeaturesSeen {
  /** columns × k: √(2γ) times normal numbers. */
  randomWeights: DenseMatrix;
  /** k numbers in [0, 2π). */
  randomOffset: Float64Array;
  /** γ as a number. */
  gamma: number;
}

/**
 * Random Fourier features: X′ = √(2/k)·cos(X·W + b), with W and b drawn so that products of rows of X′ are the Gaussian
 * similarities exp(−γ‖a − b‖²) of rows of X on average; a linear model after it approaches one with that kernel.
 *
 * X: rows × columns, dense or sparse. The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: randomWeights, randomOffset, gamma.
 *
 * Counterpart: scikit-learn's RBFSampler, the same waves for the same seed; null is seed 0.
 * Source: Rahimi and Recht, "Random features for large-scale kernel machines", NIPS 2007.
 *
 * @example
 * const model = new Pipeline([['scale', new StandardScaler()], ['waves', new RBFSampler({ gamma: 0.1, nComponents: 300 })], ['classify', new SGDClassifier()]]);
 */
export class RBFSampler extends MatrixTransformer<RbfSamplerOptions, Omit<RbfSamplerFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<RbfSamplerOptions> = {
    gamma: either<number | 'scale'>([number(1, { min: 0 }), choice('scale', ['scale'])], 1),
    nComponents: integer(100, { min: 1 }),
    randomState: seed(),
  };

  protected learn(X: Matrix): Omit<RbfSamplerFitted, 'nFeaturesIn'> {
    const { nComponents, randomState } = this.options;
    const random = new RandomState(randomState);
    const gamma = gammaOf(X, this.options.gamma);
    const size = Math.sqrt(2 * gamma);
    const weights = random.standardNormal(X.cols * nComponents).map((value) => size * value);
    return { randomWeights: new DenseMatrix(X.cols, nComponents, weights), randomOffset: random.uniform(0, 2 * Math.PI, nComponents), gamma };
  }

  protected apply(X: Matrix, { randomWeights, randomOffset }: RbfSamplerFitted): DenseMatrix {
    const waves = timesBlock(X, randomWeights, randomOffset);
    const size = Math.sqrt(2 / randomOffset.length);
    for (let p = 0; p < waves.data.length; p++) waves.data[p] = size * Math.cos(waves.data[p]);
    return waves;
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.randomOffset.length);
  }
}
