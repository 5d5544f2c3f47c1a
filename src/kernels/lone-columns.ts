import type { Arena } from './arena.ts';
import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { CsrArrays } from './matrix-arrays.ts';
import type { MergedColumns } from './merged-columns.ts';
import { kernelsForMatrix } from './products.ts';
import * as twins from './twins/lone-columns.ts';

/**
 * Puts the columns that have their only entry in one row into one column with the entry √Σx², row by row, behind all
 * other columns; columns without entries are left out. The others are numbered by their number of entries (beyond 31 in
 * powers of two), the most first, and among equals in the order in which rows meet them, so that what is often read lies
 * together, and columns that follow each other are of a length. Entries of a row stay in their order. X is changed in place,
 * and its arrays keep what is now unused at their ends.
 *
 * It is a rotation of the columns followed by leaving out columns that are zero: products of rows stay as they are.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 * @returns X with fewer columns
 */
export function mergeLoneColumns(arena: Arena, X: CsrArrays, columns: MergedColumns): CsrArrays {
  const { places, shares, largest } = columns;
  checkLength('mergeLoneColumns', 'places', places, X.cols);
  checkLength('mergeLoneColumns', 'shares', shares, X.cols);
  checkLength('mergeLoneColumns', 'largest', largest, X.rows);
  const { rows, indptr, indices, data } = X;
  const next = arena.int32(64);
  const kernels = kernelsForMatrix(X) && kernelsFor(places, shares, largest) && kernelsFor(next);
  const cols = kernels
    ? kernels.mergeLoneColumns(rows, X.cols, indptr.byteOffset, indices.byteOffset, data.byteOffset, places.byteOffset, shares.byteOffset, largest.byteOffset, next.byteOffset)
    : twins.mergeLoneColumns(X, columns);
  return { kind: 'csr', rows, cols, indptr, indices, data };
}

/** Coefficients w of the columns that mergeLoneColumns leaves as coefficients of the columns that were there before. */
export function spreadLoneColumns(columns: MergedColumns, w: Float64Array, out: Float64Array): void {
  const { places, shares } = columns;
  checkLength('spreadLoneColumns', 'shares', shares, places.length);
  checkLength('spreadLoneColumns', 'out', out, places.length);
  const kernels = kernelsFor(places, shares, w) && kernelsFor(out);
  if (kernels) kernels.spreadLoneColumns(places.length, places.byteOffset, shares.byteOffset, w.byteOffset, out.byteOffset);
  else twins.spreadLoneColumns(columns, w, out);
}
