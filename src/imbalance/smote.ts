import { DataError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import type { Label } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { integer, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import type { TrainingRows } from '../core/training-rows.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { stackRows } from '../matrix/stack-rows.ts';
import { NearestNeighbors } from '../neighbors/nearest-neighbors.ts';
import { blendRows } from './blend-rows.ts';
import { ClassSampler, classSamplerRules, type ClassSamplerOptions } from './class-sampler.ts';
import type { SamplingPlan } from './sampling-strategy.ts';

export interface SMOTEOptions extends ClassSamplerOptions {
  /** How many of a row's neighbours of its own class a new row may lie towards. Default 5. */
  kNeighbors?: number;
}

/**
 * Makes new training rows for the smaller classes: each lies between a row and one of its k nearest neighbours of the
 * same class, x + u·(neighbour − x) with u in [0, 1), until all classes have as many rows as the largest. All rows stay;
 * new ones come after them, class by class.
 *
 * X: samples × features, dense or CSR (columns want similar scales). y: one label per row, two classes or more; a class
 * that grows must have more than `kNeighbors` rows. `fitted`: classes, counts. A stage of a pipeline; test rows
 * pass through.
 *
 * Counterpart: imbalanced-learn's SMOTE; its order of draws, as far as its documentation tells; not compared with it. Without sampleWeight: new rows have none.
 * Source: Chawla, Bowyer, Hall, Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", JAIR 16, 2002.
 *
 * @throws DataError for one class, a class with too few rows, or sampleWeight; OptionError for a strategy that does not go with y
 * @example
 * new Pipeline([['scale', new StandardScaler()], ['balance', new SMOTE({ randomState: 1 })], ['classify', new LogisticRegression()]]);
 */
export class SMOTE extends ClassSampler<SMOTEOptions, MatrixLike> {
  static override readonly takes: Takes = 'matrix';
  static override readonly rules: Rules<SMOTEOptions> = { ...classSamplerRules, kNeighbors: integer(5, { min: 1 }) };

  protected readonly kind = 'over';

  protected async sample({ X, y, sampleWeight }: TrainingRows<MatrixLike>, { classes, rowsOf, wanted }: SamplingPlan): Promise<TrainingRows<MatrixLike>> {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, new rows have none. Use RandomOverSampler, which repeats rows with their weights.`);
    const matrix = asMatrix(this.owner, X);
    const parts: Matrix[] = [matrix];
    const labels: Label[] = Array.from(y as ArrayLike<Label>);
    for (const [k, own] of rowsOf.entries()) {
      const count = (wanted[k] ?? own.length) - own.length;
      if (count === 0) continue;
      parts.push(await this.#between(matrix.take(own), count, classes[k]));
      for (let i = 0; i < count; i++) labels.push(classes[k]);
    }
    return { X: stackRows(parts), y: labels };
  }

  /** X as it is, once it has as many columns as fit saw. */
  override async transform(X: MatrixLike): Promise<Matrix> {
    const { nFeaturesIn } = this.fitted;
    const matrix = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, matrix, nFeaturesIn as number);
    return matrix;
  }

  /** New rows between rows of one class. */
  async #between(X: Matrix, count: number, label: Label): Promise<Matrix> {
    const k = this.options.kNeighbors as number;
    if (X.rows <= k) throw new DataError(`${this.owner}: a class that grows must have more than kNeighbors (${k}) rows, ${show(label)} has ${X.rows}. Use fewer neighbours, or RandomOverSampler.`);
    const { indices } = await (await new NearestNeighbors({ nNeighbors: k + 1 }).fit(X)).kneighbors(X);
    const random = new RandomState(this.options.randomState ?? null);
    const draws = random.randint(0, X.rows * k, count);
    const steps = random.randomSample(count);
    const from = draws.map((draw) => Math.floor(draw / k));
    // The nearest of k + 1 neighbours is the row itself, or its double.
    const to = draws.map((draw, i) => indices.data[from[i] * (k + 1) + 1 + (draw % k)]);
    return blendRows(X, from, to, steps);
  }
}
