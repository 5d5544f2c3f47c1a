import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { BayesianGaussianMixture } from '../../src/mixture/bayesian-gaussian-mixture.ts';
import { GaussianMixture } from '../../src/mixture/gaussian-mixture.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('mixture');

test.each(cases.map((c) => [`${c.input.estimator} ${c.name}`, c] as const))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const Class = input.estimator === 'GaussianMixture' ? GaussianMixture : BayesianGaussianMixture;
  const X = DenseMatrix.from(input.X);
  const model = new Class(options);
  await model.fit(X);
  if (input.again) await model.fit(X);
  const close = { relative: tolerance, absolute: tolerance };
  const fitted = model.fitted as unknown as Record<string, any>;
  for (const [name, value] of Object.entries<any>(expected.fitted)) {
    if (typeof value === 'boolean' || name === 'iterations') expect([name, fitted[name]]).toEqual([name, value]);
    // An infinite bound is a word in the file.
    else if (typeof value === 'string') expect(String(fitted[name])).toBe(value);
    else if (Array.isArray(fitted[name])) for (const [k, one] of fitted[name].entries()) expect(one).toBeAllClose(value[k], close);
    else expect(fitted[name]).toBeAllClose(value, close);
  }
  expect(await model.predictProba(input.new)).toBeAllClose(expected.proba, close);
  expect(Array.from(await model.predict(input.new))).toEqual(expected.predicted);
  expect(await model.scoreSamples(input.new)).toBeAllClose(expected.scores, close);
  expect(await model.score(X)).toBeAllClose(expected.score, close);
  if (model instanceof GaussianMixture) {
    expect(await model.aic(X)).toBeAllClose(expected.aic, close);
    expect(await model.bic(X)).toBeAllClose(expected.bic, close);
  }
  const sampled = await model.sample(8);
  expect(Array.from(sampled.labels)).toEqual(expected.sampled.labels);
  if (expected.sampled.rows) expect(sampled.X).toBeAllClose(expected.sampled.rows, close);
});
