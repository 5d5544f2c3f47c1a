import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { RidgeClassifier } from '../../src/linear/ridge-classifier.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { LogisticRegressionCV } from '../../src/model-selection/logistic-regression-cv.ts';
import { RidgeClassifierCV } from '../../src/model-selection/ridge-classifier-cv.ts';
import { StratifiedKFold } from '../../src/model-selection/stratified-k-fold.ts';
import { fixture } from '../fixture.ts';

const { cases } = fixture('linear-classifiers');
const estimators: Record<string, new (options: object) => any> = { RidgeClassifier, RidgeClassifierCV, LogisticRegressionCV };

test.each(cases.map((c) => [`${c.input.estimator}: ${c.name}`, c] as const))('%s', async (_title, { options, input, expected, tolerance }) => {
  const close = { relative: tolerance, absolute: tolerance };
  const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
  const sampleWeight = input.sampleWeight ?? undefined;
  const model = await new estimators[input.estimator](options).fit(X, input.y, { sampleWeight });
  for (const [name, value] of Object.entries(expected.fitted)) expect({ [name]: [model.fitted[name]].flat() }[name]).toBeAllClose(value, close);
  expect(await model.decisionFunction(X)).toBeAllClose(expected.decisions, { relative: 10 * tolerance, absolute: 10 * tolerance });
  expect(await model.predict(X)).toEqual(expected.predicted);
  if (expected.probabilities) expect(await model.predictProba(X)).toBeAllClose(expected.probabilities, close);
  if (expected.score !== undefined) expect(await model.score(X, input.y, { sampleWeight })).toBeCloseTo(expected.score, 5);
});

const X = DenseMatrix.from(Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i), (i * i) % 7]));
const y = Array.from({ length: 40 }, (_, i) => (Math.sin(i) + 0.3 * Math.cos(5 * i) > 0 ? 'up' : 'down'));

test('RidgeClassifier of two classes is a Ridge of −1 and 1', async () => {
  const model = await new RidgeClassifier({ alpha: 2 }).fit(X, y);
  const ridge = await new Ridge({ alpha: 2 }).fit(X, y.map((label) => (label === 'up' ? 1 : -1)));
  expect(model.fitted.coef.data).toEqual(ridge.fitted.coef);
  expect(model.fitted.intercept[0]).toBe(ridge.fitted.intercept);
  expect(model.fitted.solver).toBe('cholesky');
});

test('LogisticRegressionCV with one C is the LogisticRegression of that C, started from the mean of the folds', async () => {
  const cv = new StratifiedKFold({ nSplits: 3 }).split(X, y);
  const model = await new LogisticRegressionCV({ Cs: [0.7], cv, tol: 1e-10 }).fit(X, y);
  const one = await new LogisticRegression({ C: 0.7, tol: 1e-10 }).fit(X, y);
  // Both stop where the objective no longer falls by much, from different sides.
  expect(model.fitted.coef.data).toBeAllClose(one.fitted.coef.data, { absolute: 1e-6, relative: 0 });
  expect(model.fitted.candidates).toEqual([{ C: 0.7, l1Ratio: 0 }]);
  expect(model.fitted.scores.rows).toBe(3);
  // As if there were no cross-validation within it: labels of training rows only.
  expect(await model.score(X, y)).toBe(await one.score(X, y));
});

test('LogisticRegressionCV refuses folds that leave a class out', async () => {
  const sorted = y.slice().sort();
  const cv = [{ train: Int32Array.of(0, 1, 2), test: Int32Array.of(38, 39) }];
  await expect(new LogisticRegressionCV({ cv }).fit(X, sorted)).rejects.toThrow(
    'LogisticRegressionCV: every fold must have all classes to learn from, but cv[0].train has none of up. Use stratified or fewer folds.',
  );
});

test('RidgeClassifierCV is the RidgeClassifier of the penalty it chose, and judges two classes by their labels', async () => {
  const model = await new RidgeClassifierCV({ alphas: [0.5, 5, 50], scoring: 'accuracy', storeCvResults: true }).fit(X, y);
  const { alpha, bestScore, coef, cvResults } = model.fitted;
  expect(coef.data).toBeAllClose((await new RidgeClassifier({ alpha, solver: 'svd' }).fit(X, y)).fitted.coef.data, { relative: 1e-9 });
  const column = [0.5, 5, 50].indexOf(alpha);
  const hits = y.filter((label, i) => cvResults![0].at(i, column) > 0 === (label === 'up')).length;
  expect(bestScore).toBe(hits / y.length);
});

test('RidgeClassifierCV refuses what leaving one out cannot do', async () => {
  await expect(new RidgeClassifierCV({ alphas: [0, 1] }).fit(X, y)).rejects.toThrow('RidgeClassifierCV: alphas must be above 0 without cv, got 0.');
  await expect(new RidgeClassifierCV({ cv: 3, storeCvResults: true }).fit(X, y)).rejects.toThrow('RidgeClassifierCV: storeCvResults must be false with cv, got true.');
  await expect(new RidgeClassifierCV({ scoring: 'logLoss' }).fit(X, y)).rejects.toThrow('RidgeClassifierCV: logLoss needs predictProba');
});
