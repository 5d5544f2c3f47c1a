import fc from 'fast-check';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { RidgeCV } from '../../src/linear/ridge-cv.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';

/** X of 12 × 3 with full rank almost surely, and y. */
const problems = fc
  .tuple(
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 36, maxLength: 36 }),
    fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 12, maxLength: 12 }),
  )
  .map(([data, y]) => ({ X: new DenseMatrix(12, 3, Float64Array.from(data, (value, p) => value + Math.sin(7 * p * p + p))), y }));
const seeded = { seed: 5, numRuns: 60 };
const negated = (values: ArrayLike<number>, factor: number): number[] => Array.from(values, (value) => factor * value);

describe('LinearRegression and Ridge', () => {
  test('ridge without a penalty is least squares', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const plain = await new LinearRegression({ tol: 0 }).fit(X, y);
        const ridge = await new Ridge({ alpha: 0, solver: 'svd' }).fit(X, y);
        expect(ridge.fitted.coef).toBeAllClose(plain.fitted.coef, { relative: 1e-8, absolute: 1e-8 });
      }),
      seeded,
    );
  });

  test('scaling y scales the model, and moving y moves the intercept only', async () => {
    await fc.assert(
      fc.asyncProperty(problems, fc.integer({ min: 1, max: 9 }), async ({ X, y }, factor) => {
        for (const model of [new LinearRegression(), new Ridge({ alpha: 0.5 })]) {
          const { coef, intercept } = (await model.clone().fit(X, y)).fitted;
          const scaled = (await model.clone().fit(X, negated(y, factor))).fitted;
          expect(scaled.coef).toBeAllClose(negated(coef, factor), { relative: 1e-9, absolute: 1e-9 });
          const moved = (await model.clone().fit(X, y.map((value) => value + factor))).fitted;
          expect(moved.coef).toBeAllClose(coef, { relative: 1e-9, absolute: 1e-9 });
          expect(moved.intercept).toBeCloseTo(intercept + factor, 8);
        }
      }),
      seeded,
    );
  });

  test('the order of rows does not matter, and a weight of two is a row twice', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const backwards = Array.from({ length: 12 }, (_, i) => 11 - i);
        const twice = [...backwards, 3, 5];
        const weights = y.map((_, i) => (i === 3 || i === 5 ? 2 : 1));
        for (const model of [new LinearRegression(), new Ridge({ alpha: 2 })]) {
          const weighted = await model.clone().fit(X, y, { sampleWeight: weights });
          const repeated = await model.clone().fit(X.take(twice), twice.map((i) => y[i]));
          expect(repeated.fitted.coef).toBeAllClose(weighted.fitted.coef, { relative: 1e-8, absolute: 1e-8 });
        }
      }),
      seeded,
    );
  });

  test('every exact solver of ridge finds the same model, sparse as dense', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const { fitted } = await new Ridge({ solver: 'svd' }).fit(X, y);
        for (const solver of ['cholesky', 'sparseCg', 'lsqr'] as const) {
          for (const matrix of [X, CsrMatrix.fromDense(X)]) {
            const other = await new Ridge({ solver, tol: 1e-13 }).fit(matrix, y);
            expect(other.fitted.coef).toBeAllClose(fitted.coef, { relative: 1e-7, absolute: 1e-7 });
            expect(other.fitted.solver).toBe(solver);
          }
        }
      }),
      seeded,
    );
  });

  test('coefficients that must not be negative meet the optimality conditions', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const model = await new Ridge({ alpha: 0.3, positive: true }).fit(X, y);
        const { coef } = model.fitted;
        const predicted = await model.predict(X);
        for (let j = 0; j < 3; j++) {
          const mean = X.col(j).reduce((sum, x) => sum + x, 0) / 12;
          const slope = X.col(j).reduce((sum, x, i) => sum + (x - mean) * (y[i] - predicted[i]), 0) - 0.3 * coef[j];
          if (coef[j] > 0) expect(slope).toBeCloseTo(0, 7);
          else expect(slope).toBeLessThan(1e-7);
          expect(coef[j]).toBeGreaterThanOrEqual(0);
        }
      }),
      seeded,
    );
  });

  test('conjugate gradients mind maxIter with more columns than rows too', async () => {
    const wide = DenseMatrix.from([[1, 2, 0, 4, 1], [0, 1, 3, 1, 2], [5, 0, 1, 0, 1]]);
    const options = { solver: 'sparseCg', fitIntercept: false, tol: 1e-12 } as const;
    expect((await new Ridge({ ...options, maxIter: 1 }).fit(wide, [1, 2, 4])).fitted).toMatchObject({ iterations: 1, converged: false });
    expect((await new Ridge(options).fit(wide, [1, 2, 4])).fitted).toMatchObject({ iterations: 3, converged: true });
  });

  test('say when an iteration was cut short', async () => {
    const X = CsrMatrix.from([[1, 0, 2], [0, 3, 1], [4, 1, 0], [0, 1, 5]]);
    const model = await new Ridge({ tol: 1e-12, maxIter: 1 }).fit(X, [1, 2, 3, 5]);
    expect(model.fitted).toMatchObject({ solver: 'sparseCg', iterations: 1, converged: false });
    expect((await new Ridge({ tol: 1e-12 }).fit(X, [1, 2, 3, 5])).fitted.converged).toBe(true);
  });
});

describe('RidgeCV', () => {
  test('leaving one out in closed form is leaving one out in truth', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async ({ X, y }) => {
        const quick = await new RidgeCV({ alphas: [0.7], storeCvResults: true }).fit(X, y);
        for (const left of [0, 4, 11]) {
          const rest = Array.from({ length: 12 }, (_, i) => i).filter((i) => i !== left);
          const model = await new Ridge({ alpha: 0.7 }).fit(X.take(rest), rest.map((i) => y[i]));
          const [predicted] = await model.predict(X.take([left]));
          expect(quick.fitted.cvResults!.at(left, 0)).toBeCloseTo((y[left] - predicted) ** 2, 6);
        }
      }),
      seeded,
    );
  });

  test('takes the splits of any splitter, and a number for unshuffled folds', async () => {
    const X = DenseMatrix.from(Array.from({ length: 15 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]));
    const y = Array.from({ length: 15 }, (_, i) => Math.sin(i) + Math.sin(9 * i));
    const number = await new RidgeCV({ cv: 4 }).fit(X, y);
    const splits = await new RidgeCV({ cv: new KFold({ nSplits: 4 }).split(X) }).fit(X, y);
    expect(splits.fitted).toEqual(number.fitted);
  });

  test('refuses penalties and folds that it cannot use', async () => {
    expect(() => new RidgeCV({ alphas: [] })).toThrow('RidgeCV: alphas must be an array');
    expect(() => new RidgeCV({ cv: 1 })).toThrow('RidgeCV: cv must be a whole number of at least 2');
    expect(() => new RidgeCV({ scoring: (() => 1) as never })).toThrow('RidgeCV: scoring must be a metric function');
    await expect(new RidgeCV({ alphas: [0, 1] }).fit([[1], [2]], [1, 2])).rejects.toThrow('RidgeCV: alphas must be above 0 without cv');
    await expect(new RidgeCV({ cv: 3 }).fit([[1], [2]], [1, 2])).rejects.toThrow('RidgeCV: cv must be at most the number of rows');
    await expect(new RidgeCV({ cv: [{ train: [0], test: [7] }] }).fit([[1], [2]], [1, 2])).rejects.toThrow('cv[0].test must hold rows from 0 to 1, got 7');
    await expect(new RidgeCV({ cv: 2, storeCvResults: true }).fit([[1], [2]], [1, 2])).rejects.toThrow('storeCvResults must be false with cv');
  });
});
