import { readFileSync } from 'node:fs';
import type { Label } from '../../src/core/labels.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';

interface DataSet {
  X: Matrix;
  y: Label[];
}

const written = JSON.parse(readFileSync(new URL('../fixtures/svm-data.json', import.meta.url), 'utf8')) as Record<
  string,
  { X: number[][]; y: Label[]; sparse: boolean }
>;

/** The data sets that tests/fixtures/make/svm.py writes, by name. */
export const dataSets: Readonly<Record<string, DataSet>> = Object.fromEntries(
  Object.entries(written).map(([name, { X, y, sparse }]) => [name, { X: sparse ? CsrMatrix.from(X) : DenseMatrix.from(X), y }]),
);

/** (x·y + 1)² of all rows with all rows, to six digits: the kernel of the cases with kernel 'precomputed'. */
export function gramOf(X: Matrix): DenseMatrix {
  const rows = X.toArray();
  const kernel = (a: number[], b: number[]): number => (a.reduce((sum, v, j) => sum + v * b[j], 0) + 1) ** 2;
  return DenseMatrix.from(rows.map((a) => rows.map((b) => Math.round(kernel(a, b) * 1e6) / 1e6)));
}
