import { readFileSync } from 'node:fs';
import type { Label } from '../../src/core/labels.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

export interface DataSet {
  X: (number | string)[][];
  y: Label[];
  numbers: number[];
  sparse: boolean;
  weights: number[] | null;
}

/** Written by tests/fixtures/make/trees.py. */
export const dataSets = JSON.parse(readFileSync(new URL('../fixtures/trees-data.json', import.meta.url), 'utf8')) as Record<string, DataSet>;

/** X, dense or sparse as the set is. */
export function matrixOf({ X, sparse }: DataSet): DenseMatrix | CsrMatrix {
  const rows = X.map((row) => row.map((value) => (value === 'NaN' ? Number.NaN : (value as number))));
  return sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows);
}
