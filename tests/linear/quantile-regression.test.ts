import fc from 'fast-check';
import { QuantileRegressor, type QuantileRegressorFitted } from '../../src/linear/quantile-regressor.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

interface Options {
  quantile: number;
  alpha: number;
}

function objective({ coef, intercept }: QuantileRegressorFitted, X: DenseMatrix, y: ArrayLike<number>, weights: ArrayLike<number>, { quantile, alpha }: Options): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < X.rows; i++) {
    const error = y[i] - intercept - X.row(i).reduce((dot, value, j) => dot + value * coef[j], 0);
    sum += weights[i] * Math.max(quantile * error, (quantile - 1) * error);
    total += weights[i];
  }
  return sum / total + alpha * coef.reduce((size, value) => size + Math.abs(value), 0);
}

test.each(fixture('quantile-regression').cases.map((c) => [c.name, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = DenseMatrix.from(input.X);
  const { fitted } = await new QuantileRegressor(options).fit(input.sparse ? CsrMatrix.fromDense(X) : X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
  expect(fitted.converged).toBe(true);
  expect(objective(fitted, X, input.y, input.sampleWeight ?? new Float64Array(X.rows).fill(1), options)).toBeAllClose(expected.objective, close);
  if (!expected.coef) return;
  expect(fitted.coef).toBeAllClose(expected.coef, close);
  expect(fitted.intercept).toBeAllClose(expected.intercept, close);
});

/** Whole numbers, so that rows tie, or any numbers; y likewise. */
const problems = fc
  .tuple(fc.boolean(), fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 80, maxLength: 80 }))
  .map(([isWhole, all]) => all.map((value) => (isWhole ? Math.round(value) : value)))
  .map((all) => ({ X: new DenseMatrix(20, 3, Float64Array.from(all.slice(0, 60))), y: all.slice(60) }));
const options = fc.record({ quantile: fc.constantFrom(0.1, 0.5, 0.75), alpha: fc.constantFrom(0, 0.02, 0.3) });
const seeded = { seed: 5, numRuns: 80 };
const ones = new Float64Array(20).fill(1);

test('no coefficients nearby or at random are better than what it finds', async () => {
  await fc.assert(
    fc.asyncProperty(problems, options, fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }), async ({ X, y }, given, [shift, ...turn]) => {
      const { fitted } = await new QuantileRegressor(given).fit(X, y);
      const least = objective(fitted, X, y, ones, given);
      for (const size of [1e-4, 0.01, 1]) {
        const other = { ...fitted, coef: fitted.coef.map((value, j) => value + size * turn[j]), intercept: fitted.intercept + size * shift };
        expect(objective(other, X, y, ones, given)).toBeGreaterThanOrEqual(least - 1e-12);
      }
    }),
    seeded,
  );
});

test('at most the share of the quantile lies below, and at most the rest above', async () => {
  await fc.assert(
    fc.asyncProperty(problems, options, async ({ X, y }, given) => {
      const predicted = await (await new QuantileRegressor(given).fit(X, y)).predict(X);
      const share = (side: number): number => y.filter((value, i) => side * (value - predicted[i]) > 1e-9).length / 20;
      expect(share(-1)).toBeLessThanOrEqual(given.quantile + 1e-9);
      expect(share(1)).toBeLessThanOrEqual(1 - given.quantile + 1e-9);
    }),
    seeded,
  );
});

test('takes a weight of two for a row twice, and a sparse X for the same dense one', async () => {
  await fc.assert(
    fc.asyncProperty(problems, options, async ({ X, y }, given) => {
      const weights = ones.map((_, i) => 1 + (i % 3 === 0 ? 1 : 0));
      const rows = Array.from(weights.keys()).flatMap((i) => (weights[i] === 2 ? [i, i] : [i]));
      const model = new QuantileRegressor(given);
      const weighted = objective((await model.fit(X, y, { sampleWeight: weights })).fitted, X, y, weights, given);
      const repeated = objective((await model.fit(X.take(rows), rows.map((i) => y[i]))).fitted, X, y, weights, given);
      const sparse = objective((await model.fit(CsrMatrix.fromDense(X), y, { sampleWeight: weights })).fitted, X, y, weights, given);
      expect([repeated, sparse]).toBeAllClose([weighted, weighted], { relative: 1e-10, absolute: 1e-12 });
    }),
    seeded,
  );
});
