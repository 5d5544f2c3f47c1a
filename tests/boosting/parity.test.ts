import { RandomState } from '../../src/core/random-state.ts';
import { withArena } from '../../src/kernels/arena.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { binEdges } from '../../src/boosting/bin-edges.ts';
import { blockReader } from '../../src/boosting/block-reader.ts';
import { readFeatures } from '../../src/boosting/features.ts';
import { HistGradientBoostingClassifier } from '../../src/boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../src/boosting/hist-gradient-boosting-regressor.ts';
import { SharedWork } from '../../src/boosting/shared-work.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import { dataSets } from './data-sets.ts';

const { cases } = fixture('boosting');
const estimators: Record<string, new (options: any) => any> = { HistGradientBoostingClassifier, HistGradientBoostingRegressor };
const ofKind = (kind: string): [string, FixtureCase][] => cases.filter(({ input }) => input.kind === kind).map((one) => [one.name, one]);

const predictions = async (model: any, X: DenseMatrix): Promise<unknown> => (model instanceof HistGradientBoostingClassifier ? model.predictProba(X) : model.predict(X));

test.each(ofKind('predictions'))('%s', async (_, { input, options, expected, tolerance }) => {
  const { X, new: fresh, weights, two, three } = dataSets[input.data];
  const model = new estimators[input.estimator](options);
  const y = input.target === 'two' ? two : input.target === 'three' ? three : input.y;
  await model.fit(X, y, input.weighted ? { sampleWeight: weights } : {});
  const close = { relative: tolerance, absolute: tolerance };
  const { starts, left } = model.fitted.trees;
  const leaves = Array.from({ length: starts.length - 1 }, (__, t) => left.subarray(starts[t], starts[t + 1]).filter((child: number) => child < 0).length);
  expect(leaves).toEqual(expected.leaves.flat());
  expect(await predictions(model, X)).toBeAllClose(expected.trained, close);
  expect(await predictions(model, fresh)).toBeAllClose(expected.new, close);
});

function edgesOf(X: DenseMatrix, maxBins: number, weights: Float64Array | undefined, seed: number): Float64Array[] {
  const plan = Array.from({ length: X.cols }, (_, column) => ({ column, categories: null }));
  const read = blockReader('test', readFeatures('test', X), plan);
  return withArena((arena) => binEdges(arena, new SharedWork(arena, undefined), plan, read, null, X.rows, weights, maxBins, new RandomState(seed)));
}

test.each(ofKind('edges'))('%s', (_, { input, options, expected }) => {
  const { X, weights } = dataSets[input.data];
  expect(edgesOf(X, options.maxBins, input.weighted ? Float64Array.from(weights) : undefined, 0)).toBeAllClose(expected, { relative: 0, absolute: 0 });
});

test.each(ofKind('drawnEdges'))('%s', (_, { options, expected }) => {
  const X = new DenseMatrix(250_000, 2);
  for (let i = 0; i < X.rows; i++) X.data.set([(i * 7919) % 250_007, Math.sqrt(i)], 2 * i);
  const seed = new RandomState(0).randint(2 ** 32 - 1);
  expect(edgesOf(X, options.maxBins, undefined, seed)).toBeAllClose(expected, { relative: 0, absolute: 0 });
});

test.each(ofKind('stopping'))('%s', async (_, { input, options, expected, tolerance }) => {
  const { X, new: fresh, ...targets } = dataSets[input.data];
  const model = new estimators[input.estimator](options);
  await model.fit(X, targets[input.target as 'y']);
  const close = { relative: tolerance, absolute: tolerance };
  const { nIter, validationScore, trainScore } = model.fitted;
  expect(validationScore).toBeAllClose(expected.validationScore, close);
  // scikit-learn scores a part of larger training sets; these are small.
  expect(trainScore).toBeAllClose(expected.trainScore, close);
  expect(nIter).toBe(expected.best);
  expect(await predictions(model, fresh)).toBeAllClose(expected.new, close);
});
