import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { LinearRegression } from '../../src/linear/linear-regression.ts';
import { crossValidate } from '../../src/model-selection/cross-validate.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { OutlierClipper } from '../../src/preprocessing/outlier-clipper.ts';
import { OutlierDropper } from '../../src/preprocessing/outlier-dropper.ts';
import { RowFilter } from '../../src/preprocessing/row-filter.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { Table } from '../../src/table/table.ts';

// Row 5 lies far out, in X and in y.
const X = [[1], [2], [3], [4], [5], [500], [6], [7]];
const y = [2, 4, 6, 8, 10, -9999, 12, 14];
const inliers = [0, 1, 2, 3, 4, 6, 7];
const chosen = <T>(list: readonly T[]): T[] => inliers.map((i) => list[i]);

test('an outlier dropper keeps training rows within the limits, with their targets and weights', async () => {
  const dropper = new OutlierDropper();
  const rows = await dropper.fitResample(X, y, { sampleWeight: [1, 2, 3, 4, 5, 6, 7, 8] });
  expect(rows).toEqual({ X: chosen(X), y: chosen(y), sampleWeight: [1, 2, 3, 4, 5, 7, 8] });
  expect(Array.from(dropper.fitted.keptRows)).toEqual(inliers);
  expect(dropper.fitted.notes).toEqual(['OutlierDropper: 1 of 8 training rows is dropped.']);
});

test('rows to be predicted are never dropped', async () => {
  const dropper = await new OutlierDropper().fit(X, y);
  expect((await dropper.transform([[1e9], [3]])).toArray()).toEqual([[1e9], [3]]);
});

test('a pipeline fits the stages after a dropper on the rows it keeps, and predicts every row', async () => {
  const pipeline = new Pipeline([['drop', new OutlierDropper()], ['scale', new StandardScaler()], ['line', new LinearRegression()]]);
  await pipeline.fit(X, y);
  expect(pipeline.namedSteps.scale.fitted.nSamplesSeen).toBe(7);
  const predicted = await pipeline.predict(X);
  expect(predicted.length).toBe(8);
  expect(predicted[5]).toBeCloseTo(1000, 6);

  const alone = new Pipeline([['scale', new StandardScaler()], ['line', new LinearRegression()]]);
  await alone.fit(chosen(X), chosen(y));
  expect(Array.from(predicted)).toEqual(Array.from(await alone.predict(X)));
});

test('weights follow their rows to the last stage', async () => {
  const weights = [1, 2, 1, 2, 1, 50, 2, 1];
  const noisy = y.map((value, i) => value + (i % 3));
  const pipeline = new Pipeline([['drop', new OutlierDropper()], ['line', new LinearRegression()]]);
  await pipeline.fit(X, noisy, { sampleWeight: weights });
  const alone = await new LinearRegression().fit(chosen(X), chosen(noisy), { sampleWeight: chosen(weights) });
  expect(pipeline.namedSteps.line.fitted.coef).toEqual(alone.fitted.coef);
});

test('cross-validation drops training rows of each fold and scores every test row', async () => {
  const make = (): any => new Pipeline([['drop', new OutlierDropper()], ['scale', new StandardScaler()], ['line', new LinearRegression()]] as any);
  const cv = new KFold({ nSplits: 4 });
  const result = await crossValidate(make(), X, y, { cv, scoring: ['meanAbsoluteError'] });
  const expected: number[] = [];
  for (const { train, test } of cv.split(X)) {
    const model = make();
    await model.fit(Array.from(train, (i) => X[i]), Array.from(train, (i) => y[i]));
    const predicted = await model.predict(Array.from(test, (i) => X[i]));
    expected.push(Array.from(test, (i, at) => Math.abs(y[i] - predicted[at])).reduce((a, b) => a + b, 0) / test.length);
  }
  expect(result.folds.map((fold) => fold.scores.meanAbsoluteError)).toEqual(expected);
  // The fold that tests the outlier must meet it.
  expect(Math.max(...expected)).toBeGreaterThan(1000);
});

test('a filter drops rows by a condition on a table and its target', async () => {
  const table = Table.from({ area: [100, 5000, 200], kind: ['a', 'b', null] });
  const filter = new RowFilter({ keep: (row, price) => row.area < 4000 || price > 900, missing: 'drop' });
  expect((await filter.fitResample(table, [1, 2, 3])).y).toEqual([1]);
  expect((await filter.fitResample(table, [1, 999, 3])).X.toObjects()).toEqual([
    { area: 100, kind: 'a' },
    { area: 5000, kind: 'b' },
  ]);
  expect((await filter.transform(table)).rows).toBe(3);
});

test('a filter drops rows with missing values of a matrix', async () => {
  const filter = new RowFilter({ missing: 'drop' });
  const kept = await filter.fitResample(DenseMatrix.from([[1, Number.NaN], [2, 3]]), ['x', 'y']);
  expect(kept.X.toArray()).toEqual([[2, 3]]);
  expect(kept.y).toEqual(['y']);
});

test('dropping every row is refused', async () => {
  await expect(new RowFilter({ keep: () => false }).fit([[1], [2]])).rejects.toThrow('RowFilter: at least one of 2 rows must be kept, got none. Loosen the options.');
});

test('a clipper draws in what a dropper drops', async () => {
  const clipper = await new OutlierClipper().fit(X);
  const { lower, upper } = (await new OutlierDropper().fit(X)).fitted;
  expect([clipper.fitted.lower, clipper.fitted.upper]).toEqual([lower, upper]);
  expect((await clipper.transform(X)).toArray()).toEqual(X.map(([x]) => [Math.min(x, upper[0])]));
});
