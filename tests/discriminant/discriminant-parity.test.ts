import type { CovarianceEstimator } from '../../src/covariance/covariance-estimator.ts';
import { EmpiricalCovariance } from '../../src/covariance/empirical-covariance.ts';
import { LedoitWolf } from '../../src/covariance/ledoit-wolf.ts';
import { OAS } from '../../src/covariance/oas.ts';
import { ShrunkCovariance } from '../../src/covariance/shrunk-covariance.ts';
import { LinearDiscriminantAnalysis } from '../../src/discriminant/linear-discriminant-analysis.ts';
import { QuadraticDiscriminantAnalysis } from '../../src/discriminant/quadratic-discriminant-analysis.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('discriminant');
const titled = (wanted: (name: string) => boolean): (readonly [string, FixtureCase])[] =>
  cases.filter((c) => wanted(c.input.estimator)).map((c) => [`${c.input.estimator} ${c.name}`, c]);
const estimators: Record<string, new (options: any) => any> = { LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis, EmpiricalCovariance, ShrunkCovariance, LedoitWolf, OAS };
const isDiscriminant = (name: string): boolean => name.endsWith('DiscriminantAnalysis');

function made({ input, options }: FixtureCase): any {
  const { covarianceEstimator: name, ...rest } = options;
  return new estimators[input.estimator](name === undefined ? rest : { ...rest, covarianceEstimator: new estimators[name]({}) });
}

test.each(titled(isDiscriminant))('%s as scikit-learn does', async (_, one) => {
  const { input, expected, tolerance } = one;
  const model = (await made(one).fit(input.X, input.y)) as LinearDiscriminantAnalysis | QuadraticDiscriminantAnalysis;
  const close = { relative: tolerance, absolute: tolerance };
  expect(await model.predict(input.new)).toEqual(expected.predicted);
  expect(await model.predictProba(input.new)).toBeAllClose(expected.proba, close);
  expect(await model.decisionFunction(input.new)).toBeAllClose(expected.decision, close);
  for (const name of ['means', 'priors', 'coef', 'intercept', 'covariance', 'xbar', 'explainedVarianceRatio', 'scalings'] as const) {
    const learned = (model.fitted as unknown as Record<string, any>)[name];
    if (name in expected && Array.isArray(learned)) for (const [k, part] of learned.entries()) expect(part).toBeAllClose(expected[name][k], close);
    else if (name in expected) expect(learned).toBeAllClose(expected[name], close);
  }
  if (!('transformed' in expected)) return;
  // LAPACK's signs are arbitrary, ours are not.
  const { data, rows, cols } = await (model as LinearDiscriminantAnalysis).transform(input.new);
  expect(new DenseMatrix(rows, cols, data.map(Math.abs))).toBeAllClose(expected.transformed, close);
});

test.each(titled((name) => !isDiscriminant(name)))('%s as scikit-learn does', async (_, one) => {
  const { input, expected, tolerance } = one;
  const model = (await made(one).fit(input.X)) as CovarianceEstimator<any, { shrinkage?: number }>;
  const close = { relative: tolerance, absolute: tolerance };
  expect(model.fitted.location).toBeAllClose(expected.location, close);
  expect(model.fitted.covariance).toBeAllClose(expected.covariance, close);
  expect(await model.getPrecision()).toBeAllClose(expected.precision, close);
  expect(model.fitted.precision === null).toBe(one.options.storePrecision === false);
  expect(await model.mahalanobis(input.new)).toBeAllClose(expected.mahalanobis, close);
  expect(await model.score(input.new)).toBeAllClose(expected.score, close);
  const identity = input.X[0].map((_v: number, i: number) => input.X[0].map((_w: number, j: number) => Number(i === j)));
  expect(model.errorNorm(identity)).toBeAllClose(expected.frobenius, close);
  expect(model.errorNorm(identity, { norm: 'spectral', scaling: false, squared: false })).toBeAllClose(expected.spectral, close);
  if ('shrinkage' in expected) expect(model.fitted.shrinkage).toBeAllClose(expected.shrinkage, close);
});
