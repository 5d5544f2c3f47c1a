import { DenseMatrix, HistGradientBoostingRegressor, RandomState } from '../../src/index.ts';

/** So many that rows of a leaf are put next to each other after the first round. */
const ROWS = 50_000;
const random = new RandomState(0);
const X = new DenseMatrix(ROWS, 3, random.standardNormal(ROWS * 3));
const y = Float64Array.from({ length: ROWS }, (_, i) => Math.sin(3 * X.at(i, 0)) + X.at(i, 1) * X.at(i, 2));
const options = { maxLeafNodes: 8, maxIter: 21, workers: 1, earlyStopping: false };

test('trees are those that grow where rows stay, as they do with few rounds to go', async () => {
  const moved = await new HistGradientBoostingRegressor(options).fit(X, y);
  const byTwo = await new HistGradientBoostingRegressor({ ...options, workers: 2 }).fit(X, y);
  expect(byTwo.fitted.trees).toEqual(moved.fitted.trees);
  const half = await new HistGradientBoostingRegressor({ ...options, maxIter: 11 }).fit(X, y);
  const stayed = await half.with({ maxIter: 21, warmStart: true }).restore(half.fitted).fit(X, y);
  expect(moved.fitted.trees.threshold).toEqual(stayed.fitted.trees.threshold);
  expect(moved.fitted.trees.value).toBeAllClose(stayed.fitted.trees.value, { relative: 1e-9, absolute: 1e-12 });
});

test('scores of training rows are those of their own targets', async () => {
  const model = await new HistGradientBoostingRegressor({ ...options, earlyStopping: true, validationFraction: null, nIterNoChange: 50 }).fit(X, y);
  const predicted = await model.predict(X);
  const error = predicted.reduce((sum: number, value: number, i: number) => sum + (value - y[i]) ** 2 / 2, 0) / ROWS;
  expect(-(model.fitted.trainScore.at(-1) as number)).toBeCloseTo(error, 9);
});
