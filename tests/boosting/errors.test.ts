import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../src/boosting/hist-gradient-boosting-regressor.ts';
import { fitTrees, type FitPlan } from '../../src/boosting/fit-trees.ts';
import { squaredError } from '../../src/boosting/loss.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { Table } from '../../src/table/table.ts';

const X = DenseMatrix.from(Array.from({ length: 30 }, (_, i) => [i, i % 3, (7 * i) % 5]));
const y = Array.from({ length: 30 }, (_, i) => i / 3 + (i % 3));
const flags = y.map((v) => v > 5);
const table = Table.from({ colour: Array.from({ length: 30 }, (_, i) => ['red', 'blue', null][i % 3]), size: Array.from(X.col(0)) });
const R = 'HistGradientBoostingRegressor';
const C = 'HistGradientBoostingClassifier';
const regressor = (options = {}): HistGradientBoostingRegressor => new HistGradientBoostingRegressor({ minSamplesLeaf: 2, maxIter: 5, ...options });
const classifier = (options = {}): HistGradientBoostingClassifier => new HistGradientBoostingClassifier({ minSamplesLeaf: 2, maxIter: 5, ...options });

test.each([
  ['an infinite value of a Table', () => regressor().fit(Table.from({ a: [1, Infinity, 2] }), [1, 2, 3]), `${R}: X must hold finite numbers, row 1 column "a" has Infinity. Clip or drop it first.`],
  ['one class', () => classifier().fit(X, y.map(() => 'a')), `${C}: y must have at least 2 classes, got only "a".`],
  ['weights of zero', () => regressor().fit(X, y, { sampleWeight: y.map(() => 0) }), `${R}: sampleWeight must not be zero in every row.`],
  [
    'more than 255 categories',
    () => regressor().fit(Table.from({ name: Array.from({ length: 300 }, (_, i) => `n${i}`) }), Array.from({ length: 300 }, (_, i) => i)),
    `${R}: column "name" must have at most 255 categories (maxBins), got 300. Group rare ones (RareCategoryGrouper), encode it (TargetEncoder), or drop it.`,
  ],
  ['a quantile left out', () => regressor({ loss: 'quantile' }).fit(X, y), `${R}: quantile must be a number in [0, 1] for loss 'quantile', got null.`],
  ['negative counts', () => regressor({ loss: 'poisson' }).fit(X, y.map((v) => v - 1)), `${R}: y must be at least 0 for loss "poisson", row 0 has -1.`],
  ['counts of zero alone', () => regressor({ loss: 'poisson' }).fit(X, y.map(() => 0)), `${R}: y must be above 0 in some row for loss 'poisson', got only zeros.`],
  ['zero for gamma', () => regressor({ loss: 'gamma' }).fit(X, y), `${R}: y must be above 0 for loss "gamma", row 0 has 0.`],
  ['a column that is not there', () => regressor({ categoricalFeatures: ['shape'] }).fit(table, y), `${R}: categoricalFeatures must name columns of X ("colour", "size"), got "shape".`],
  ['flags for other columns', () => regressor({ categoricalFeatures: [true] }).fit(X, y), `${R}: categoricalFeatures must have one flag per column (3), got 1.`],
  ['a direction of categories', () => regressor({ monotonicCst: { colour: 1 } }).fit(table, y), `${R}: monotonicCst must be 0 for column "colour", which holds categories, got 1.`],
  ['directions for other columns', () => regressor({ monotonicCst: [1] }).fit(X, y), `${R}: monotonicCst must have one direction per column (3), got 1.`],
  ['directions of three classes', () => classifier({ monotonicCst: [1, 0, 0] }).fit(X, y.map((_, i) => i % 3)), `${C}: monotonicCst must be null for more than two classes, of which there are 3.`],
  ['an interaction of a column that is not there', () => regressor({ interactionCst: [[0, 3]] }).fit(X, y), `${R}: interactionCst must name column numbers from 0 to 2, got 3.`],
  [
    'validation rows without early stopping',
    () => regressor({ earlyStopping: false }).fit(X, y, { validation: { X, y } }),
    `${R}: earlyStopping must not be false where validation rows are given.`,
  ],
  ['validation labels that fit has not seen', () => classifier().fit(X, flags, { validation: { X, y: flags.map(() => 'maybe') } }), `${C}: labels must be among false, true, got "maybe".`],
  [
    'too few rows to set aside',
    () => classifier({ earlyStopping: true }).fit(X.take([0, 1, 29]), [false, false, true]),
    `${C}: 0.1 of 3 rows cannot be set aside for early stopping. Set earlyStopping: false, or give validation rows.`,
  ],
  [
    'a score that the validation rows do not define',
    () => classifier({ scoring: 'rocAuc' }).fit(X, flags, { validation: { X: X.take([0, 1, 2]), y: [false, false, false] } }),
    `${C}: scoring "rocAuc" must be defined on the 3 validation rows that early stopping watches, got NaN after round 1. Watch rows that it is defined on (of every class, say), or another score, such as scoring: 'loss'.`,
  ],
  [
    'a score that the training rows do not define',
    () => regressor({ scoring: 'r2', earlyStopping: true, validationFraction: null }).fit(X.take([3]), [1]),
    `${R}: scoring "r2" must be defined on the 1 training row that early stopping watches, got NaN after round 1. Watch rows that it is defined on (of every class, say), or another score, such as scoring: 'loss'.`,
  ],
  ['text where there were numbers', async () => (await regressor().fit(table.select(['size']), y)).predict(Table.from({ size: ['big'] })), `${R}: column "size" must hold numbers as in fit, or be among categoricalFeatures; row 0 has "big".`],
  ['a Table without a column', async () => (await regressor().fit(table, y)).predict(Table.from({ color: ['red'], size: [1] })), `${R}: X must have column "colour" as in fit, got color, size. Is it "color"?`],
  ['a Matrix after a Table', async () => (await regressor().fit(table, y)).predict(X.takeCols([0, 1])), `${R}: X must be a Table with the columns of fit (colour, size), got a Matrix.`],
  ['leaves beyond double precision', () => regressor({ learningRate: 1e308 }).fit(X, y.map((v) => v * 1e3)), `${R}: predictions must stay finite, but they left double precision. Lower learningRate.`],
  ['derivatives beyond single precision', () => regressor().fit(X, y.map((v) => v * 1e60)), `${R}: the loss's derivatives must stay finite, but they left single precision. Scale y, or lower learningRate.`],
])('refuses %s', async (_, work, message) => {
  await expect(work()).rejects.toThrow(message);
});

test('refuses more rows than 4 GiB hold, with the arithmetic, before it reads any', () => {
  const plan = Array.from({ length: 28 }, (_, column) => ({ column, categories: null }));
  const read = (): never => {
    throw new Error('read');
  };
  const task = (rows: number): FitPlan => ({
    owner: R,
    plan,
    train: { read, rows: null, y: { length: rows } as Float64Array, weights: undefined },
    validation: undefined,
    loss: squaredError(),
    limits: { maxLeaves: 31, maxDepth: Infinity, minSamplesLeaf: 20, l2: 0, learningRate: 0.1, maxFeatures: 1 },
    maxIter: 1,
    maxBins: 255,
    subsample: 1,
    colsampleByTree: 1,
    threads: 1,
    directions: new Int8Array(28),
    groups: null,
    seeds: [0, 0],
    before: undefined,
    afterRound: null,
  });
  expect(() => fitTrees(task(60_000_000))).toThrow(
    `${R}: bins and gradients must fit 4 GiB, but 60000000 rows × 102 bytes (32 + 28 of bins, the rest gradients) + 0.0 GiB for histograms and the sample make 5.7 GiB. Fit on fewer rows or columns, or lower maxLeafNodes.`,
  );
  expect(() => fitTrees(task(10_000_000))).not.toThrow('4 GiB');
});

test('one row, constant columns and columns without any value give the mean', async () => {
  expect(await (await regressor().fit(DenseMatrix.from([[1, 2]]), [7])).predict([[5, 5]])).toEqual(Float64Array.of(7));
  const same = DenseMatrix.from(y.map(() => [4, Number.NaN]));
  const model = await regressor().fit(same, y);
  const mean = y.reduce((a, b) => a + b, 0) / y.length;
  expect(await model.predict([[9, 9], [Number.NaN, Number.NaN]])).toBeAllClose([mean, mean], { relative: 1e-12 });
  expect([...model.fitted.featureImportances]).toEqual([0, 0]);
});

test('a tree without a split has the median of all rows, of the absolute error', async () => {
  const squares = Array.from({ length: 101 }, (_, i) => i * i);
  const model = await regressor({ loss: 'absoluteError' }).fit(DenseMatrix.from(squares.map(() => [1])), squares);
  expect(await model.predict([[1]])).toEqual(Float64Array.of(2500));
});

test('a category that fit has not seen goes where missing values go', async () => {
  const model = await regressor().fit(table, y.map((v, i) => (i % 3 === 2 ? v + 50 : v)));
  const [unseen, missing, red] = await model.predict(Table.from({ colour: ['green', null, 'red'], size: [10, 10, 10] }));
  expect(unseen).toBe(missing);
  expect(missing).toBeGreaterThan(red + 10);
});

test('warm start goes on where fitting stopped', async () => {
  const whole = await regressor({ maxIter: 8 }).fit(X, y);
  const half = await regressor({ maxIter: 3 }).fit(X, y);
  const rest = await half.with({ maxIter: 8, warmStart: true }).restore(half.fitted).fit(X, y);
  expect(rest.fitted.nIter).toBe(8);
  expect(rest.fitted.trees.starts.length).toBe(9);
  expect(await rest.predict(X)).toBeAllClose(await whole.predict(X), { absolute: 1e-9 });
  await expect(half.with({ maxIter: 2, warmStart: true }).restore(half.fitted).fit(X, y)).rejects.toThrow(`${R}: maxIter must be at least the 3 rounds of the fit before, got 2.`);
});

test('staged predictions end with the prediction', async () => {
  const model = await classifier({ maxIter: 4 }).fit(X, y.map((_, i) => ['a', 'b', 'c'][i % 3]));
  const stages: DenseMatrix[] = [];
  for await (const proba of model.stagedPredictProba(X)) stages.push(proba);
  expect(stages).toHaveLength(4);
  expect(stages[3]).toBeAllClose(await model.predictProba(X), { absolute: 1e-12 });
  let last: unknown;
  for await (const labels of model.stagedPredict(X)) last = labels;
  expect(last).toEqual(await model.predict(X));
});

test('given validation rows decide how many rounds are kept', async () => {
  const noisy = y.map((v, i) => v + (i % 2 ? 3 : -3));
  const model = await regressor({ maxIter: 40, minSamplesLeaf: 1, learningRate: 0.5, nIterNoChange: 3 }).fit(X, noisy, { validation: { X, y } });
  const { validationScore, nIter, trees, didEarlyStopping } = model.fitted;
  expect(didEarlyStopping).toBe(true);
  expect(validationScore[nIter]).toBe(Math.max(...validationScore));
  expect(trees.starts.length - 1).toBe(nIter);
  expect(nIter).toBeLessThan(40);
});
