import { ShapeError } from '../core/errors.ts';
import { CsrMatrix } from './csr-matrix.ts';
import { DenseMatrix } from './dense-matrix.ts';
import type { Matrix } from './matrix.ts';

/**
 * The matrices side by side; sparse as soon as one of them is sparse, else dense.
 * Counterpart: numpy.hstack, scipy.sparse.hstack(format="csr").
 * @throws ShapeError when row counts differ or nothing is given.
 */
export function stackColumns(parts: readonly Matrix[]): Matrix {
  if (parts.length === 0) throw new ShapeError('stackColumns: at least one matrix must be given, got none.');
  const rows = parts[0].rows;
  for (const part of parts) {
    if (part.rows !== rows) throw new ShapeError(`stackColumns: every part must have ${rows} rows, got ${part.rows}.`);
  }
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  if (parts.every((part) => part.kind === 'dense')) return stackDense(parts as DenseMatrix[], rows, cols);
  return stackSparse(parts, rows, cols);
}

function stackDense(parts: readonly DenseMatrix[], rows: number, cols: number): DenseMatrix {
  const stacked = new DenseMatrix(rows, cols);
  let offset = 0;
  for (const { data, cols: width } of parts) {
    for (let i = 0, p = 0; i < rows; i++) for (let at = i * cols + offset, end = at + width; at < end; at++) stacked.data[at] = data[p++];
    offset += width;
  }
  return stacked;
}

function stackSparse(parts: readonly Matrix[], rows: number, cols: number): CsrMatrix {
  const indptr = new Int32Array(rows + 1);
  for (const part of parts) countEntries(part, indptr);
  for (let i = 0; i < rows; i++) indptr[i + 1] += indptr[i];
  const indices = new Int32Array(indptr[rows]);
  const data = new Float64Array(indptr[rows]);
  // Where the next entry of each row goes: parts follow each other within it.
  const next = indptr.slice(0, rows);
  let offset = 0;
  for (const part of parts) {
    if (part.kind === 'csr') copySparse(part, offset, next, indices, data);
    else copyDense(part, offset, next, indices, data);
    offset += part.cols;
  }
  return new CsrMatrix(rows, cols, indptr, indices, data);
}

/** Adds the number of row i's entries to counts[i + 1]. */
function countEntries(part: Matrix, counts: Int32Array): void {
  const { rows, cols, data } = part;
  if (part.kind === 'csr') {
    const { indptr } = part;
    for (let i = 0; i < rows; i++) counts[i + 1] += indptr[i + 1] - indptr[i];
    return;
  }
  for (let i = 0, p = 0; i < rows; i++) {
    let count = 0;
    for (const end = p + cols; p < end; p++) if (data[p] !== 0) count++;
    counts[i + 1] += count;
  }
}

function copySparse(part: CsrMatrix, offset: number, next: Int32Array, indices: Int32Array, data: Float64Array): void {
  const { rows, indptr, indices: from, data: values } = part;
  for (let i = 0; i < rows; i++) {
    const end = indptr[i + 1];
    let at = next[i];
    for (let p = indptr[i]; p < end; p++, at++) {
      indices[at] = from[p] + offset;
      data[at] = values[p];
    }
    next[i] = at;
  }
}

function copyDense(part: DenseMatrix, offset: number, next: Int32Array, indices: Int32Array, data: Float64Array): void {
  const { rows, cols, data: values } = part;
  for (let i = 0, p = 0; i < rows; i++) {
    let at = next[i];
    for (let j = 0; j < cols; j++, p++) {
      if (values[p] === 0) continue;
      indices[at] = j + offset;
      data[at++] = values[p];
    }
    next[i] = at;
  }
}
