import { readFileSync } from 'node:fs';
import type { Label } from '../../src/core/labels.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';

export interface DataSet {
  X: Matrix;
  y: Label[];
}

/** Counts of a row: how many columns, then the distances between their indices. */
interface Counts {
  cols: number;
  lengths: number[];
  gaps: number[];
  values: number[];
  /** What each column is multiplied by. */
  factor: number[] | null;
}

function fromCounts({ cols, lengths, gaps, values, factor }: Counts): CsrMatrix {
  const indptr = new Int32Array(lengths.length + 1);
  const indices = new Int32Array(gaps.length);
  for (let i = 0; i < lengths.length; i++) {
    indptr[i + 1] = indptr[i] + lengths[i];
    let column = 0;
    for (let p = indptr[i]; p < indptr[i + 1]; p++) indices[p] = column += gaps[p];
  }
  const data = Float64Array.from(values, (value, p) => value * (factor ? factor[indices[p]] : 1));
  return new CsrMatrix(lengths.length, cols, indptr, indices, data);
}

const written = JSON.parse(readFileSync(new URL('../fixtures/linear-data.json', import.meta.url), 'utf8')) as Record<
  string,
  { X: number[][] | Counts; y: Label[] }
>;

/** The data sets that tests/fixtures/make/linear.py writes, by name. */
export const dataSets: Readonly<Record<string, DataSet>> = Object.fromEntries(
  Object.entries(written).map(([name, { X, y }]) => [name, { X: Array.isArray(X) ? DenseMatrix.from(X) : fromCounts(X), y }]),
);
