import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

/** Mean of each column over each class's rows, classes × columns. */
export function classMeans(X: Matrix, rows: readonly Int32Array[]): DenseMatrix {
  const means = new DenseMatrix(rows.length, X.cols);
  rows.forEach((members, k) => {
    const mean = means.row(k);
    for (const i of members) {
      if (X.kind === 'csr') for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) mean[X.indices[p]] += X.data[p];
      else for (let j = 0; j < X.cols; j++) mean[j] += X.data[i * X.cols + j];
    }
    for (let j = 0; j < X.cols; j++) mean[j] /= members.length;
  });
  return means;
}

/** Median of each column over each class's rows, classes × columns. */
export function classMedians(X: Matrix, rows: readonly Int32Array[]): DenseMatrix {
  const medians = new DenseMatrix(rows.length, X.cols);
  rows.forEach((members, k) => {
    const own = X.take(members);
    const columns = own.kind === 'csr' ? own.transpose() : undefined;
    const values = new Float64Array(members.length);
    for (let j = 0; j < X.cols; j++) {
      if (columns) values.fill(0).set(columns.data.subarray(columns.indptr[j], columns.indptr[j + 1]));
      else values.set((own as DenseMatrix).col(j));
      medians.row(k)[j] = median(values);
    }
  });
  return medians;
}

/** The middle value, or the mean of the two middle ones; sorts the list. */
export function median(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/** Σ over all rows of (x − centroid of the row's class)², per column. */
export function squaredDeviations(X: Matrix, codes: Int32Array, centroids: DenseMatrix): Float64Array {
  const sums = new Float64Array(X.cols);
  for (let i = 0; i < X.rows; i++) {
    const centroid = centroids.row(codes[i]);
    if (X.kind === 'csr') {
      // As if the row were empty, then a correction for each entry.
      for (let j = 0; j < X.cols; j++) sums[j] += centroid[j] ** 2;
      for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
        const c = centroid[X.indices[p]];
        sums[X.indices[p]] += (X.data[p] - c) ** 2 - c * c;
      }
    } else for (let j = 0; j < X.cols; j++) sums[j] += (X.data[i * X.cols + j] - centroid[j]) ** 2;
  }
  return sums;
}

/** Reduced distances (squares for 'euclidean') of each row to each point, rows × points; columns divided by `scale`. */
export function distancesToPoints(X: Matrix, points: DenseMatrix, metric: 'euclidean' | 'manhattan', scale?: Float64Array): DenseMatrix {
  const distances = new DenseMatrix(X.rows, points.rows);
  const size = metric === 'euclidean' ? (v: number): number => v * v : Math.abs;
  const by = (j: number): number => (scale ? scale[j] : 1);
  for (let k = 0; k < points.rows; k++) {
    const point = points.row(k);
    let ofPoint = 0;
    for (let j = 0; j < X.cols; j++) ofPoint += size(point[j] / by(j));
    for (let i = 0; i < X.rows; i++) {
      let sum = 0;
      if (X.kind === 'csr') {
        sum = ofPoint;
        for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) {
          const j = X.indices[p];
          sum += size((X.data[p] - point[j]) / by(j)) - size(point[j] / by(j));
        }
      } else for (let j = 0; j < X.cols; j++) sum += size((X.data[i * X.cols + j] - point[j]) / by(j));
      distances.data[i * points.rows + k] = sum;
    }
  }
  return distances;
}
