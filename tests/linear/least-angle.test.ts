import fc from 'fast-check';
import { LarsCV } from '../../src/linear/lars-cv.ts';
import { Lars } from '../../src/linear/lars.ts';
import { larsPath } from '../../src/linear/lars-path.ts';
import { LassoLarsCV } from '../../src/linear/lasso-lars-cv.ts';
import { LassoLarsIC } from '../../src/linear/lasso-lars-ic.ts';
import { LassoLars } from '../../src/linear/lasso-lars.ts';
import { Lasso } from '../../src/linear/lasso.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { OrthogonalMatchingPursuitCV } from '../../src/linear/orthogonal-matching-pursuit-cv.ts';
import { OrthogonalMatchingPursuit } from '../../src/linear/orthogonal-matching-pursuit.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { Lars, LarsCV, LassoLars, LassoLarsCV, LassoLarsIC, OrthogonalMatchingPursuit, OrthogonalMatchingPursuitCV };
const { cases } = fixture('least-angle');

test.each(cases.map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
  const found = input.estimator === 'larsPath' ? larsPath(X, input.y, options) : (await new estimators[input.estimator](options).fit(X, input.y)).fitted;
  for (const [name, value] of Object.entries(expected)) expect(found[name as never]).toBeAllClose(value, close);
});

/** X of 12 × 3 with full rank almost surely, and y. */
const problems = fc
  .tuple(
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 36, maxLength: 36 }),
    fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 12, maxLength: 12 }),
  )
  .map(([data, y]) => ({ X: new DenseMatrix(12, 3, Float64Array.from(data, (value, p) => value + Math.sin(7 * p * p + p))), y: y.map((value, i) => value + Math.cos(5 * i * i)) }));
const seeded = { seed: 5, numRuns: 60 };
const weights = Array.from({ length: 12 }, (_, i) => 0.5 + (i % 4));

test('LassoLars meets the lasso that coordinate descent finds, with weights and without, positive or not', async () => {
  await fc.assert(
    fc.asyncProperty(problems, fc.constantFrom(0.02, 0.3, 1), fc.boolean(), fc.boolean(), async ({ X, y }, alpha, positive, isWeighted) => {
      const given = isWeighted ? { sampleWeight: weights } : {};
      const { fitted } = await new LassoLars({ alpha, positive }).fit(X, y, given);
      const lasso = await new Lasso({ alpha, positive, tol: 1e-13, maxIter: 100_000 }).fit(X, y, given);
      expect(fitted.coef).toBeAllClose(lasso.fitted.coef, { relative: 1e-5, absolute: 1e-5 });
      expect(fitted.intercept).toBeCloseTo(lasso.fitted.intercept, 4);
    }),
    seeded,
  );
});

test('a path ends in least squares, and is a lasso for the penalty of each of its nodes', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ X, y }) => {
      const { fitted } = await new LassoLars({ alpha: 0 }).fit(X, y);
      expect(fitted.coef).toBeAllClose((await new LinearRegression().fit(X, y)).fitted.coef, { relative: 1e-5, absolute: 1e-5 });
      const node = fitted.alphas.length >> 1;
      const lasso = await new LassoLars({ alpha: fitted.alphas[node] }).fit(X, y);
      expect(fitted.coefPath!.col(node)).toBeAllClose(lasso.fitted.coef, { relative: 1e-6, absolute: 1e-6 });
    }),
    seeded,
  );
});

test('a column that depends on those in use is left out, and the path goes on', async () => {
  const X = DenseMatrix.from(Array.from({ length: 10 }, (_, i) => [Math.sin(i), Math.cos(3 * i), 2 * Math.sin(i), i % 3]));
  const y = Array.from({ length: 10 }, (_, i) => Math.sin(i) + (i % 3) + Math.cos(9 * i));
  const model = await new LassoLars({ alpha: 0 }).fit(X, y);
  expect([...model.fitted.active].sort()).toEqual([1, 2, 3]);
  expect(model.fitted.coef[0]).toBe(0);
});

test('a pursuit of all columns is least squares, and of fewer it is least squares on those', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ X, y }) => {
      const all = await new OrthogonalMatchingPursuit({ nNonzeroCoefs: 3 }).fit(X, y);
      expect(all.fitted.coef).toBeAllClose((await new LinearRegression().fit(X, y)).fitted.coef, { relative: 1e-6, absolute: 1e-6 });
      const { coef } = (await new OrthogonalMatchingPursuit({ nNonzeroCoefs: 2 }).fit(X, y)).fitted;
      const used = [0, 1, 2].filter((j) => coef[j] !== 0);
      const least = await new LinearRegression().fit(X.takeCols(used), y);
      expect(used.map((j) => coef[j])).toBeAllClose(least.fitted.coef, { relative: 1e-6, absolute: 1e-6 });
    }),
    seeded,
  );
});

test('keeps no path where none is wanted, and refuses what cannot be', async () => {
  const [X, y] = [[[1, 2], [2, 1], [4, 3]], [1, 3, 2]];
  expect((await new Lars({ fitPath: false }).fit(X, y)).fitted.coefPath).toBeNull();
  expect(() => larsPath(X, y, { positive: true })).toThrow("larsPath: positive goes with method 'lasso', got 'lar'.");
  expect(() => larsPath(X, [1, Number.NaN, 2])).toThrow('larsPath: y must hold finite numbers, row 1 has NaN.');
  await expect(new OrthogonalMatchingPursuit({ nNonzeroCoefs: 3 }).fit(X, y)).rejects.toThrow('OrthogonalMatchingPursuit: nNonzeroCoefs must be at most the number of columns, 2, got 3.');
  await expect(new LassoLarsIC().fit(X, y)).rejects.toThrow('LassoLarsIC: X must have more rows than coefficients without noiseVariance, got 3 rows and 3 coefficients. Set noiseVariance.');
});

test('what is chosen by folds is the model of that choice, of sparse rows and a weight of two for a row twice too', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ X, y }) => {
      const { fitted } = await new LassoLarsCV({ cv: 3 }).fit(X, y);
      expect(fitted.coef).toBeAllClose((await new LassoLars({ alpha: fitted.alpha }).fit(X, y)).fitted.coef, { relative: 1e-9, absolute: 1e-9 });
      const pursuit = (await new OrthogonalMatchingPursuitCV({ cv: 3 }).fit(CsrMatrix.fromDense(X), y)).fitted;
      expect(pursuit.coef).toBeAllClose((await new OrthogonalMatchingPursuit({ nNonzeroCoefs: pursuit.nNonzeroCoefs }).fit(X, y)).fitted.coef, { relative: 1e-9, absolute: 1e-9 });
      const twice = [...Array(12).keys()].flatMap((i) => (i % 2 === 0 ? [i, i] : [i]));
      const even = (rows: number[], test: boolean): number[] => [...rows.keys()].filter((at) => rows[at] < 6 === test);
      const folds = (rows: number[]): any => [true, false].map((first) => ({ train: even(rows, !first), test: even(rows, first) }));
      const weighted = await new LarsCV({ cv: folds([...Array(12).keys()]) }).fit(X, y, { sampleWeight: y.map((_, i) => 2 - (i % 2)) });
      const repeated = await new LarsCV({ cv: folds(twice) }).fit(X.take(twice), twice.map((i) => y[i]));
      expect(weighted.fitted.msePath).toBeAllClose(repeated.fitted.msePath, { relative: 1e-7, absolute: 1e-7 });
    }),
    { seed: 5, numRuns: 20 },
  );
  await expect(new OrthogonalMatchingPursuitCV({ maxIter: 3 }).fit([[1, 2], [2, 1], [4, 3], [0, 1], [2, 2]], [1, 3, 2, 1, 0])).rejects.toThrow('OrthogonalMatchingPursuitCV: maxIter must be at most the number of columns, 2, got 3.');
});
