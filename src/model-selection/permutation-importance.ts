import { DataError, OptionError } from '../core/errors.ts';
import type { Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows, rowCount, takeRows } from '../core/rows.ts';
import { completeOptions, either, integer, number, optional, seed, custom, type Rules } from '../core/rules.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import type { InOf } from '../pipeline/stage.ts';
import { Table } from '../table/table.ts';
import { judgedModel, type Scoring } from './judged-model.ts';
import { ownerOf, type Model } from './model.ts';
import { predictRows } from './predict-rows.ts';

export interface PermutationImportanceOptions {
  /** How to judge predictions. Default null: accuracy for classifiers, else r2. */
  scoring?: Scoring | null;
  /** How often each column is shuffled. Default 5. */
  nRepeats?: number;
  /** Seed of the shuffling; null is seed 0. Default null. */
  randomState?: number | null;
  /** Rows to draw for each column, without repeats: a whole number, or a share in (0, 1]. Default 1.0: all, in order. */
  maxSamples?: number;
  /** One non-negative weight per row for the scorer. Default null: every row 1. */
  sampleWeight?: ArrayLike<number> | null;
}

export interface PermutationImportance {
  /** Names of the columns: a Table's, else x0, x1, … */
  names: readonly string[];
  /** Score of the untouched rows. */
  baseline: number;
  /** columns × nRepeats: how much worse the score gets when the column is shuffled; above 0 is worse, whatever the scorer's direction. */
  importances: DenseMatrix;
  /** Mean of each row of importances. */
  importancesMean: Float64Array;
  /** Population standard deviation of each row of importances. */
  importancesStd: Float64Array;
}

const rules: Rules<PermutationImportanceOptions> = {
  scoring: custom<Scoring | null>(null, 'a name of a scorer, a scorer, or null', (v) => v === null || typeof v === 'string' || typeof v === 'object', 7),
  nRepeats: integer(5, { min: 1 }),
  randomState: seed(),
  maxSamples: either([number(1, { min: 0, max: 1, openMin: true }), integer(1, { min: 1 })], 1),
  sampleWeight: optional(custom<ArrayLike<number>>([], 'an array of one weight per row', (v) => Array.isArray(v) || ArrayBuffer.isView(v), 'heavy')),
};

/**
 * How much a fitted model's score falls when one column's values are shuffled among the rows: what the model owes
 * to that column. Best asked of rows that the model was not fitted on. Columns that repeat each other share their
 * importance, and may look unimportant alike.
 *
 * X: a Matrix, rows of numbers, or a Table (a pipeline's raw columns). y: labels or numbers. maxSamples 1 means all
 * rows.
 *
 * @throws OptionError for a scorer that the model cannot answer; ShapeError for other lengths
 * Counterpart: scikit-learn's permutation_importance: the same shuffles for the same seed; for scorers where lower is
 * better, the same numbers as its negated ones.
 * Source: Breiman, "Random forests", Machine Learning 45, 2001.
 *
 * @example
 * const { names, importancesMean } = await permutationImportance(model, Xtest, ytest, { randomState: 43 });
 */
export async function permutationImportance<M extends Model>(
  model: M,
  X: InOf<M>,
  y: Labels,
  options: PermutationImportanceOptions = {},
): Promise<PermutationImportance> {
  const owner = 'permutationImportance';
  const { scoring, nRepeats, randomState, maxSamples, sampleWeight } = completeOptions<PermutationImportanceOptions>(owner, options, rules);
  const given: unknown = X;
  const table = given instanceof Table ? given : null;
  const rows: Matrix | Table = table ?? (isMatrix(given) ? given : asMatrix(owner, given as MatrixLike, { allowNaN: true }));
  checkSameRows(owner, { X: rows, y });
  const total = rowCount(rows);
  const weights = sampleWeight === null ? undefined : checkSampleWeight(owner, sampleWeight, total);
  const { scorers, methods, classes } = judgedModel(owner, model, y, scoring);
  const [scorer] = scorers;
  const score = async (of: unknown, truth: Labels, weight: Float64Array | undefined): Promise<number> => {
    const value = scorer.score(truth, await predictRows(model, of, methods, classes, ownerOf(model)), weight && { sampleWeight: weight });
    if (typeof value !== 'number') throw new DataError(`${owner}: the scorer must give a number, got ${show(value)}.`);
    return value;
  };

  const drawn = maxSamples <= 1 ? Math.trunc(maxSamples * total) : maxSamples;
  if (drawn > total || drawn < 1) throw new OptionError(`${owner}: maxSamples must leave 1 to ${total} rows, got ${show(maxSamples)}.`);
  const names = table ? table.names : Array.from({ length: (rows as Matrix).cols }, (_, j) => `x${j}`);
  const baseline = await score(rows, y, weights);
  const columnSeed = new RandomState(randomState).randint(2 ** 31);
  const importances = new DenseMatrix(names.length, nRepeats);
  for (let j = 0; j < names.length; j++) {
    // Every column starts from the same seed, so that its importance does not depend on the other columns.
    const random = new RandomState(columnSeed);
    const chosen = drawn < total ? sampleWithoutReplacement(random, total, drawn) : null;
    const [base, truth] = chosen ? [takeRows(rows, chosen), takeRows(y, chosen)] : [rows, y];
    const weight = chosen && weights ? takeRows(weights, chosen) : weights;
    const order = Int32Array.from({ length: drawn }, (_, i) => i);
    /** Where each row's value of the column comes from; each repeat shuffles what the one before has left. */
    let source = order.slice();
    for (let r = 0; r < nRepeats; r++) {
      random.shuffle(order);
      source = source.map((_, i) => source[order[i]]);
      const shuffled = await score(withColumnFrom(base, j, source), truth, weight);
      importances.data[j * nRepeats + r] = scorer.better === 'lower' ? shuffled - baseline : baseline - shuffled;
    }
  }
  const importancesMean = Float64Array.from(names, (_, j) => importances.row(j).reduce((sum, value) => sum + value, 0) / nRepeats);
  const importancesStd = Float64Array.from(names, (_, j) =>
    Math.sqrt(importances.row(j).reduce((sum, value) => sum + (value - importancesMean[j]) ** 2, 0) / nRepeats),
  );
  return { names, baseline, importances, importancesMean, importancesStd };
}

/** X with row i's value of column j taken from row source[i]. */
function withColumnFrom(X: Matrix | Table, j: number, source: Int32Array): Matrix | Table {
  if (X instanceof Table) {
    const name = X.names[j];
    const shuffled = X.select([name]).take(source);
    return new Table(X.names.map((other) => [other, (other === name ? shuffled : X).data(other)]), X.rows);
  }
  if (X.kind === 'csr') return stackColumns([X.takeCols(range(0, j)), X.takeCols([j]).take(source), X.takeCols(range(j + 1, X.cols))]);
  const shuffled = X.copy();
  for (let i = 0; i < X.rows; i++) shuffled.data[i * X.cols + j] = X.data[source[i] * X.cols + j];
  return shuffled;
}

const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, k) => from + k);
