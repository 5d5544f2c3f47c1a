import { RandomState } from '../../src/core/random-state.ts';
import { thisThread } from '../../src/core/this-thread.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';

const random = new RandomState(3);
// As many columns as make threads share the search for splits.
const X = new DenseMatrix(20_000, 18, random.standardNormal(360_000));
for (let i = 0; i < X.data.length; i += 31) X.data[i] = Number.NaN;
const lean = Array.from({ length: X.rows }, (_, i) => (X.at(i, 0) || 0.3) * (X.at(i, 1) || 1) + Math.sin(X.at(i, 2) || 0) + 0.5 * random.standardNormal());
const labels = { two: lean.map((v) => v > 0), three: lean.map((v) => (v > 0.5 ? 2 : v > -0.5 ? 1 : 0)) };

test.each([
  ['two', {}],
  ['three', {}],
  ['two', { maxFeatures: 0.5 }],
  ['two', { maxLeafNodes: 100, minSamplesLeaf: 1 }],
  ['two', { subsample: 0.7, colsampleByTree: 0.6, earlyStopping: true, nIterNoChange: 2 }],
] as const)('one, two and three threads learn the same, of %s classes with %j', async (target, options) => {
  const fit = (workers: number): Promise<HistGradientBoostingClassifier> =>
    new HistGradientBoostingClassifier({ maxIter: 2, ...options, workers }).fit(X, labels[target]);
  const { fitted } = await fit(1);
  // The first of two fits may end before its threads are there; the second has them from the start.
  for (const workers of [2, 2, 3, 3]) {
    expect((await fit(workers)).fitted).toEqual(fitted);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test.each([1, 2])('trees that compiled code grows are those that grow step by step, on %i threads', async (workers) => {
  const columns = Array.from({ length: X.cols }, (_, j) => j);
  const fit = async (options: object): Promise<object> => (await new HistGradientBoostingClassifier({ maxIter: 4, workers, ...options }).fit(X, labels.two)).fitted;
  // Columns that may all meet are no constraint, but compiled code knows of none.
  expect(await fit({ interactionCst: [columns] })).toEqual(await fit({}));
});

test.each([{}, { maxFeatures: 0.9 }])('helpers that come and go in the middle of a fit with %j change nothing', async (options) => {
  const fit = async (workers: number): Promise<object> => (await new HistGradientBoostingClassifier({ maxIter: 3, ...options, workers }).fit(X, labels.two)).fitted;
  const expected = await fit(1);
  let asked = 0;
  thisThread.isShareFree = () => ++asked % 3 === 0;
  try {
    expect(await fit(2)).toEqual(expected);
  } finally {
    thisThread.isShareFree = () => true;
  }
  expect(asked).toBeGreaterThan(3);
});
