import { timesBlock } from '../matrix/block-map.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { squaredNorms } from '../matrix/squared-norms.ts';

/** Rows whose distances are worked out at a time. */
const BLOCK = 1024;

/**
 * Calls `visit` with −2·x·c + ‖c‖² of all centres for each of a stretch of rows, row by row: the squared distances less ‖x‖².
 * The numbers are good until it returns.
 */
function forEachBlock(X: Matrix, centres: DenseMatrix, visit: (from: number, rows: number, partial: Float64Array) => void): void {
  const norms = squaredNorms(centres);
  const columns = centres.transpose();
  for (let p = 0; p < columns.data.length; p++) columns.data[p] *= -2;
  for (let from = 0; from < X.rows; from += BLOCK) {
    const { rows, data } = timesBlock(rowBlock(X, from, Math.min(X.rows, from + BLOCK)), columns, norms);
    visit(from, rows, data);
  }
}

/** The nearest centre of each row, the first on a tie. */
export function nearestCentres(X: Matrix, centres: DenseMatrix): Int32Array {
  const k = centres.rows;
  const labels = new Int32Array(X.rows);
  forEachBlock(X, centres, (from, rows, partial) => {
    for (let i = 0, start = 0; i < rows; i++, start += k) {
      let best = 0;
      let least = partial[start];
      for (let j = 1; j < k; j++) {
        if (partial[start + j] < least) {
          least = partial[start + j];
          best = j;
        }
      }
      labels[from + i] = best;
    }
  });
  return labels;
}

/** Euclidean distance of each row to each centre, written into `out`, rows × centres. */
export function distancesToCentres(X: Matrix, centres: DenseMatrix, out: DenseMatrix): void {
  const k = centres.rows;
  const own = squaredNorms(X);
  forEachBlock(X, centres, (from, rows, partial) => {
    for (let i = 0, p = 0; i < rows; i++) {
      for (let j = 0; j < k; j++, p++) out.data[from * k + p] = Math.sqrt(Math.max(partial[p] + own[from + i], 0));
    }
  });
}

/** Squared distance of each row to its own centre, from differences, which keep digits where products would cancel. */
export function squaredDistances(X: Matrix, centres: DenseMatrix, labels: Int32Array): Float64Array {
  const { cols } = X;
  const distances = new Float64Array(X.rows);
  const norms = X.kind === 'csr' ? squaredNorms(centres) : undefined;
  for (let i = 0; i < X.rows; i++) {
    const centre = labels[i] * cols;
    let sum = 0;
    if (X.kind === 'dense') {
      for (let j = 0; j < cols; j++) sum += (X.data[i * cols + j] - centres.data[centre + j]) ** 2;
    } else {
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
        const c = centres.data[centre + X.indices[p]];
        sum += (X.data[p] - c) ** 2 - c * c;
      }
      sum = Math.max(sum + (norms as Float64Array)[labels[i]], 0);
    }
    distances[i] = sum;
  }
  return distances;
}

/** Σ weight · squared distance to the own centre. */
export function inertiaOf(X: Matrix, weights: Float64Array, centres: DenseMatrix, labels: Int32Array): number {
  const distances = squaredDistances(X, centres, labels);
  let sum = 0;
  for (let i = 0; i < distances.length; i++) sum += weights[i] * distances[i];
  return sum;
}
