import { GaussianNB } from '../../src/bayes/gaussian-nb.ts';
import { MultinomialNB } from '../../src/bayes/multinomial-nb.ts';
import { SelfTrainingClassifier } from '../../src/ensemble/self-training-classifier.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { RidgeClassifier } from '../../src/linear/ridge-classifier.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { packModel, unpackModel } from '../../src/persistence/model-file.ts';
import { ColumnTransformer } from '../../src/pipeline/column-transformer.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { OneHotEncoder } from '../../src/preprocessing/one-hot-encoder.ts';
import { columns } from '../../src/table/columns.ts';
import { Table } from '../../src/table/table.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { fixture } from '../fixture.ts';

const { cases } = fixture('self-training');

test.each(cases.map((c) => [c.name, c] as const))('%s', async (_title, { options, input, expected: { proba, ...expected }, tolerance }) => {
  const model = await new SelfTrainingClassifier({ estimator: new GaussianNB(), ...options }).fit(input.X, input.y);
  expect(model.fitted).toMatchObject({ ...expected, labeledIter: Int32Array.from(expected.labeledIter) });
  expect(await model.predictProba(input.X)).toBeAllClose(proba, { relative: tolerance, absolute: tolerance });
});

test('rows given by a function are rows of X without a label, in matrices of both kinds', async () => {
  const { X, y } = cases[0].input as { X: number[][]; y: number[] };
  const [labelled, open] = [y.flatMap((label, i) => (label === -1 ? [] : [i])), y.flatMap((label, i) => (label === -1 ? [i] : []))];
  const whole = await new SelfTrainingClassifier({ estimator: new GaussianNB() }).fit(X.filter((_, i) => y[i] !== -1).concat(X.filter((_, i) => y[i] === -1)), [...labelled.map((i) => y[i]), ...open.map(() => null)]);
  for (const matrix of [DenseMatrix.from(X), X.map((row) => row)]) {
    const rowsOf = (rows: number[]): any => (matrix instanceof DenseMatrix ? matrix.take(rows) : rows.map((i) => matrix[i]));
    const model = await new SelfTrainingClassifier({ estimator: new GaussianNB(), unlabeled: () => rowsOf(open) }).fit(rowsOf(labelled), labelled.map((i) => y[i]));
    expect(model.fitted.transduction).toEqual(whole.fitted.transduction);
    expect(await model.predictProba(X)).toEqual(await whole.predictProba(X));
  }
  const counts = CsrMatrix.from([[2, 0], [0, 3], [1, 0]]);
  const sparse = await new SelfTrainingClassifier({ estimator: new MultinomialNB(), unlabeled: async () => counts.take([0, 1]) }).fit(counts, ['a', 'b', 'a']);
  expect(sparse.fitted.transduction).toEqual(['a', 'b', 'a', 'a', 'b']);
});

const texts = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? `sun sea ${i}` : `rain fog ${i}`));
const labels = texts.map((_, i) => (i % 2 === 0 ? 'warm' : 'cold'));

test('a pipeline learns words of rows without a label, in every fold, and is saved without them', async () => {
  const words = new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression()]]);
  const model = new SelfTrainingClassifier({ estimator: words, unlabeled: () => ['sun sea heat', 'rain fog frost'], threshold: 0.6 });
  const cv = await crossValidate(model, texts, labels, { cv: 3, scoring: ['accuracy', 'logLoss'], workers: 1 });
  expect(cv.folds.map(({ scores }) => scores.accuracy)).toEqual([1, 1, 1]);
  await model.fit(texts, labels);
  expect(await model.predict(['heat', 'frost'])).toEqual(['warm', 'cold']);
  const loaded = (await unpackModel(await packModel(model))) as unknown as typeof model;
  expect(await loaded.predictProba(texts)).toEqual(await model.predictProba(texts));
});

test('tables go below each other by name, with new categories and columns of which nothing is known', async () => {
  const table = Table.from({ sky: ['blue', 'grey', 'blue', 'grey'], wind: [1, 2, 1.5, 3], seen: [true, false, null, true] });
  const more = Table.from({ wind: [null, null], seen: [null, null], sky: ['blue', 'black'], other: ['x', 'y'] });
  const encoded = new ColumnTransformer({ transformers: [['sky', new OneHotEncoder({ handleUnknown: 'ignore' }), columns.text]] });
  const model = await new SelfTrainingClassifier({ estimator: new Pipeline([['encode', encoded], ['classify', new GaussianNB({ varSmoothing: 0.1 })]]), unlabeled: () => more }).fit(table, ['dry', 'wet', 'dry', 'wet']);
  expect(model.fitted.transduction.slice(0, 5)).toEqual(['dry', 'wet', 'dry', 'wet', 'dry']);
  const wrong = model.with({ unlabeled: () => more.with({ wind: ['a', 'b'] }) });
  await expect(wrong.fit(table, ['dry', 'wet', 'dry', 'wet'])).rejects.toThrow('SelfTrainingClassifier: column wind must be of one kind in all rows, got number and text. Read it alike.');
});

test('tells where every row has a label, and refuses what cannot be', async () => {
  const X = [[0, 1], [1, 0], [0, 2]];
  const make = (options = {}): SelfTrainingClassifier => new SelfTrainingClassifier({ estimator: new MultinomialNB(), ...options });
  expect((await make().fit(X, ['a', 'b', 'a'])).fitted.notes).toEqual(['SelfTrainingClassifier: every row has a label, there is nothing to learn from but these.']);
  await expect(make().fit(X, [null, -1, Number.NaN])).rejects.toThrow('SelfTrainingClassifier: y must have labels to begin with, got none.');
  await expect(make().fit(X, ['a', 'b', null], { sampleWeight: [1, 1, 1] })).rejects.toThrow('SelfTrainingClassifier: sampleWeight must be left out, rows that get their label here have no weight.');
  await expect(make({ estimator: new RidgeClassifier() }).fit(X, ['a', 'b', null])).rejects.toThrow('SelfTrainingClassifier: estimator must have predictProba, RidgeClassifier has none. Use another classifier.');
  await expect(make({ unlabeled: () => 'text' }).fit(X, ['a', 'b', null])).rejects.toThrow('SelfTrainingClassifier: unlabeled must give rows in the form of X');
});
