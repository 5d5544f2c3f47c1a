import type { Arena } from './arena.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import { kernelsForMatrix } from './products.ts';

/** Columns that a place can name, and entries of a row. */
const MOST_COLUMNS = 65_536;
const MOST_ENTRIES = 32_767;

/**
 * X with its entries once more for the kernels that work on one-hot rows, if it is of that form and the kernels are there;
 * else X as it is. What is computed with either has the same bits.
 */
export function withOneHotRows(X: CsrArrays, arena: Arena): CsrArrays {
  const { rows, indptr, indices, data } = X;
  const kernels = kernelsForMatrix(X);
  const width = rows === 0 ? 0 : indptr[1];
  if (kernels === undefined || width === 0 || width > MOST_ENTRIES || X.cols > MOST_COLUMNS) return X;
  const shape = kernels.oneHotShape(rows, width, indptr.byteOffset, indices.byteOffset, data.byteOffset);
  const [from, to] = [shape & 0xffff, shape >> 16];
  const numbers = to - from;
  const ones = width - numbers;
  // Else little would be saved.
  if (shape < 0 || ones < width / 4) return X;
  const columns = arena.copyInt32(indices.subarray(from, to));
  const values = arena.unsetFloat64(rows * numbers);
  const places = arena.uint16(rows * ones);
  kernels.packOneHotRows(rows, width, from, to, indices.byteOffset, data.byteOffset, values.byteOffset, places.byteOffset);
  return { ...X, oneHot: { numbers, ones, before: from, columns, values, places } };
}
