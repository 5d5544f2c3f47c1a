import { DataError, OptionError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { FactorAnalysis } from '../../src/decomposition/factor-analysis.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { multiply } from '../../src/matrix/multiply.ts';
import '../to-be-all-close.ts';

const random = new RandomState(8);
const loadings = DenseMatrix.from([[2, 2, 2, 0, 0, 0], [0, 0, 0, 1.5, 1.5, 1.5]]);
const n = 2000;
const hidden = new DenseMatrix(n, 2, random.standardNormal(2 * n));
const noise = random.normal(0, 0.5, 6 * n);
const X = new DenseMatrix(n, 6, multiply(hidden, loadings).data.map((value, p) => value + noise[p] + 3));

test('finds loadings and noise of rows made by the model, each factor by itself after varimax', async () => {
  const { components, noiseVariance, mean } = (await new FactorAnalysis({ nComponents: 2, rotation: 'varimax', tol: 1e-6 }).fit(X)).fitted;
  const sizes = components.toArray().map((row) => row.map(Math.abs));
  // A loading has a standard error of about 2/√2000.
  expect(sizes.sort((a, b) => b[0] - a[0])).toBeAllClose(loadings.toArray(), { absolute: 0.15, relative: 0 });
  expect(noiseVariance).toBeAllClose(new Float64Array(6).fill(0.25), { absolute: 0.05, relative: 0 });
  expect(mean).toBeAllClose(new Float64Array(6).fill(3), { absolute: 0.2, relative: 0 });
});

test('the likelihood never falls, and is what scoreSamples adds up to', async () => {
  const model = await new FactorAnalysis({ nComponents: 2, tol: 1e-10 }).fit(X);
  const { loglike, converged } = model.fitted;
  for (let round = 1; round < loglike.length; round++) expect(loglike[round]).toBeGreaterThanOrEqual(loglike[round - 1] - 1e-6);
  expect(converged).toBe(true);
  // At the optimum; the search stops a step before it.
  expect((await model.score(X)) * n).toBeCloseTo(loglike[loglike.length - 1], 4);
});

test('rotation changes loadings, but neither the covariance nor the likelihood', async () => {
  const plain = await new FactorAnalysis({ nComponents: 3 }).fit(X);
  for (const rotation of ['varimax', 'quartimax'] as const) {
    const turned = await new FactorAnalysis({ nComponents: 3, rotation }).fit(X);
    expect(await turned.getCovariance()).toBeAllClose(await plain.getCovariance(), { absolute: 1e-9, relative: 0 });
    expect(await turned.score(X)).toBeCloseTo(await plain.score(X), 9);
  }
});

test('precision and covariance are inverse to each other; both ways of decomposing agree', async () => {
  const model = await new FactorAnalysis({ nComponents: 2 }).fit(X);
  const identity = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_v, j) => Number(i === j)));
  expect(multiply(await model.getCovariance(), await model.getPrecision())).toBeAllClose(identity, { absolute: 1e-10, relative: 0 });
  const exact = await new FactorAnalysis({ nComponents: 2, svdMethod: 'lapack' }).fit(X);
  expect(await exact.getCovariance()).toBeAllClose(await model.getCovariance(), { absolute: 1e-3, relative: 0 });
});

test('refuses rows that do not vary, and noise of another number of columns', async () => {
  await expect(new FactorAnalysis().fit(X.take([1, 1]))).rejects.toThrow(new DataError('FactorAnalysis: X must vary in at least one column, all 6 are constant.'));
  await expect(new FactorAnalysis({ noiseVarianceInit: [1, 2] }).fit(X)).rejects.toThrow(
    new OptionError('FactorAnalysis: noiseVarianceInit must have one number for each of 6 columns, got 2.'),
  );
  expect(() => new FactorAnalysis({ noiseVarianceInit: [0] })).toThrow('FactorAnalysis: noiseVarianceInit must be numbers above 0, one a column, or null, got');
});
