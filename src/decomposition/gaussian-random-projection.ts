import type { RandomState } from '../core/random-state.ts';
import type { Rules } from '../core/rules.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { RandomProjection, randomProjectionRules, type RandomProjectionFitted, type RandomProjectionOptions } from './random-projection.ts';

/** What GaussianRandomProjection has drawn. */
export interface GaussianRandomProjectionFitted extends RandomProjectionFitted {
  components: DenseMatrix;
}

/**
 * Random projection: X′ = X·Cᵀ with independent elements of C, normal of mean 0 and variance 1/k, so that distances of
 * rows are kept on average, and nearly so one by one where k is large.
 *
 * X: rows × columns, dense or sparse. The result is dense, rows × k. `y` is not used.
 *
 * `fitted`: components (k × columns), nComponents, inverseComponents.
 *
 * Counterpart: scikit-learn's GaussianRandomProjection, the same directions for the same seed; null is seed 0. More
 * components than columns come without a warning.
 * Source: Johnson and Lindenstrauss, "Extensions of Lipschitz mappings into a Hilbert space", Contemporary Mathematics 26, 1984.
 *
 * @throws OptionError where nComponents 'auto' comes to more columns than X has, or to none
 * @example
 * const projection = new GaussianRandomProjection({ nComponents: 50 });
 * await projection.fitTransform(X); // rows × 50
 */
export class GaussianRandomProjection extends RandomProjection<RandomProjectionOptions, GaussianRandomProjectionFitted> {
  static override readonly rules: Rules<RandomProjectionOptions> = randomProjectionRules;

  protected drawDirections(random: RandomState, k: number, cols: number): { components: DenseMatrix } {
    return { components: new DenseMatrix(k, cols, random.normal(0, 1 / Math.sqrt(k), k * cols)) };
  }

  protected apply(X: Matrix, { components }: GaussianRandomProjectionFitted): DenseMatrix {
    return timesBlock(X, components.transpose());
  }
}
