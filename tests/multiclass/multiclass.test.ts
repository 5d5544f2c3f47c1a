import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Ridge } from '../../src/linear/ridge.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { GridSearch } from '../../src/model-selection/grid-search.ts';
import { ClassifierChain } from '../../src/multiclass/classifier-chain.ts';
import { MultiOutputClassifier } from '../../src/multiclass/multi-output-classifier.ts';
import { MultiOutputRegressor } from '../../src/multiclass/multi-output-regressor.ts';
import { OneVsOneClassifier } from '../../src/multiclass/one-vs-one-classifier.ts';
import { OneVsRestClassifier } from '../../src/multiclass/one-vs-rest-classifier.ts';
import { RegressorChain } from '../../src/multiclass/regressor-chain.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { LinearSVC } from '../../src/svm/linear-svc.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import '../to-be-all-close.ts';

const random = new RandomState(4);
const X = new DenseMatrix(60, 3, random.standardNormal(180));
const y = Array.from({ length: 60 }, (_, i) => (X.at(i, 0) > 0.5 ? 'red' : X.at(i, 1) > 0 ? 'green' : 'blue'));
const Y = Array.from({ length: 60 }, (_, i) => [Number(X.at(i, 0) > 0), Number(X.at(i, 0) + X.at(i, 2) > 0)]);

test('of two classes, one against the rest and one against one are the estimator itself', async () => {
  const two = y.map((label) => label === 'red');
  const alone = await new LogisticRegression().fit(X, two);
  const rest = await new OneVsRestClassifier({ estimator: new LogisticRegression() }).fit(X, two);
  const one = await new OneVsOneClassifier({ estimator: new LogisticRegression() }).fit(X, two);
  expect(rest.fitted.estimators).toHaveLength(1);
  expect(await rest.predict(X)).toEqual(await alone.predict(X));
  expect(await one.predict(X)).toEqual(await alone.predict(X));
  expect(await rest.predictProba(X)).toBeAllClose(await alone.predictProba(X), { absolute: 1e-12 });
});

test('one against the rest is searched as its estimator is, over pipelines from texts too', async () => {
  const texts = y.map((label, i) => `${label} thing ${i % 4}`);
  const estimator = new OneVsRestClassifier({ estimator: new Pipeline([['count', new CountVectorizer()], ['bayes', new MultinomialNB()]]) });
  const search = new GridSearch({ estimator, searchSpace: { estimator: { bayes: { alpha: [0.1, 1] } } }, cv: 3 });
  await search.fit(texts, y);
  expect(search.fitted.bestScore).toBe(1);
  const { folds } = await crossValidate(estimator, texts, y, { cv: 3, scoring: ['accuracy', 'logLoss'] });
  expect(folds.map(({ scores }) => scores.accuracy)).toEqual([1, 1, 1]);
});

test('MultiOutputClassifier is one classifier per column, whatever the labels', async () => {
  const mixed = y.map((label, i) => [label, Y[i][0] === 1]);
  const model = await new MultiOutputClassifier({ estimator: new LogisticRegression() }).fit(X, mixed);
  expect(model.fitted.classes).toEqual([['blue', 'green', 'red'], [false, true]]);
  const alone = await new LogisticRegression().fit(X, y);
  expect((await model.predict(X)).map(([label]) => label)).toEqual(await alone.predict(X));
});

test('a chain of one target is its model; a chain sees the labels before it', async () => {
  const first = Y.map(([label]) => [label]);
  const alone = await new LogisticRegression().fit(X, Y.map(([label]) => label));
  const one = await new ClassifierChain({ estimator: new LogisticRegression() }).fit(X, first);
  expect((await one.predictProba(X)).col(0)).toEqual((await alone.predictProba(X)).col(1));
  const chain = await new ClassifierChain({ estimator: new LogisticRegression(), order: [1, 0] }).fit(X, Y);
  expect(chain.fitted.estimators.map((model) => (model.fitted as { nFeaturesIn: number }).nFeaturesIn)).toEqual([3, 4]);
});

test('Y can be a matrix, and is not changed', async () => {
  const targets = DenseMatrix.from(Y);
  const model = await new MultiOutputRegressor({ estimator: new Ridge() }).fit(X, targets);
  expect(targets.toArray()).toEqual(Y);
  expect(await model.predict(X)).toBeAllClose(await (await new MultiOutputRegressor({ estimator: new Ridge() }).fit(X, Y)).predict(X), { absolute: 0 });
});

test('refuses targets that are flat, ragged, too few or no numbers, and estimators that cannot tell', async () => {
  const outputs = new MultiOutputClassifier({ estimator: new LogisticRegression() });
  await expect(outputs.fit(X, y as never)).rejects.toThrow(new ShapeError('MultiOutputClassifier: Y must hold a list of targets per row, row 0 has "' + y[0] + '". Use the estimator itself for one target.'));
  await expect(outputs.fit(X, Y.map((row, i) => (i === 7 ? [1] : row)))).rejects.toThrow('every row of Y must have 2 targets as row 0 has, row 7 has 1');
  await expect(outputs.fit(X, Y.slice(1))).rejects.toThrow('MultiOutputClassifier: X has 60 rows, but Y has 59.');
  await expect(outputs.fit(X, Y.map(() => [1, 0]))).rejects.toThrow('MultiOutputClassifier: column 0 of Y: LogisticRegression: y must have at least 2 classes');
  await expect(new RegressorChain({ estimator: new Ridge() }).fit(X, Y.map(() => ['a', 'b']))).rejects.toThrow(new DataError('RegressorChain: Y must hold finite numbers, row 0 column 0 has "a".'));
  await expect(new RegressorChain({ estimator: new Ridge(), order: [0, 0] }).fit(X, Y)).rejects.toThrow(new OptionError('RegressorChain: order must name each of the 2 columns of Y once, got [0, 0].'));
  await expect(new ClassifierChain({ estimator: new LinearSVC(), chainMethod: 'predictProba' }).fit(X, Y)).rejects.toThrow('estimator must have predictProba, LinearSVC has none');
  await expect(new OneVsRestClassifier({ estimator: new Ridge() }).fit(X, y)).rejects.toThrow('OneVsRestClassifier: estimator must have decisionFunction or predictProba, Ridge has neither. Use another classifier.');
  await expect(new OneVsOneClassifier({ estimator: new LogisticRegression() }).fit(X, y.map(() => 'red'))).rejects.toThrow('y must have at least 2 classes, got only "red"');
});
