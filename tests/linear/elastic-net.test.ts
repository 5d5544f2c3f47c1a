import fc from 'fast-check';
import { ElasticNet } from '../../src/linear/elastic-net.ts';
import { ElasticNetCV } from '../../src/linear/elastic-net-cv.ts';
import { Lasso } from '../../src/linear/lasso.ts';
import { LassoCV } from '../../src/linear/lasso-cv.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';

const problems = fc
  .tuple(
    fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 50, maxLength: 50 }),
    fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 10, maxLength: 10 }),
  )
  .map(([data, y]) => ({ X: new DenseMatrix(10, 5, Float64Array.from(data)), y }));
const seeded = { seed: 3, numRuns: 80 };

test('the lasso meets its optimality conditions: |slope| is alpha where a coefficient is not zero, else at most alpha', async () => {
  await fc.assert(
    fc.asyncProperty(problems, fc.constantFrom(0.05, 0.5), fc.boolean(), async ({ X, y }, alpha, sparse) => {
      const model = await new Lasso({ alpha, tol: 1e-14, maxIter: 100_000 }).fit(sparse ? CsrMatrix.fromDense(X) : X, y);
      const predicted = await model.predict(X);
      for (let j = 0; j < 5; j++) {
        const column = X.col(j);
        const mean = column.reduce((sum, x) => sum + x, 0) / 10;
        const slope = column.reduce((sum, x, i) => sum + (x - mean) * (y[i] - predicted[i]), 0) / 10;
        const w = model.fitted.coef[j];
        if (w !== 0) expect(slope).toBeCloseTo(Math.sign(w) * alpha, 5);
        else expect(Math.abs(slope)).toBeLessThanOrEqual(alpha + 1e-5);
      }
    }),
    seeded,
  );
});

test('scaling y and alpha together scales the model', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ X, y }) => {
      const settings = { l1Ratio: 1, tol: 1e-12, maxIter: 50_000 };
      const one = await new ElasticNet({ ...settings, alpha: 0.3 }).fit(X, y);
      const three = await new ElasticNet({ ...settings, alpha: 0.9 }).fit(X, y.map((value) => 3 * value));
      expect(three.fitted.coef).toBeAllClose(one.fitted.coef.map((w) => 3 * w), { relative: 1e-4, absolute: 1e-4 });
    }),
    seeded,
  );
});

const X = DenseMatrix.from(Array.from({ length: 20 }, (_, i) => [Math.sin(i), Math.cos(2 * i), Math.sin(i) + 0.1 * Math.sin(3 * i + 1)]));
const y = Array.from({ length: 20 }, (_, i) => 2 * Math.sin(i) + 0.1 * Math.cos(7 * i));

test('a warm start needs no step from its own solution, and other columns are refused', async () => {
  const model = new Lasso({ alpha: 0.01, warmStart: true });
  await model.fit(X, y);
  expect(model.fitted.iterations).toBeGreaterThan(0);
  await model.fit(X, y);
  expect(model.fitted.iterations).toBe(0);
  await expect(model.fit(X.takeCols([0, 1]), y)).rejects.toThrow('Lasso: a warm start needs the 3 columns of the fit before, got 2');
});

test('says when it was stopped before it converged', async () => {
  expect((await new Lasso({ alpha: 1e-3, maxIter: 1 }).fit(X, y)).fitted.converged).toBe(false);
  expect((await new Lasso({ alpha: 1e-3 }).fit(X, y)).fitted.converged).toBe(true);
});

test('takes the splits of any splitter, and a number for unshuffled folds', async () => {
  const number = await new LassoCV({ cv: 4, alphas: 5 }).fit(X, y);
  const splits = await new LassoCV({ cv: new KFold({ nSplits: 4 }).split(X), alphas: 5 }).fit(X, y);
  expect(splits.fitted).toEqual(number.fitted);
});

test('refuses options and targets that it cannot use', async () => {
  expect(() => new ElasticNet({ l1Ratio: 1.5 })).toThrow('ElasticNet: l1Ratio must be a number in [0, 1], got 1.5');
  expect(() => new ElasticNetCV({ l1Ratio: [0.5, 2] })).toThrow('ElasticNetCV: l1Ratio must be a number in [0, 1], or an array');
  expect(() => new LassoCV({ alphas: [-1] })).toThrow('LassoCV: alphas must be');
  await expect(new ElasticNetCV({ l1Ratio: 0 }).fit(X, y)).rejects.toThrow('ElasticNetCV: alphas must be given with l1Ratio 0');
  await expect(new Lasso().fit(X, y.map(String) as never)).rejects.toThrow('Lasso: y must hold finite numbers, row 0 has');
});
