import { DataError, ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';

/** Rows × classes: a DenseMatrix or rows of numbers. */
export type ScoreRows = DenseMatrix | readonly ArrayLike<number>[];

/** One score per row, or one per row and class. */
export type Scores = ArrayLike<number> | ScoreRows;

/** Whether scores have one column per class, rather than one value per row. */
export function isScoreRows(scores: unknown): scores is ScoreRows {
  if (scores instanceof DenseMatrix) return true;
  if (!Array.isArray(scores) || scores.length === 0) return false;
  return Array.isArray(scores[0]) || ArrayBuffer.isView(scores[0]);
}

/** Scores as a checked matrix. @throws ShapeError for ragged rows, DataError naming row and column of NaN or ±Infinity */
export function scoreMatrix(owner: string, name: string, scores: ScoreRows): DenseMatrix {
  const matrix = scores instanceof DenseMatrix ? scores : DenseMatrix.from(scores);
  for (let p = 0; p < matrix.data.length; p++) {
    if (Number.isFinite(matrix.data[p])) continue;
    const row = Math.floor(p / matrix.cols);
    throw new DataError(`${owner}: ${name} must hold finite numbers, row ${row} column ${p % matrix.cols} has ${matrix.data[p]}.`);
  }
  return matrix;
}

/**
 * One finite score per row; a matrix of one column will do.
 * @throws ShapeError for more columns, DataError naming the row of what is no finite number
 */
export function scoreColumn(owner: string, name: string, scores: Scores): Float64Array {
  if (isScoreRows(scores)) {
    const matrix = scoreMatrix(owner, name, scores);
    if (matrix.cols === 1) return matrix.data;
    throw new ShapeError(
      `${owner}: ${name} must be one score per row for two classes, got ${matrix.cols} columns. ` +
        'Pass the column of the positive class, as in probabilities.col(1).',
    );
  }
  const column = new Float64Array(scores.length);
  for (let i = 0; i < column.length; i++) {
    const score: unknown = scores[i];
    if (typeof score !== 'number' || !Number.isFinite(score)) {
      throw new DataError(`${owner}: ${name} must hold finite numbers, row ${i} has ${show(score)}.`);
    }
    column[i] = score;
  }
  return column;
}
