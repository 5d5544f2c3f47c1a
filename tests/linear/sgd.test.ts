import { Perceptron } from '../../src/linear/perceptron.ts';
import { SGDClassifier } from '../../src/linear/sgd-classifier.ts';
import { SGDRegressor } from '../../src/linear/sgd-regressor.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { SGDClassifier, Perceptron, SGDRegressor };

/** numpy.array_split of 0 … n − 1. */
function split(n: number, parts: number): number[][] {
  const sizes = Array.from({ length: parts }, (_, k) => Math.floor(n / parts) + (k < n % parts ? 1 : 0));
  return sizes.map((size, k) => Array.from({ length: size }, (_, i) => sizes.slice(0, k).reduce((a, b) => a + b, 0) + i));
}

test.each(fixture('sgd').cases.map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
  const model = new estimators[input.estimator](options);
  if (input.warm) await model.fit(X, input.y);
  if (input.parts === null) await model.fit(X, input.y, { sampleWeight: input.sampleWeight ?? undefined });
  else {
    const classes = input.estimator !== 'SGDRegressor' ? { classes: [...new Set(input.y)] } : {};
    for (const rows of split(X.rows, input.parts)) await model.partialFit(X.take(rows), rows.map((i) => input.y[i]), classes);
  }
  expect([model.fitted.iterations, model.fitted.t]).toEqual([expected.iterations, expected.t]);
  expect(model.fitted.coef).toBeAllClose(expected.coef, close);
  expect([model.fitted.intercept]).toBeAllClose(expected.intercept, close);
  const predicted = await model.predict(X);
  if (input.estimator === 'SGDRegressor') expect(predicted).toBeAllClose(expected.predicted, { relative: tolerance, absolute: 10 * tolerance });
  else {
    expect(predicted).toEqual(expected.predicted);
    expect(await model.decisionFunction(X)).toBeAllClose(expected.decisions, { relative: tolerance, absolute: 10 * tolerance });
  }
  if (expected.probabilities) expect(await model.predictProba(X)).toBeAllClose(expected.probabilities, close);
});

const X = DenseMatrix.from(Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]));
const y = Array.from({ length: 30 }, (_, i) => 1 + 2 * Math.sin(i) - Math.cos(3 * i));
const labels = y.map((value) => value > 1);

test('probabilities exist for losses that have them only, and cross-validation finds out by itself', async () => {
  expect(new SGDClassifier().predictProba).toBeUndefined();
  const cv = await crossValidate(new SGDClassifier({ randomState: 1 }), X, labels, { cv: 3, scoring: ['accuracy', 'rocAuc'] });
  expect(cv.folds[0].scores.accuracy).toBeGreaterThan(0.7);
  const soft = await new SGDClassifier({ loss: 'modifiedHuber' }).fit(X, labels);
  const proba = await soft.predictProba!(X);
  for (let i = 0; i < 30; i++) expect(proba.at(i, 0) + proba.at(i, 1)).toBeCloseTo(1, 12);
});

test('the same seed gives the same model, another one another', async () => {
  const fit = async (randomState: number): Promise<Float64Array> => (await new SGDRegressor({ randomState, maxIter: 3, tol: null }).fit(X, y)).fitted.coef;
  expect(await fit(1)).toEqual(await fit(1));
  expect(await fit(1)).not.toEqual(await fit(2));
});

test('one pass by partialFit is a fit of one epoch; more passes go on', async () => {
  const whole = await new SGDRegressor({ maxIter: 1, tol: null }).fit(X, y);
  const parts = await new SGDRegressor().partialFit(X, y);
  expect(parts.fitted.coef).toEqual(whole.fitted.coef);
  const first = parts.fitted.coef.slice();
  await parts.partialFit(X, y);
  expect(parts.fitted.t).toBe(61);
  expect(parts.fitted.coef).not.toEqual(first);
  expect(whole.fitted.converged).toBe(true);
  expect((await new SGDRegressor({ maxIter: 2 }).fit(X, y)).fitted.converged).toBe(false);
});

test('refuses what it cannot use', async () => {
  await expect(new SGDClassifier({ alpha: 0 }).fit(X, labels)).rejects.toThrow("SGDClassifier: alpha must be above 0 with learningRate 'optimal', got 0");
  await expect(new SGDClassifier().partialFit(X, labels)).rejects.toThrow('SGDClassifier: the first partialFit must be told all classes');
  await expect(new SGDClassifier({ classWeight: 'balanced' }).partialFit(X, labels, { classes: [true, false] })).rejects.toThrow("classWeight must not be 'balanced'");
  const model = await new SGDClassifier().partialFit(X, labels, { classes: [true, false] });
  await expect(model.partialFit(X.takeCols([0]), labels)).rejects.toThrow('SGDClassifier: X has 1 columns, but 2 were seen in fit');
  await expect(model.partialFit(X, y.map(() => 'maybe'))).rejects.toThrow('SGDClassifier: labels must be among false, true');
  await expect(model.partialFit(X, labels, { classes: [true, false, 'maybe'] as never })).rejects.toThrow('SGDClassifier: labels must be of one type');
  await expect(model.partialFit(X, undefined as never)).rejects.toThrow('SGDClassifier: y must be given, got undefined. Pass one label per row.');
  const three = await new Perceptron().partialFit(X, labels.map(String), { classes: ['true', 'false', 'maybe'] });
  await expect(three.partialFit(X, labels.map(String), { classes: ['false', 'true'] })).rejects.toThrow('Perceptron: classes must stay "false", "maybe", "true", got "false", "true".');
  await three.partialFit(X, labels.map(String), { classes: ['maybe', 'false', 'true'] });
  const regressor = await new SGDRegressor().partialFit(X, y);
  await expect(regressor.partialFit(X.takeCols([0]), y)).rejects.toThrow('SGDRegressor: X has 1 columns, but 2 were seen in fit');
  const huge = DenseMatrix.from(X.toArray().map((row) => row.map((value) => 1e200 * value)));
  await expect(new SGDRegressor().fit(huge, y)).rejects.toThrow('SGDRegressor: coefficients must stay finite, but overflowed in epoch 1');
});

test('a perceptron parts what a plane can part, and knows no probabilities', async () => {
  const apart = DenseMatrix.from(Array.from({ length: 20 }, (_, i) => [i % 2 ? 1 + (i % 5) : -1 - (i % 3), (i * 7) % 4]));
  const sides = Array.from({ length: 20 }, (_, i) => (i % 2 ? 'right' : 'left'));
  const model = await new Perceptron().fit(apart, sides);
  expect(await model.predict(apart)).toEqual(sides);
  expect('predictProba' in model).toBe(false);
  expect(model.fitted.converged).toBe(true);
});
