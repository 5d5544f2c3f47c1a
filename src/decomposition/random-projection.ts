import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, either, flag, integer, number, seed, type Rules } from '../core/rules.ts';
import { timesBlock } from '../matrix/block-map.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { pseudoInverse } from '../matrix/pseudo-inverse.ts';
import { componentNames } from './component-names.ts';
import { johnsonLindenstraussMinDim } from './johnson-lindenstrauss-min-dim.ts';

/** Options that both random projections share. */
export interface RandomProjectionOptions {
  /** Columns of the result; 'auto' is johnsonLindenstraussMinDim(rows, { eps }). Default 'auto'. */
  nComponents?: number | 'auto';
  /** Largest relative change of a squared distance that 'auto' aims at, in (0, 1). Default 0.1. */
  eps?: number;
  /** Whether fit works out what inverseTransform multiplies by; else it is worked out there. Default false. */
  computeInverseComponents?: boolean;
  /** Seed of the directions. Default null, which is 0. */
  randomState?: number | null;
}

/** What a random projection has drawn; k is the number of components. */
export interface RandomProjectionFitted extends FeaturesSeen {
  /** k × columns. */
  components: Matrix;
  /** k. */
  nComponents: number;
  /** The pseudo-inverse of components, columns × k; null without computeInverseComponents. */
  inverseComponents: DenseMatrix | null;
}

export const randomProjectionRules: Rules<RandomProjectionOptions> = {
  nComponents: either<number | 'auto'>([integer(1, { min: 1 }), choice('auto', ['auto'])], 'auto'),
  eps: number(0.1, { min: 0, max: 1, openMin: true, openMax: true }),
  computeInverseComponents: flag(false),
  randomState: seed(),
};

/** X′ = X·Cᵀ for directions C that are drawn without looking at X, but for its size. */
export abstract class RandomProjection<Options extends RandomProjectionOptions, Fitted extends RandomProjectionFitted> extends MatrixTransformer<
  Options,
  Omit<Fitted, 'nFeaturesIn'>
> {
  /** k × cols directions, and what else the subclass tells of them. */
  protected abstract drawDirections(random: RandomState, k: number, cols: number): Omit<Fitted, keyof RandomProjectionFitted> & { components: Matrix };

  protected learn(X: Matrix): Omit<Fitted, 'nFeaturesIn'> {
    const { computeInverseComponents, randomState } = this.#shared;
    const nComponents = this.#dimension(X);
    const drawn = this.drawDirections(new RandomState(randomState), nComponents, X.cols);
    const inverseComponents = computeInverseComponents ? pseudoInverse(drawn.components.toDense()) : null;
    return { ...drawn, nComponents, inverseComponents } as unknown as Omit<Fitted, 'nFeaturesIn'>;
  }

  /** X′·(C⁺)ᵀ: rows × columns, the shortest rows whose projections are X′. @throws ShapeError unless X′ has one column per component */
  async inverseTransform(X: MatrixLike): Promise<DenseMatrix> {
    const { components, inverseComponents } = this.fitted as unknown as RandomProjectionFitted;
    const projected = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, projected, components.rows);
    return timesBlock(projected, (inverseComponents ?? pseudoInverse(components.toDense())).transpose());
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, (this.fitted as unknown as RandomProjectionFitted).nComponents);
  }

  get #shared(): Readonly<Required<RandomProjectionOptions>> {
    return this.options as unknown as Readonly<Required<RandomProjectionOptions>>;
  }

  #dimension({ rows, cols }: Matrix): number {
    const { nComponents, eps } = this.#shared;
    if (nComponents !== 'auto') return nComponents;
    const needed = johnsonLindenstraussMinDim(rows, { eps });
    if (needed >= 1 && needed <= cols) return needed;
    throw new OptionError(`${this.owner}: nComponents 'auto' must come to 1 to ${cols} columns, ${rows} rows and eps ${eps} make ${needed}. Give a number, or another eps.`);
  }
}
