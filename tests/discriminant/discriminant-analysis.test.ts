import fc from 'fast-check';
import { EmpiricalCovariance } from '../../src/covariance/empirical-covariance.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { LinearDiscriminantAnalysis } from '../../src/discriminant/linear-discriminant-analysis.ts';
import { QuadraticDiscriminantAnalysis } from '../../src/discriminant/quadratic-discriminant-analysis.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import '../to-be-all-close.ts';

const random = new RandomState(4);
const normal = (rows: number, cols: number): DenseMatrix => new DenseMatrix(rows, cols, random.standardNormal(rows * cols));
const y = Array.from({ length: 60 }, (_, i) => ['a', 'b', 'c'][i % 3]);
const X = normal(60, 4);
for (let i = 0; i < 60; i++) X.data[4 * i + (i % 3)] += 2;

const seeded = { seed: 5, numRuns: 25 };
/** Columns turned, stretched and shifted: an invertible matrix as rows, and what is added. */
const maps = fc.record({ seed: fc.integer({ min: 0, max: 999 }), shift: fc.integer({ min: -50, max: 50 }) });
const mapped = (rows: DenseMatrix, seed: number, shift: number): DenseMatrix => {
  const own = new RandomState(seed);
  const map = new DenseMatrix(4, 4, own.standardNormal(16));
  for (let j = 0; j < 4; j++) map.data[5 * j] += 4;
  return new DenseMatrix(rows.rows, 4, Float64Array.from({ length: rows.rows * 4 }, (_, p) => {
    let sum = shift;
    for (let c = 0; c < 4; c++) sum += rows.at(Math.floor(p / 4), c) * map.at(c, p % 4);
    return sum;
  }));
};

test.each([
  ['linear', () => new LinearDiscriminantAnalysis()],
  ['linear by eigenvectors', () => new LinearDiscriminantAnalysis({ solver: 'eigen' })],
  ['linear by least squares', () => new LinearDiscriminantAnalysis({ solver: 'lsqr' })],
  ['quadratic', () => new QuadraticDiscriminantAnalysis({ tol: 0 })],
])('%s probabilities do not depend on the units, directions and origin of the columns', async (_, make) => {
  const before = await (await make().fit(X, y)).predictProba(X);
  await fc.assert(
    fc.asyncProperty(maps, async ({ seed, shift }) => {
      const other = mapped(X, seed, shift);
      expect(await (await make().fit(other, y)).predictProba(other)).toBeAllClose(before, { absolute: 1e-7 });
    }),
    seeded,
  );
});

describe('LinearDiscriminantAnalysis', () => {
  test('comes to the same by its three solvers', async () => {
    const [svd, lsqr, eigen] = await Promise.all((['svd', 'lsqr', 'eigen'] as const).map((solver) => new LinearDiscriminantAnalysis({ solver }).fit(X, y)));
    expect(await lsqr.predictProba(X)).toBeAllClose(await svd.predictProba(X), { absolute: 1e-10 });
    expect(await eigen.predictProba(X)).toBeAllClose(await svd.predictProba(X), { absolute: 1e-10 });
  });

  test('turns X into columns of variance 1 within classes, uncorrelated', async () => {
    const model = new LinearDiscriminantAnalysis();
    const Z = await model.fitTransform(X, y);
    expect(model.featureNamesOut()).toEqual(['lineardiscriminantanalysis0', 'lineardiscriminantanalysis1']);
    const within = new DenseMatrix(2, 2);
    for (const label of ['a', 'b', 'c']) {
      const { covariance } = (await new EmpiricalCovariance().fit(Z.take(y.flatMap((one, i) => (one === label ? [i] : []))))).fitted;
      covariance.data.forEach((value, p) => (within.data[p] += value / 3));
    }
    expect(within).toBeAllClose([[1, 0], [0, 1]], { absolute: 1e-10 });
  });

  test('leaves out what adds nothing: a column twice, and a constant', async () => {
    const more = new DenseMatrix(60, 6, Float64Array.from({ length: 360 }, (_, p) => (p % 6 === 5 ? 7 : X.at(Math.floor(p / 6), p % 6 === 4 ? 0 : p % 6))));
    const model = await new LinearDiscriminantAnalysis().fit(more, y);
    expect(await model.predictProba(more)).toBeAllClose(await (await new LinearDiscriminantAnalysis().fit(X, y)).predictProba(X), { absolute: 1e-9 });
  });

  test('finds no directions where the means are the same', async () => {
    const model = await new LinearDiscriminantAnalysis().fit([[0, 1], [0, -1], [1, 0], [-1, 0]], [0, 0, 1, 1]);
    expect((await model.transform([[3, 4]])).cols).toBe(0);
    expect(await model.predictProba([[3, 4]])).toBeAllClose([[0.5, 0.5]], { absolute: 0 });
  });

  test('never predicts a class of prior 0', async () => {
    for (const solver of ['svd', 'lsqr', 'eigen'] as const) {
      const model = await new LinearDiscriminantAnalysis({ solver, priors: [0, 1] }).fit(X, y.map((label) => label === 'a'));
      expect(new Set(await model.predict(X))).toEqual(new Set([true]));
      expect((await model.predictProba(X)).col(0)).toBeAllClose(new Array(60).fill(0), { absolute: 0 });
    }
  });

  test('is a stage before others, and a model that is cross-validated and searched over', async () => {
    const before = new Pipeline([['scale', new StandardScaler()], ['discriminants', new LinearDiscriminantAnalysis()], ['classify', new LogisticRegression()]]);
    expect((await crossValidate(before, X, y, { cv: 3 })).folds).toHaveLength(3);
    const search = new GridSearch({ estimator: new Pipeline([['scale', new StandardScaler()], ['lda', new LinearDiscriminantAnalysis({ solver: 'lsqr' })]]), searchSpace: { lda: { shrinkage: [null, 'auto', 0.5] } }, cv: 3 });
    expect((await search.fit(X, y)).fitted.bestScore).toBeGreaterThan(0.5);
  });

  test('says what it cannot do', async () => {
    const fails = (options: object, message: string, rows: any = X, labels: any = y): Promise<void> =>
      expect(new LinearDiscriminantAnalysis(options).fit(rows, labels)).rejects.toThrow(message);
    await fails({ shrinkage: 0.5 }, "LinearDiscriminantAnalysis: shrinkage must be null with solver 'svd', which makes no covariance. Use solver 'lsqr' or 'eigen'.");
    await fails({ nComponents: 3 }, 'LinearDiscriminantAnalysis: nComponents must be at most 2 for 3 classes and 4 columns, got 3.');
    await fails({ priors: [0.5, 0.5] }, 'LinearDiscriminantAnalysis: priors must have one value per class (3), got 2.');
    await fails({ solver: 'lsqr', shrinkage: 0.1, covarianceEstimator: new EmpiricalCovariance() }, 'LinearDiscriminantAnalysis: shrinkage must be null with a covarianceEstimator, got 0.1. Use one of the two.');
    await fails({ solver: 'lsqr', covarianceEstimator: new StandardScaler() }, 'LinearDiscriminantAnalysis: covarianceEstimator must learn fitted.covariance, StandardScaler does not. Use one such as LedoitWolf.');
    await fails({}, 'LinearDiscriminantAnalysis: X must have more rows than classes (3), got 3.', [[1], [2], [3]], [0, 1, 2]);
    await fails({}, 'LinearDiscriminantAnalysis: some column of X must vary within a class', [[1], [1], [3], [3]], [0, 0, 1, 1]);
    await fails({ solver: 'eigen' }, "LinearDiscriminantAnalysis: the covariance within classes must be positive definite with solver 'eigen'", [[1, 1], [2, 2], [3, 3], [5, 5]], [0, 0, 1, 1]);
    await fails({}, 'LinearDiscriminantAnalysis: X must be dense, got a sparse matrix.', CsrMatrix.fromDense(X));
    await expect(new LinearDiscriminantAnalysis().fit(X, y, { sampleWeight: new Array(60).fill(1) })).rejects.toThrow('LinearDiscriminantAnalysis: sampleWeight must be left out');
    const lsqr = await new LinearDiscriminantAnalysis({ solver: 'lsqr' }).fit(X, y);
    await expect(lsqr.transform(X)).rejects.toThrow("LinearDiscriminantAnalysis: transform must have solver 'svd' or 'eigen', got 'lsqr', which finds no directions.");
  });
});

describe('QuadraticDiscriminantAnalysis', () => {
  test('tells classes apart that have one mean and different spreads', async () => {
    const rows = normal(400, 2);
    const wide = Array.from({ length: 400 }, (_, i) => i % 2 === 1);
    wide.forEach((isWide, i) => rows.row(i).set(rows.row(i).map((value) => (isWide ? 8 : 1) * value)));
    expect(await (await new QuadraticDiscriminantAnalysis().fit(rows, wide)).score(rows, wide)).toBeGreaterThan(0.9);
    expect(await (await new LinearDiscriminantAnalysis().fit(rows, wide)).score(rows, wide)).toBeLessThan(0.7);
  });

  test('says which class has no spread along some axis, and what to do', async () => {
    const fails = (options: object, rows: number[][], labels: unknown[], message: string): Promise<void> =>
      expect(new QuadraticDiscriminantAnalysis(options).fit(rows, labels as number[])).rejects.toThrow(message);
    const flat = [[0, 0], [1, 1], [2, 2], [0, 1], [1, 3], [4, 1]];
    const labels = ['x', 'x', 'x', 'z', 'z', 'z'];
    await fails({}, flat, labels, 'QuadraticDiscriminantAnalysis: class "x" must have a variance above tol (0.0001) along every axis, got ');
    await fails({}, flat, labels, 'Scale X, drop columns that depend on others, or raise regParam.');
    await fails({ solver: 'eigen' }, flat, labels, 'or raise shrinkage.');
    await fails({}, flat.slice(1), labels.slice(1), 'but has 2 rows for 2 columns. Use solver \'eigen\' with shrinkage.');
    await fails({}, flat.slice(2), labels.slice(2), 'QuadraticDiscriminantAnalysis: class "x" must have at least 2 rows, got 1.');
    await fails({ shrinkage: 'auto' }, flat, labels, "QuadraticDiscriminantAnalysis: shrinkage must be null with solver 'svd', which makes no covariance. Use solver 'eigen'.");
  });
});
