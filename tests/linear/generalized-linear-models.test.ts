import { GammaRegressor } from '../../src/linear/gamma-regressor.ts';
import { HuberRegressor } from '../../src/linear/huber-regressor.ts';
import { PoissonRegressor } from '../../src/linear/poisson-regressor.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { TweedieRegressor } from '../../src/linear/tweedie-regressor.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { GammaRegressor, HuberRegressor, PoissonRegressor, TweedieRegressor };

test.each(fixture('deviances').cases.filter((c) => c.input.kind === 'model').map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected: { predicted, score, iterations, ...fitted }, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
    const fit = { sampleWeight: input.sampleWeight ?? undefined };
    const model = await new estimators[input.estimator](options).fit(X, input.y, fit);
    for (const [name, value] of Object.entries(fitted)) expect([model.fitted[name]]).toBeAllClose(value, close);
    // Huber's expected values are the optimum itself, not where scikit-learn stopped.
    if (iterations >= 0) expect(model.fitted.iterations).toBe(iterations);
    expect(model.fitted.converged).toBe(options.maxIter !== 2);
    expect(await model.predict(X)).toBeAllClose(predicted, { relative: tolerance, absolute: tolerance * 10 });
    expect(await model.score(X, input.y, fit)).toBeAllClose(score, close);
  },
);

const X = DenseMatrix.from(Array.from({ length: 25 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]));
const line = Array.from({ length: 25 }, (_, i) => 1 + 2 * Math.sin(i) - Math.cos(3 * i) + 0.1 * Math.sin(17 * i));

test('Tweedie’s power 0 without a logarithm is a ridge', async () => {
  const model = await new TweedieRegressor({ power: 0, alpha: 0.2, tol: 1e-10 }).fit(X, line);
  const ridge = await new Ridge({ alpha: 0.2 * 25 }).fit(X, line);
  expect(model.fitted.coef).toBeAllClose(ridge.fitted.coef, { relative: 1e-6 });
  expect(await model.score(X, line)).toBeCloseTo(await ridge.score(X, line), 8);
});

test('rates with exposures as weights are counts with repeated rows', async () => {
  const counts = line.map((value) => Math.max(0, Math.round(value)));
  const weights = counts.map((_, i) => 1 + (i % 3));
  const rows = counts.flatMap((_, i) => Array.from({ length: weights[i] }, () => i));
  const weighted = await new PoissonRegressor({ alpha: 0.1, tol: 1e-9 }).fit(X, counts, { sampleWeight: weights });
  const repeated = await new PoissonRegressor({ alpha: 0.1, tol: 1e-9 }).fit(X.take(rows), rows.map((i) => counts[i]));
  expect(weighted.fitted.coef).toBeAllClose(repeated.fitted.coef, { relative: 1e-6, absolute: 1e-8 });
});

test('Huber’s regression finds the line among outliers, and the outliers', async () => {
  const wild = line.map((value, i) => (i % 8 === 3 ? value + 50 : value));
  const model = await new HuberRegressor({ alpha: 0, maxIter: 500 }).fit(X, wild);
  expect(model.fitted.coef).toBeAllClose([2, -1], { absolute: 0.1 });
  expect([...model.fitted.outliers].flatMap((mark, i) => (mark && i % 8 === 3 ? [i] : []))).toEqual([3, 11, 19]);
  expect(model.fitted.scale).toBeLessThan(0.5);
});

test('Huber’s regression with epsilon 1 has the least absolute errors', async () => {
  const { options, input, expected, tolerance } = fixture('deviances').cases.find((c) => c.input.kind === 'absolute')!;
  const model = await new HuberRegressor(options).fit(input.X, input.y);
  expect(model.fitted.coef).toBeAllClose(expected.coef, { absolute: tolerance });
  expect(model.fitted.intercept).toBeCloseTo(expected.intercept, 4);
  expect(model.fitted.converged).toBe(true);
});

test('Huber’s regression of a perfect line holds the scale above zero', async () => {
  const model = await new HuberRegressor({ alpha: 0 }).fit([[1], [2], [3], [4]], [2, 4, 6, 8]);
  expect(model.fitted.scale).toBeGreaterThan(0);
  expect(model.fitted.coef[0]).toBeCloseTo(2, 3);
});

test('Huber’s regression of prices scales with them', async () => {
  const model = await new HuberRegressor({ alpha: 0 }).fit(X, line);
  const prices = await new HuberRegressor({ alpha: 0, maxIter: 1000 }).fit(X, line.map((value) => 1e5 * value));
  expect(prices.fitted.converged).toBe(true);
  expect(prices.fitted.coef).toBeAllClose(model.fitted.coef.map((w) => 1e5 * w), { relative: 1e-4 });
});

test('Huber’s regression knows columns in other units and from other zeros', async () => {
  const wild = line.map((value, i) => (i % 8 === 3 ? value + 50 : value));
  const moved = new DenseMatrix(25, 2, X.data.map((value, p) => (p % 2 === 0 ? 1e6 * value : 2000 + 0.01 * value)));
  const model = await new HuberRegressor({ alpha: 0 }).fit(X, wild);
  for (const matrix of [moved, CsrMatrix.fromDense(moved)]) {
    const other = await new HuberRegressor({ alpha: 0 }).fit(matrix, wild);
    expect(other.fitted.converged).toBe(true);
    expect([1e6 * other.fitted.coef[0], 0.01 * other.fitted.coef[1]]).toBeAllClose(model.fitted.coef, { relative: 1e-6 });
    expect(other.fitted.intercept + 2000 * other.fitted.coef[1]).toBeCloseTo(model.fitted.intercept, 6);
  }
});

test('warm starts need fewer steps, and other columns are refused', async () => {
  const counts = line.map((value) => Math.max(0, Math.round(value)));
  for (const [model, y] of [[new PoissonRegressor({ warmStart: true }), counts], [new HuberRegressor({ warmStart: true }), line]] as const) {
    await model.fit(X, y);
    const first = model.fitted.iterations;
    await model.fit(X, y);
    expect(model.fitted.iterations).toBeLessThan(first);
    await expect(model.fit(X.takeCols([0]), y)).rejects.toThrow('a warm start needs the 2 columns of the fit before, got 1');
  }
});

test('targets outside the family are refused by row', async () => {
  await expect(new PoissonRegressor().fit([[1], [2]], [1, -1])).rejects.toThrow('PoissonRegressor: y must be not negative, row 1 has -1.');
  await expect(new PoissonRegressor().fit([[1], [2]], [0, 0])).rejects.toThrow('PoissonRegressor: y must not be 0 in every row');
  await expect(new GammaRegressor().fit([[1], [2]], [0, 1])).rejects.toThrow('GammaRegressor: y must be positive, row 0 has 0.');
  expect(() => new TweedieRegressor({ power: 0.5 })).toThrow('TweedieRegressor: power must be a number in (-∞, 0] or [1, ∞), got 0.5');
});
