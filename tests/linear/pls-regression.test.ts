import { DataError, OptionError } from '../../src/core/errors.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { PLSRegression } from '../../src/linear/pls-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { transposedMultiply } from '../../src/matrix/multiply.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('pls');
const X = DenseMatrix.from(cases[0].input.X);
const { y, new: fresh } = cases[0].input;

test.each(cases.map((c) => [c.name, c] as const))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const model = await new PLSRegression(options).fit(DenseMatrix.from(input.X), input.y);
  const { predicted, transformed, inverse, ...fitted } = expected;
  const scale = (value: unknown): number => Math.max(1, ...[value].flat(3).map((v) => Math.abs(v as number)));
  const close = (value: unknown): { relative: number; absolute: number } => ({ relative: tolerance, absolute: tolerance * scale(value) });
  for (const [name, value] of Object.entries(fitted)) expect(model.fitted[name as 'coef']).toBeAllClose(value, close(value));
  expect(await model.predict(input.new)).toBeAllClose(predicted, close(predicted));
  const scores = await model.transform(input.new);
  expect(scores).toBeAllClose(transformed, close(transformed));
  expect(await model.inverseTransform(scores)).toBeAllClose(inverse, close(inverse));
});

test('all directions make the line of least squares, whatever the units', async () => {
  const line = await new LinearRegression({ tol: 1e-12 }).fit(X, y);
  for (const scale of [true, false]) {
    const model = await new PLSRegression({ nComponents: 6, scale }).fit(X, y);
    expect(model.fitted.coef).toBeAllClose(line.fitted.coef, { absolute: 1e-8, relative: 1e-8 });
    expect(model.fitted.intercept).toBeAllClose(line.fitted.intercept, { absolute: 1e-6, relative: 1e-8 });
  }
});

test('scores of fit are orthogonal, and what transform gives; sparse rows are filled', async () => {
  const model = new PLSRegression({ nComponents: 4 });
  const scores = await model.fitTransform(X, y);
  expect(scores).toBeAllClose(model.fitted.xScores, { absolute: 1e-10, relative: 0 });
  const products = transposedMultiply(scores, scores);
  for (let i = 0; i < 4; i++) for (let j = 0; j < i; j++) expect(Math.abs(products.at(i, j))).toBeLessThan(1e-9);
  expect((await new PLSRegression({ nComponents: 4 }).fit(CsrMatrix.fromDense(X), y)).fitted.coef).toEqual(model.fitted.coef);
});

test('a pipeline takes its scores for another model', async () => {
  const pipeline = await new Pipeline([['directions', new PLSRegression({ nComponents: 3 })], ['line', new LinearRegression()]]).fit(X, y);
  // A line over the scores is the line that they were found for.
  expect(await pipeline.predict(DenseMatrix.from(fresh))).toBeAllClose(await (await new PLSRegression({ nComponents: 3 }).fit(X, y)).predict(fresh), { absolute: 1e-8, relative: 1e-8 });
});

test('refuses more directions than there can be, and a single row', async () => {
  await expect(new PLSRegression({ nComponents: 7 }).fit(X, y)).rejects.toThrow(new OptionError('PLSRegression: nComponents must be at most 6 for 25 × 6, got 7.'));
  await expect(new PLSRegression().fit(X.take([0]), [1])).rejects.toThrow(new DataError('PLSRegression: X must have at least 2 rows, got 1.'));
});
