import { readFileSync } from 'node:fs';
import type { Label } from '../../src/core/labels.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

export interface DataSet {
  X: DenseMatrix;
  new: DenseMatrix;
  y: number[];
  weights: number[];
  two: boolean[];
  three: Label[];
}

type Cell = number | string;

const read = (rows: Cell[][]): DenseMatrix => DenseMatrix.from(rows.map((row) => row.map(Number)));

/** Written by tests/fixtures/make/boosting.py; missing values are NaN. */
export const dataSets = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(new URL('../fixtures/boosting-data.json', import.meta.url), 'utf8')) as Record<string, any>).map(([name, { X, new: fresh, ...rest }]) => [
    name,
    { ...rest, X: read(X), new: read(fresh ?? []) } as DataSet,
  ]),
);
