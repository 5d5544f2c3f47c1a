import { IsolationForest } from '../../src/ensemble/isolation-forest.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { fixture } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('isolation-forest');
const matrix = (rows: (number | string)[][]): DenseMatrix => DenseMatrix.from(rows.map((row) => row.map(Number)));

test.each(cases.map((c) => [c.name, c] as const))('IsolationForest %s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const made = (rows: (number | string)[][]): DenseMatrix | CsrMatrix => (input.sparse ? CsrMatrix.fromDense(matrix(rows)) : matrix(rows));
  const sampleWeight = input.sampleWeight ?? undefined;
  let model = await new IsolationForest(options).fit(made(input.X), undefined, { sampleWeight });
  if (input.more) {
    model = model.with({ warmStart: true, nEstimators: options.nEstimators + input.more }).restore(model.fitted);
    await model.fit(made(input.X), undefined, { sampleWeight });
  }
  const close = { relative: tolerance, absolute: tolerance };
  expect(model.fitted.trees.map((tree) => tree.left.length)).toEqual(expected.nodes);
  expect(model.fitted.maxSamples).toBe(expected.maxSamples);
  expect(model.fitted.offset).toBeAllClose(expected.offset, close);
  expect(await model.scoreSamples(made(input.new))).toBeAllClose(expected.scores, close);
  expect(await model.decisionFunction(made(input.new))).toBeAllClose(expected.decision, close);
  expect(Array.from(await model.predict(made(input.new)))).toEqual(expected.predicted);
});

const random = new RandomState(2);
const X = new DenseMatrix(200, 2, random.standardNormal(400));

test('scores rows far away lowest', async () => {
  const model = await new IsolationForest().fit(X);
  const [inside, near, far] = await model.scoreSamples([[0, 0], [2.5, 2.5], [9, 9]]);
  expect(inside).toBeGreaterThan(near);
  expect(near).toBeGreaterThan(far);
  expect(Array.from(await model.predict([[0, 0], [9, 9]]))).toEqual([1, -1]);
});

test('takes the asked share of rows for outliers', async () => {
  const predicted = await new IsolationForest({ contamination: 0.1, nEstimators: 50 }).fitPredict(X);
  expect(predicted.filter((one) => one === -1)).toHaveLength(20);
});

test('does not depend on the units of columns', async () => {
  const scaled = new DenseMatrix(200, 2, X.data.map((value, p) => value * (p % 2 === 0 ? 1024 : 2 ** -10)));
  expect(await (await new IsolationForest().fit(scaled)).scoreSamples(scaled)).toEqual(await (await new IsolationForest().fit(X)).scoreSamples(X));
});

test('is judged in folds by labels of −1 and 1, and by its decision values', async () => {
  const rows = new DenseMatrix(200, 2, X.data.slice());
  const y = Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? -1 : 1));
  y.forEach((label, i) => label === -1 && rows.row(i).set(rows.row(i).map((value) => value + 6)));
  const { folds } = await crossValidate(new Pipeline([['scale', new StandardScaler()], ['forest', new IsolationForest({ contamination: 0.1, nEstimators: 30 })]]), rows, y, { cv: 3, scoring: ['accuracy', 'rocAuc'] });
  for (const { scores } of folds) {
    expect(scores.accuracy).toBeGreaterThan(0.9);
    expect(scores.rocAuc).toBeGreaterThan(0.95);
  }
});

test('says what it cannot do, and what it did otherwise', async () => {
  await expect(new IsolationForest({ maxFeatures: 3 }).fit(X)).rejects.toThrow('IsolationForest: maxFeatures must be at most the number of columns (2), got 3.');
  const model = await new IsolationForest({ maxSamples: 500, nEstimators: 2 }).fit(X);
  expect(model.fitted.notes).toEqual(['IsolationForest: maxSamples 500 is more than there are rows, each tree took all 200.']);
  await expect(model.with({ warmStart: true, nEstimators: 1 }).restore(model.fitted).fit(X)).rejects.toThrow('IsolationForest: nEstimators must be at least 2 for a warm start');
});
