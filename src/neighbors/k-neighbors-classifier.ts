import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { DataError } from '../core/errors.ts';
import type { Rules } from '../core/rules.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { findNeighbors, fitSearch, neighborsGraph, type Neighbors, type NeighborsFitted } from './neighbor-search.ts';
import { neighborWeights, weightsRule, type NeighborWeights } from './neighbor-weights.ts';
import { neighborsRules, type NeighborsOptions } from './neighbors-options.ts';

export interface KNeighborsClassifierOptions extends NeighborsOptions {
  /**
   * How neighbours vote: 'uniform', 'distance' (1/distance; neighbours at distance 0 vote alone), or a function from a
   * row's distances, ascending, to weights. Default 'uniform'.
   */
  weights?: NeighborWeights;
}

export interface KNeighborsClassifierFitted extends NeighborsFitted {
  /** Position in `classes` of each row of fit's X. */
  codes: Int32Array;
}

/**
 * Classification by the votes of the k nearest rows of the training set. A probability is a class's share of the votes;
 * on a tie the smallest class is predicted.
 *
 * Neighbours at equal distance are taken by row number, the lower first (in scikit-learn the choice among them is
 * arbitrary). Distances are computed from differences, so that equal rows are exactly 0 apart.
 *
 * X: samples × features, dense or CSR; sparse search goes by shared columns and suits text. There is nothing to weigh
 * in fit: sampleWeight is refused.
 *
 * @throws DataError for sampleWeight; OptionError for more neighbours than rows, or a tree where the metric has none.
 *
 * Counterpart: scikit-learn's KNeighborsClassifier, for one target. Without metric "precomputed" and metrics of one's own.
 * Source: Cover and Hart, "Nearest neighbor pattern classification", IEEE Transactions on Information Theory 13(1), 1967.
 *
 * @example
 * const model = await new KNeighborsClassifier({ nNeighbors: 3, weights: 'distance' }).fit(X, y);
 * await model.predict(Xnew);
 */
export class KNeighborsClassifier extends Classifier<KNeighborsClassifierOptions, KNeighborsClassifierFitted> {
  static override readonly weighsRows = false;
  static override readonly rules: Rules<KNeighborsClassifierOptions> = { ...neighborsRules, weights: weightsRule() };

  /** One class alone is predicted everywhere. */
  protected override get minClasses(): number {
    return 1;
  }

  protected learn(X: Matrix, { codes, sampleWeight }: Target): KNeighborsClassifierFitted {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, neighbours are not weighed in fit. Use the option weights.`);
    return { ...fitSearch(this.owner, X, this.options, this.options.nNeighbors), codes };
  }

  /** The nNeighbors nearest rows of fit's X for each row of X, or, without X, for each row of fit's X among the others. */
  async kneighbors(X: MatrixLike | null = null, nNeighbors: number = this.options.nNeighbors): Promise<Neighbors> {
    return findNeighbors(this.owner, this.fitted, X === null ? null : this.checkSeen(X), nNeighbors);
  }

  /** Rows × rows of fit's X: 1 ('connectivity') or the distance at each row's neighbours. */
  async kneighborsGraph(
    X: MatrixLike | null = null,
    nNeighbors: number = this.options.nNeighbors,
    mode: 'connectivity' | 'distance' = 'connectivity',
  ): Promise<CsrMatrix> {
    return neighborsGraph(await this.kneighbors(X, nNeighbors), this.fitted.nSamplesFit, mode);
  }

  protected probabilities(X: Matrix, fitted: KNeighborsClassifierFitted & ClassesSeen): DenseMatrix {
    const { distances, indices } = findNeighbors(this.owner, fitted, X, this.options.nNeighbors);
    const shares = new DenseMatrix(X.rows, fitted.classes.length);
    for (let i = 0; i < X.rows; i++) {
      const weights = neighborWeights(this.owner, this.options.weights, distances.row(i));
      const neighbors = indices.row(i);
      const row = shares.row(i);
      for (let n = 0; n < neighbors.length; n++) row[fitted.codes[neighbors[n]]] += weights[n];
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += row[k];
      for (let k = 0; k < row.length; k++) row[k] /= sum;
    }
    return shares;
  }
}
