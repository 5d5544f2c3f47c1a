import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { isMatrix } from '../../src/matrix/matrix.ts';
import { IterativeImputer } from '../../src/impute/iterative-imputer.ts';
import { KNNImputer } from '../../src/impute/knn-imputer.ts';
import { MissingIndicator } from '../../src/impute/missing-indicator.ts';
import { SimpleImputer } from '../../src/impute/simple-imputer.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { IterativeImputer, KNNImputer, MissingIndicator, SimpleImputer };

const fromWord = (value: unknown): unknown => (value === 'NaN' ? Number.NaN : value);

function data(rows: unknown[][], { sparse, text }: { sparse: boolean; text: boolean }): any {
  if (text) return rows.map((row) => row.map(fromWord));
  const dense = DenseMatrix.from(rows.map((row) => row.map(Number)));
  return sparse ? CsrMatrix.fromDense(dense) : dense;
}

test.each(fixture('imputers').cases.map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options: given, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const options = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fromWord(value)]));
    const X = data(input.X, input);
    const imputer = await new estimators[input.estimator](options).fit(X);
    const { statistics, features, nIter } = expected.fitted;
    if (statistics && input.text) expect(Array.from(imputer.fitted.statistics)).toEqual(statistics.map(fromWord));
    else if (statistics) expect(imputer.fitted.statistics).toBeAllClose(statistics, close);
    if (features) expect(Array.from(imputer.fitted.features)).toEqual(features);
    if (nIter !== undefined) expect(imputer.fitted.iterations).toBe(nIter);
    expect(imputer.featureNamesOut()).toEqual(expected.names);

    const transformed = await imputer.transform(input.new ? data(input.new, input) : X);
    if (input.text && !isMatrix(transformed)) {
      expect(transformed.toObjects().map((row: object) => Object.values(row))).toEqual(expected.transformed);
    } else {
      expect([transformed.rows, transformed.cols]).toEqual([expected.transformed.length, expected.transformed[0].length]);
      expect(transformed).toBeAllClose(expected.transformed, close);
    }
    if (input.sparse) expect(transformed.kind).toBe('csr');
    if (expected.inverse) expect(await imputer.inverseTransform(transformed)).toBeAllClose(expected.inverse, close);
    if (expected.fitTransformed) expect(await new estimators[input.estimator](options).fitTransform(X)).toBeAllClose(expected.fitTransformed, close);
  },
);
