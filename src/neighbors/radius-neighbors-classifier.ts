import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { custom, number, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { findNeighborhoods, findWithinRadius, fitSearch, type Neighborhood, type NeighborsFitted } from './neighbor-search.ts';
import { neighborWeights, weightsRule, type NeighborWeights } from './neighbor-weights.ts';
import { searchRules, type NeighborSearchOptions } from './neighbors-options.ts';

export interface RadiusNeighborsClassifierOptions extends NeighborSearchOptions {
  /** How far a neighbour may be, at least 0. Default 1. */
  radius?: number;
  /**
   * How neighbours vote: 'uniform', 'distance' (1/distance; neighbours at distance 0 vote alone), or a function from a
   * row's distances, in no order, to weights. Default 'uniform'.
   */
  weights?: NeighborWeights;
  /** What a row without neighbours is: a label, of y or not, or 'mostFrequent' for that which most rows of y have. Default null: refused. */
  outlierLabel?: Label | null;
}

export interface RadiusNeighborsClassifierFitted extends NeighborsFitted {
  /** Position in `classes` of each row of fit's X. */
  codes: Int32Array;
  /** The label of rows without neighbours; null where they are refused. */
  outlierLabel: Label | null;
}

/**
 * Classification by the votes of all rows of the training set within a radius. A probability is a class's share of the votes;
 * on a tie the smallest class is predicted. Rows without neighbours are of the class `outlierLabel`; where that is none of y's,
 * all their probabilities are 0.
 *
 * X: samples × features, dense or CSR. There is nothing to weigh in fit: sampleWeight is refused.
 *
 * @throws DataError for sampleWeight, for an outlierLabel of another type than y's labels, and for rows without neighbours where
 * it is null; OptionError for a tree where the metric has none.
 *
 * Counterpart: scikit-learn's RadiusNeighborsClassifier, for one target. Without metric "precomputed" and metrics of one's own.
 * outlier_label="most_frequent" by brute force: the most frequent label's probability is 1 too, where scikit-learn's is 0.
 * Source: Bentley, Stanat and Williams, "The complexity of finding fixed-radius near neighbors", Information Processing Letters
 * 6(6), 1977.
 *
 * @example
 * const model = await new RadiusNeighborsClassifier({ radius: 0.5, outlierLabel: 'unknown' }).fit(X, y);
 * await model.predict(Xnew);
 */
export class RadiusNeighborsClassifier extends Classifier<RadiusNeighborsClassifierOptions, RadiusNeighborsClassifierFitted> {
  static override readonly weighsRows = false;
  static override readonly rules: Rules<RadiusNeighborsClassifierOptions> = {
    radius: number(1, { min: 0 }),
    ...searchRules,
    weights: weightsRule(),
    outlierLabel: custom<Label | null>(null, "a label, 'mostFrequent' or null", (v) => v === null || ['string', 'number', 'boolean'].includes(typeof v), []),
  };

  /** One class alone is predicted everywhere. */
  protected override get minClasses(): number {
    return 1;
  }

  protected learn(X: Matrix, { classes, codes, sampleWeight }: Target): RadiusNeighborsClassifierFitted {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, neighbours are not weighed in fit. Use the option weights.`);
    return { ...fitSearch(this.owner, X, this.options, 0), codes, outlierLabel: this.#outlierLabel(classes, codes) };
  }

  /**
   * All rows of fit's X within `radius` of each row of X, or, without X, of each row of fit's X among the others; by row
   * number, or nearest first with `sortResults`.
   */
  async radiusNeighbors(
    X: MatrixLike | null = null,
    { radius = this.options.radius, sortResults = false }: { radius?: number; sortResults?: boolean } = {},
  ): Promise<Neighborhood[]> {
    return findWithinRadius(this.owner, this.fitted, X === null ? null : this.checkSeen(X), radius, sortResults);
  }

  /** The most probable label of each row; the smaller class on a tie, and `outlierLabel` where there are no neighbours. */
  override async predict(X: MatrixLike): Promise<Label[]> {
    const shares = await this.predictProba(X);
    const labels = this.labelsOf(shares);
    const { outlierLabel } = this.fitted;
    return labels.map((label, i) => (outlierLabel !== null && shares.row(i).every((share) => share === 0) ? outlierLabel : label));
  }

  protected probabilities(X: Matrix, fitted: RadiusNeighborsClassifierFitted & ClassesSeen): DenseMatrix {
    const { starts, distances, indices } = findNeighborhoods(this.owner, fitted, X, this.options.radius);
    this.#checkOutliers(starts, fitted.outlierLabel);
    const shares = new DenseMatrix(X.rows, fitted.classes.length);
    const outlier = fitted.outlierLabel === null ? -1 : fitted.classes.indexOf(fitted.outlierLabel);
    for (let i = 0; i < X.rows; i++) {
      const row = shares.row(i);
      if (starts[i] === starts[i + 1]) {
        if (outlier >= 0) row[outlier] = 1;
        continue;
      }
      const weights = neighborWeights(this.owner, this.options.weights, distances.subarray(starts[i], starts[i + 1]));
      let sum = 0;
      for (let n = 0; n < weights.length; n++) {
        row[fitted.codes[indices[starts[i] + n]]] += weights[n];
        sum += weights[n];
      }
      for (let k = 0; k < row.length; k++) row[k] /= sum;
    }
    return shares;
  }

  #outlierLabel(classes: readonly Label[], codes: Int32Array): Label | null {
    const { outlierLabel } = this.options;
    if (outlierLabel === 'mostFrequent') {
      const counts = new Int32Array(classes.length);
      for (const code of codes) counts[code]++;
      return classes[counts.indexOf(counts.reduce((a, b) => Math.max(a, b)))];
    }
    if (outlierLabel !== null && typeof outlierLabel !== typeof classes[0]) {
      throw new DataError(`${this.owner}: outlierLabel must be a ${typeof classes[0]}, as y's labels are, got ${show(outlierLabel)}.`);
    }
    return outlierLabel;
  }

  #checkOutliers(starts: Int32Array, outlierLabel: Label | null): void {
    if (outlierLabel !== null) return;
    const alone: number[] = [];
    for (let i = 0; i < starts.length - 1; i++) if (starts[i] === starts[i + 1]) alone.push(i);
    if (alone.length === 0) return;
    const shown = alone.slice(0, 5).join(', ') + (alone.length > 5 ? ', …' : '');
    throw new DataError(`${this.owner}: every row must have a neighbour within the radius ${this.options.radius}, ${alone.length} have none: ${shown}. Use a larger radius, or outlierLabel.`);
  }
}
