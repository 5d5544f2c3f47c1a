import { type Arena, withArena } from '../kernels/arena.ts';
import { takeCounts } from '../kernels/document-counts.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { CountedTexts } from './count-texts.ts';
import { RowSorter } from './row-sorter.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The counts of the rows that are meant, in the columns of a vocabulary.
 * @param columns feature of X → column, −1 for one to leave out; null where features are columns
 * @param binary 1 for every entry in place of its count
 */
export function countMatrix(counted: CountedTexts, columns: Int32Array | null, vocabulary: Vocabulary, binary: boolean): CsrMatrix {
  const { features: X, rowIds, rows, isLent } = counted;
  if (columns === null && rowIds === null) {
    const [indptr, indices] = isLent ? [new Int32Array(X.indptr), new Int32Array(X.indices)] : [X.indptr, X.indices];
    return new CsrMatrix(rows, vocabulary.length, indptr, indices, binary ? new Float64Array(indices.length).fill(1) : new Float64Array(X.counts));
  }
  return isAscending(columns, vocabulary) ? withAscending(counted, columns, vocabulary.length, binary, copyOf) : sortedMatrix(counted, columns!, vocabulary.length, binary);
}

/** The same matrix for `use` to change; where that saves a copy, its arrays lie where kernels work, until `use` returns. */
export function withCountMatrix<Result>(
  counted: CountedTexts,
  columns: Int32Array | null,
  vocabulary: Vocabulary,
  binary: boolean,
  use: (X: CsrMatrix) => Result,
): Result {
  const { features: X, rowIds, rows, isLent } = counted;
  const cols = vocabulary.length;
  if (columns === null && rowIds === null && isLent) {
    return withArena((arena) => {
      const data = binary ? arena.unsetFloat64(X.indices.length).fill(1) : arena.copyFloat64(X.counts);
      return use(new CsrMatrix(rows, cols, X.indptr, X.indices, data));
    });
  }
  if ((columns !== null || rowIds !== null) && isAscending(columns, vocabulary)) return withAscending(counted, columns, cols, binary, use);
  return use(countMatrix(counted, columns, vocabulary, binary));
}

const copyOf = (X: CsrMatrix): CsrMatrix => X.copy();

/** Where columns ascend with features: rows stay in order. */
function withAscending<Result>(
  { features: X, rowIds, rows }: CountedTexts,
  columns: Int32Array | null,
  cols: number,
  binary: boolean,
  use: (X: CsrMatrix) => Result,
): Result {
  let entries = X.indptr[rows];
  if (rowIds) {
    entries = 0;
    for (let i = 0; i < rows; i++) entries += X.indptr[rowIds[i] + 1] - X.indptr[rowIds[i]];
  }
  return withArena((arena) => {
    const out = { indptr: arena.int32(rows + 1), indices: arena.int32(entries), data: arena.unsetFloat64(entries) };
    const held = {
      indptr: arena.heldInt32(X.indptr),
      indices: arena.heldInt32(X.indices),
      counts: binary ? null : arena.heldInt32(X.counts),
    };
    const taken = takeCounts(held, rowIds && arena.heldInt32(rowIds), columns ? arena.heldInt32(columns) : ownColumns(arena, cols), out);
    return use(new CsrMatrix(rows, cols, out.indptr, out.indices.subarray(0, taken), out.data.subarray(0, taken)));
  });
}

/** Each feature's column is its own number. */
function ownColumns(arena: Arena, cols: number): Int32Array {
  const columns = arena.unsetInt32(cols);
  for (let f = 0; f < cols; f++) columns[f] = f;
  return columns;
}

function sortedMatrix({ features: X, rowIds, rows }: CountedTexts, columns: Int32Array, cols: number, binary: boolean): CsrMatrix {
  const indptr = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    let known = 0;
    for (let p = X.indptr[row]; p < X.indptr[row + 1]; p++) if (columns[X.indices[p]] >= 0) known++;
    indptr[i + 1] = indptr[i] + known;
  }
  const indices = new Int32Array(indptr[rows]);
  const data = new Float64Array(indptr[rows]);
  const sorter = new RowSorter(cols);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    const row = rowIds ? rowIds[i] : i;
    for (let p = X.indptr[row]; p < X.indptr[row + 1]; p++) {
      const col = columns[X.indices[p]];
      if (col >= 0) sorter.add(col, binary ? 1 : X.counts[p]);
    }
    at = sorter.drain(indices, data, at);
  }
  return new CsrMatrix(rows, cols, indptr, indices, data);
}

function isAscending(columns: Int32Array | null, vocabulary: Vocabulary): boolean {
  if (columns === null || vocabulary.isLearned) return true;
  let last = -1;
  for (let f = 0; f < columns.length; f++) {
    if (columns[f] < 0) continue;
    if (columns[f] < last) return false;
    last = columns[f];
  }
  return true;
}
