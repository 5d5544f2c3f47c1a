import fc from 'fast-check';
import { EmpiricalCovariance } from '../../src/covariance/empirical-covariance.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { BayesianGaussianMixture } from '../../src/mixture/bayesian-gaussian-mixture.ts';
import { GaussianMixture } from '../../src/mixture/gaussian-mixture.ts';
import type { CovarianceType } from '../../src/mixture/spread.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import '../to-be-all-close.ts';

const types: readonly CovarianceType[] = ['full', 'tied', 'diag', 'spherical'];
const centres = [[0, 0], [9, 0], [0, 9]];
const random = new RandomState(6);
const X = DenseMatrix.from(Array.from({ length: 150 }, (_, i) => centres[i % 3].map((c) => c + random.standardNormal())));

describe('GaussianMixture', () => {
  test.each(types)('never lowers the likelihood from round to round, %s', async (covarianceType) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 4 }), async (seed, nComponents) => {
        const rows = new DenseMatrix(40, 2, new RandomState(seed).standardNormal(80));
        const { lowerBounds } = (await new GaussianMixture({ nComponents, covarianceType, initParams: 'random', tol: 0, maxIter: 15, regCovar: 0, randomState: seed }).fit(rows)).fitted;
        for (let i = 1; i < lowerBounds.length; i++) expect(lowerBounds[i]).toBeGreaterThanOrEqual(lowerBounds[i - 1] - 1e-9);
      }),
      { seed: 3, numRuns: 12 },
    );
  });

  test.each(types)('finds clusters that lie apart, whatever the covariances, %s', async (covarianceType) => {
    const labels = await new GaussianMixture({ nComponents: 3, covarianceType }).fitPredict(X);
    for (let i = 3; i < 150; i++) expect(labels[i]).toBe(labels[i % 3]);
    expect(new Set(labels).size).toBe(3);
  });

  test('of one component is the normal distribution of X', async () => {
    const one = await new GaussianMixture({ regCovar: 0 }).fit(X);
    const plain = await new EmpiricalCovariance().fit(X);
    expect((one.fitted.covariances as DenseMatrix[])[0]).toBeAllClose(plain.fitted.covariance, { relative: 1e-12 });
    expect(await one.score(X)).toBeCloseTo(await plain.score(X), 10);
  });

  test('keeps its digits where means are large', async () => {
    const shift = 2 ** 24;
    const far = new DenseMatrix(150, 2, X.data.map((value) => Math.round(value * 64) / 64));
    for (const covarianceType of types) {
      const near = await new GaussianMixture({ nComponents: 3, covarianceType }).fit(far);
      const away = await new GaussianMixture({ nComponents: 3, covarianceType }).fit(new DenseMatrix(150, 2, far.data.map((value) => value + shift)));
      expect(away.fitted.lowerBound).toBeCloseTo(near.fitted.lowerBound, 6);
    }
  });

  test('tells by its criteria how many components there are', async () => {
    const criteria: number[] = [];
    for (const nComponents of [1, 2, 3, 4]) criteria.push(await (await new GaussianMixture({ nComponents, covarianceType: 'spherical' }).fit(X)).bic(X));
    expect(criteria.indexOf(Math.min(...criteria))).toBe(2);
  });

  test.each(types)('draws rows as they are, %s', async (covarianceType) => {
    const model = await new GaussianMixture({ nComponents: 3, covarianceType, randomState: 8 }).fit(X);
    const { X: drawn, labels } = await model.sample(3000);
    expect((await new GaussianMixture({ nComponents: 3, covarianceType }).fit(drawn)).fitted.lowerBound).toBeCloseTo(await model.score(drawn), 1);
    const found = await model.predict(drawn);
    expect(found.filter((label, i) => label === labels[i]).length).toBeGreaterThan(2950);
    expect((await model.sample(3000)).X.data).toEqual(drawn.data);
  });

  test('goes on from a fit before, and says when it cannot', async () => {
    const short = await new GaussianMixture({ nComponents: 3, initParams: 'random', maxIter: 3 }).fit(X);
    const more = await short.with({ warmStart: true, maxIter: 100 }).restore(short.fitted).fit(X);
    expect(more.fitted.lowerBound).toBeGreaterThan(short.fitted.lowerBound);
    const other = short.with({ warmStart: true, nComponents: 2 }).restore(short.fitted);
    await expect(other.fit(X)).rejects.toThrow('GaussianMixture: nComponents must be 3 as in the fit before, got 2. A warm start needs the same; fit a clone instead.');
    const tied = short.with({ warmStart: true, covarianceType: 'tied' }).restore(short.fitted);
    await expect(tied.fit(X)).rejects.toThrow("GaussianMixture: covarianceType must be 'full' as in the fit before, got 'tied'.");
    await expect(more.fit(X.takeCols([0]))).rejects.toThrow('GaussianMixture: X has 1 columns, but the fit before saw 2.');
  });

  test('is the last stage of a pipeline', async () => {
    const pipeline = new Pipeline([['scale', new StandardScaler()], ['mixture', new GaussianMixture({ nComponents: 3 })]]);
    await pipeline.fit(X);
    expect((await pipeline.predictProba(X)).cols).toBe(3);
  });

  test('says what it cannot do', async () => {
    const fails = (options: object, message: string, rows: any = X): Promise<void> => expect(new GaussianMixture(options).fit(rows)).rejects.toThrow(message);
    await fails({ nComponents: 3 }, 'GaussianMixture: X must have at least one row per component (3), got 2. Use fewer components.', [[1], [2]]);
    await fails({}, 'GaussianMixture: X must have at least 2 rows, got 1.', [[1]]);
    await fails({}, 'GaussianMixture: X must be dense, got a sparse matrix.', CsrMatrix.fromDense(X));
    await fails({ nComponents: 2, regCovar: 0 }, 'GaussianMixture: each component must have rows that vary along every axis, those of some do not. Use fewer components, raise regCovar, or scale X.', [[0, 0], [1, 1], [2, 2]]);
    await fails({ nComponents: 2, weightsInit: [1] }, 'GaussianMixture: weightsInit must have one value per component (2), got 1.');
    await fails({ nComponents: 2, meansInit: [[1, 2]] }, 'GaussianMixture: meansInit must be 2 × 2, got 1 × 2.');
    await fails({ covarianceType: 'tied', precisionsInit: [[1, 2], [0, 1]] }, "GaussianMixture: precisionsInit must be a symmetric positive definite matrix of 2 × 2 with covarianceType 'tied'.");
    await fails({ covarianceType: 'spherical', precisionsInit: [-1] }, "GaussianMixture: precisionsInit must be 1 numbers above 0 with covarianceType 'spherical'.");
    const model = await new GaussianMixture().fit(X);
    await expect(model.sample(0)).rejects.toThrow('GaussianMixture: sample must be told a whole number of at least 1, got 0.');
  });
});

describe('BayesianGaussianMixture', () => {
  test('leaves components empty that the rows do not speak for', async () => {
    const { weights } = (await new BayesianGaussianMixture({ nComponents: 6, weightConcentrationPrior: 1e-3, maxIter: 500 }).fit(X)).fitted;
    expect(weights.filter((weight) => weight > 0.01)).toHaveLength(3);
  });

  test('says which priors do not fit', async () => {
    const fails = (options: object, message: string): Promise<void> => expect(new BayesianGaussianMixture(options).fit(X)).rejects.toThrow(message);
    await fails({ meanPrior: [1] }, 'BayesianGaussianMixture: meanPrior must have one value per column (2), got 1.');
    await fails({ degreesOfFreedomPrior: 1 }, 'BayesianGaussianMixture: degreesOfFreedomPrior must be above 1 for 2 columns, got 1.');
    await fails({ covariancePrior: 1 }, "BayesianGaussianMixture: covariancePrior must be a symmetric positive definite matrix of 2 × 2 with covarianceType 'full'.");
    await fails({ covarianceType: 'diag', covariancePrior: [1, -1] }, "BayesianGaussianMixture: covariancePrior must be 2 numbers above 0 with covarianceType 'diag'.");
    await fails({ covarianceType: 'spherical', covariancePrior: [1] }, "BayesianGaussianMixture: covariancePrior must be a number above 0 with covarianceType 'spherical'.");
  });
});
