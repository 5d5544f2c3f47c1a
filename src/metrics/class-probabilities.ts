import { DataError } from '../core/errors.ts';
import { compareLabels, type Label, type Labels } from '../core/labels.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { checkRows } from './check-rows.ts';
import { columnClasses } from './column-classes.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { isScoreRows, scoreColumn, scoreMatrix, type Scores } from './score-matrix.ts';

/** Probabilities with the column of each row's true label. */
export interface ClassProbabilities {
  /** Rows × classes. */
  probabilities: DenseMatrix;
  /** `classes[codes[i]]` is what row i is. */
  codes: Int32Array;
  classes: readonly Label[];
  sampleWeight: Float64Array | undefined;
}

/**
 * Checks what a metric over class probabilities compares. One probability per row is that of the greater
 * of two labels. Rows need not sum to 1: scikit-learn warns of them and goes on.
 * @throws DataError for values outside [0, 1], one class only, or columns that do not fit the classes
 */
export function checkProbabilities(
  owner: string,
  yTrue: Labels,
  yProba: Scores,
  labels: Labels | null,
  sampleWeight: ArrayLike<number> | undefined,
): ClassProbabilities {
  const rows = checkRows(owner, { yTrue, yProba });
  const given = isScoreRows(yProba) ? scoreMatrix(owner, 'yProba', yProba) : DenseMatrix.column(scoreColumn(owner, 'yProba', yProba));
  checkUnitInterval(owner, given);
  const probabilities = given.cols === 1 ? withComplement(given.data) : given;
  if (labels === null || labels.length < 2) refuseOneClass(owner, yTrue, labels);
  return { probabilities, ...columnClasses(owner, yTrue, labels, probabilities.cols), sampleWeight: checkSampleWeight(owner, sampleWeight, rows) };
}

function refuseOneClass(owner: string, yTrue: Labels, labels: Labels | null): void {
  const list = labels ?? yTrue;
  for (let i = 1; i < list.length; i++) if (compareLabels(list[i], list[0]) !== 0) return;
  throw new DataError(
    `${owner}: there must be at least two classes, got only ${show(list[0])}. Pass all classes of the model, ascending, as labels.`,
  );
}

/** Two columns, 1 − p and p, of the probabilities of the greater label. */
export function withComplement(probabilities: Float64Array): DenseMatrix {
  const both = new DenseMatrix(probabilities.length, 2);
  for (let i = 0; i < probabilities.length; i++) {
    both.data[2 * i] = 1 - probabilities[i];
    both.data[2 * i + 1] = probabilities[i];
  }
  return both;
}

/** @throws DataError naming the place of the first value outside [0, 1] */
export function checkUnitInterval(owner: string, { data, cols }: DenseMatrix): void {
  for (let p = 0; p < data.length; p++) {
    if (data[p] >= 0 && data[p] <= 1) continue;
    throw new DataError(
      `${owner}: yProba must lie in [0, 1], row ${Math.floor(p / cols)}${cols > 1 ? ` column ${p % cols}` : ''} has ${data[p]}. ` +
        'Pass probabilities, not decision values.',
    );
  }
}

/** @throws DataError naming the first row that does not sum to 1, within 1e-5 */
export function checkSumsToOne(owner: string, scores: DenseMatrix): void {
  for (let i = 0; i < scores.rows; i++) {
    const sum = pairwiseSum(scores.data, i * scores.cols, (i + 1) * scores.cols);
    if (Math.abs(1 - sum) <= 1e-8 + 1e-5 * Math.abs(sum)) continue;
    throw new DataError(`${owner}: yScore must be probabilities that sum to 1 in each row, row ${i} sums to ${sum}. Pass predictProba(X).`);
  }
}
