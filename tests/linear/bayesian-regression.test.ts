import fc from 'fast-check';
import { ARDRegression } from '../../src/linear/ard-regression.ts';
import { BayesianRidge } from '../../src/linear/bayesian-ridge.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { BayesianRidge, ARDRegression };
const { cases } = fixture('bayesian-regression');

test.each(cases.map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))('%s', async (_title, { options, input, expected: { mean, std, ...fitted }, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const matrix = (rows: number[][]): DenseMatrix | CsrMatrix => (input.sparse ? CsrMatrix.from(rows) : DenseMatrix.from(rows));
  const model = await new estimators[input.estimator](options).fit(matrix(input.X), input.y, { sampleWeight: input.sampleWeight ?? undefined });
  for (const [name, value] of Object.entries(fitted)) expect(model.fitted[name]).toBeAllClose(value, close);
  const [ours, spread] = await model.predict(matrix(input.new ?? input.X), { returnStd: true });
  expect(ours).toBeAllClose(mean, close);
  expect(spread).toBeAllClose(std, close);
  expect(await model.predict(matrix(input.new ?? input.X))).toEqual(ours);
});

/** X of 12 × 3 with full rank almost surely, and y. */
const problems = fc
  .tuple(
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 36, maxLength: 36 }),
    fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 12, maxLength: 12 }),
  )
  .map(([data, y]) => ({ X: new DenseMatrix(12, 3, Float64Array.from(data, (value, p) => value + Math.sin(7 * p * p + p))), y: y.map((value, i) => value + Math.cos(5 * i * i)) }));
const seeded = { seed: 5, numRuns: 40 };

describe('BayesianRidge', () => {
  test('is a ridge with the penalty lambda/alpha', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const { alpha, lambda, coef, intercept } = (await new BayesianRidge().fit(X, y)).fitted;
        const ridge = (await new Ridge({ alpha: lambda / alpha, solver: 'svd' }).fit(X, y)).fitted;
        expect(coef).toBeAllClose(ridge.coef, { relative: 1e-8, absolute: 1e-9 });
        expect(intercept).toBeCloseTo(ridge.intercept, 8);
      }),
      seeded,
    );
  });

  test('takes a weight of two for a row twice', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const rows = [...Array(12).keys(), 3, 5];
        const weights = y.map((_, i) => (i === 3 || i === 5 ? 2 : 1));
        const weighted = (await new BayesianRidge().fit(X, y, { sampleWeight: weights })).fitted;
        const repeated = (await new BayesianRidge().fit(X.take(rows), rows.map((i) => y[i]))).fitted;
        expect(repeated.coef).toBeAllClose(weighted.coef, { relative: 1e-7, absolute: 1e-8 });
        expect(repeated.sigma).toBeAllClose(weighted.sigma, { relative: 1e-7, absolute: 1e-10 });
      }),
      seeded,
    );
  });

  test('is no more certain anywhere than the noise allows, and less so far from the rows', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const model = await new BayesianRidge().fit(X, y);
        const [, [near, far]] = await model.predict([Array.from(model.fitted.xOffset), [90, -80, 70]], { returnStd: true });
        expect(near).toBeCloseTo(1 / Math.sqrt(model.fitted.alpha), 9);
        expect(far).toBeGreaterThan(near);
      }),
      seeded,
    );
  });

  test('says when it was cut short, and refuses precisions that leave all bounds', async () => {
    const X = [[1, 2], [2, 1], [4, 3], [3, 5], [0, 1]];
    expect((await new BayesianRidge({ maxIter: 1 }).fit(X, [1, 3, 2, 5, 1])).fitted).toMatchObject({ iterations: 1, converged: false, scores: null });
    await expect(new BayesianRidge({ lambda1: 0, lambda2: 0 }).fit(X, [2, 2, 2, 2, 2])).rejects.toThrow('BayesianRidge: lambda must stay finite, but became Infinity. Set lambda2 above 0.');
    const few = { sampleWeight: [0.1, 0.1, 0.1, 0.1, 0.1] };
    await expect(new BayesianRidge().fit(X, [1, 3, 2, 5, 1], few)).rejects.toThrow('BayesianRidge: sampleWeight must sum to more than the');
  });
});

describe('ARDRegression', () => {
  test('gives each coefficient the ridge penalty lambda/alpha of its own', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const { alpha, lambda, coef } = (await new ARDRegression().fit(X, y)).fitted;
        // Columns over √lambda have the same penalty.
        const scaled = new DenseMatrix(12, 3, X.data.map((value, p) => value / Math.sqrt(lambda[p % 3])));
        const ridge = (await new Ridge({ alpha: 1 / alpha, solver: 'svd' }).fit(scaled, y)).fitted.coef.map((value, j) => value / Math.sqrt(lambda[j]));
        for (let j = 0; j < 3; j++) if (coef[j] !== 0) expect(coef[j]).toBeCloseTo(ridge[j], 3);
      }),
      seeded,
    );
  });

  test('leaves out a column of noise, and is a weighted model where weights are', async () => {
    const X = DenseMatrix.from(Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(9 * i * i), Math.sin(5 * i * i * i)]));
    const y = Array.from({ length: 40 }, (_, i) => 3 * Math.sin(i) + 0.1 * Math.cos(7 * i * i));
    const { coef, sigma, lambda } = (await new ARDRegression({ thresholdLambda: 500 }).fit(X, y)).fitted;
    expect(coef[0]).toBeCloseTo(3, 1);
    expect([coef[1], coef[2]]).toEqual([0, 0]);
    expect(lambda[1]).toBeGreaterThan(500);
    expect(sigma.rows).toBe(1);
    const rows = [...Array(40).keys(), 4];
    const weighted = (await new ARDRegression().fit(X, y, { sampleWeight: y.map((_, i) => (i === 4 ? 2 : 1)) })).fitted;
    const repeated = (await new ARDRegression().fit(X.take(rows), rows.map((i) => y[i]))).fitted;
    expect(repeated.coef).toBeAllClose(weighted.coef, { relative: 1e-8, absolute: 1e-9 });
  });
});
