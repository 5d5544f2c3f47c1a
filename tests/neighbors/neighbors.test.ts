import fc from 'fast-check';
import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { canPredict, isClassifier } from '../../src/model-selection/model.ts';
import { KNeighborsClassifier } from '../../src/neighbors/k-neighbors-classifier.ts';
import { KNeighborsRegressor } from '../../src/neighbors/k-neighbors-regressor.ts';
import { NearestCentroid } from '../../src/neighbors/nearest-centroid.ts';
import { NearestNeighbors, type NearestNeighborsOptions } from '../../src/neighbors/nearest-neighbors.ts';

/** The distance by definition. */
function distance(a: number[], b: number[], { metric = 'minkowski', p = 2 }: NearestNeighborsOptions): number {
  const gaps = a.map((v, j) => Math.abs(v - b[j]));
  if (metric === 'cosine') {
    const dot = (x: number[], y: number[]): number => x.reduce((sum, v, j) => sum + v * y[j], 0);
    const lengths = Math.sqrt(dot(a, a) * dot(b, b));
    return lengths === 0 ? 1 : 1 - dot(a, b) / lengths;
  }
  const power = metric === 'manhattan' ? 1 : p;
  return power === Infinity ? Math.max(...gaps) : gaps.reduce((sum, gap) => sum + gap ** power, 0) ** (1 / power);
}

/** The k nearest by sorting all; the lower row number first among distances that are equal but for rounding. */
function naive(X: number[][], query: number[], k: number, options: NearestNeighborsOptions, skip = -1): [number, number][] {
  const all = X.map((row, i): [number, number] => [distance(query, row, options), i]).filter(([, i]) => i !== skip);
  return all.sort((a, b) => (Math.abs(a[0] - b[0]) < 1e-12 ? a[1] - b[1] : a[0] - b[0])).slice(0, k);
}

const metrics: readonly [string, NearestNeighborsOptions][] = [
  ['euclidean', {}],
  ['manhattan', { metric: 'manhattan' }],
  ['minkowski, p = 3', { p: 3 }],
  ['chebyshev', { p: Infinity }],
];
const searches: readonly [string, (X: DenseMatrix) => Matrix, NearestNeighborsOptions][] = [
  ['brute force', (X) => X, { algorithm: 'brute' }],
  ['a tree', (X) => X, { algorithm: 'kdTree' }],
  ['a tree of small leaves', (X) => X, { algorithm: 'ballTree', leafSize: 1 }],
  ['sparse rows', (X) => CsrMatrix.fromDense(X), {}],
];

/** Whole numbers, so that there are many ties, and equal rows. */
const grid = fc
  .record({ rows: fc.integer({ min: 6, max: 60 }), cols: fc.integer({ min: 1, max: 5 }), k: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, cols, k }) =>
    fc.record({
      X: fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }),
      queries: fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: cols, maxLength: cols }), { minLength: 3, maxLength: 3 }),
      k: fc.constant(k),
    }),
  );

describe.each(metrics)('%s', (_, metric) => {
  test.each(searches)('neighbours by %s are those by definition, the lower row number first among ties', (__, kind, options) =>
    fc.assert(
      fc.asyncProperty(grid, async ({ X, queries, k }) => {
        const model = await new NearestNeighbors({ ...metric, ...options, nNeighbors: k }).fit(kind(DenseMatrix.from(X)));
        const fresh = await model.kneighbors(queries);
        const own = await model.kneighbors();
        const expected = [...queries.map((query) => naive(X, query, k, metric)), ...X.map((row, i) => naive(X, row, k, metric, i))];
        expect([...fresh.indices.toArray(), ...own.indices.toArray()]).toEqual(expected.map((row) => row.map(([, i]) => i)));
        expect([...fresh.distances.toArray(), ...own.distances.toArray()]).toBeAllClose(expected.map((row) => row.map(([d]) => d)), { absolute: 1e-12 });
      }),
      { seed: 3, numRuns: 40 },
    ));
});

/** Rows of a few columns that most rows have and many that few have, of both signs; some rows equal, some empty. */
function longTail(rows: number, seed: number): DenseMatrix {
  const random = new RandomState(seed);
  const X = new DenseMatrix(rows, 80);
  for (let i = 0; i < rows; i++) {
    if (i % 17 === 16) continue;
    if (i % 9 === 8) {
      X.row(i).set(X.row(i - 3));
      continue;
    }
    for (let j = 0; j < 80; j++) if (random.randomSample() < (j < 6 ? 0.8 : 0.06)) X.data[i * 80 + j] = random.standardNormal() * (j < 6 ? 0.5 : 1.5);
  }
  return X;
}

describe.each([['euclidean', {}], ['cosine', { metric: 'cosine' }]] as [string, NearestNeighborsOptions][])('sparse rows with common columns, %s', (_, metric) => {
  test.each([1, 4, 30])('have the %i nearest by definition', async (k) => {
    const X = longTail(150, 1);
    const queries = longTail(40, 2);
    const model = await new NearestNeighbors({ ...metric, nNeighbors: k }).fit(CsrMatrix.fromDense(X));
    const { distances, indices } = await model.kneighbors(CsrMatrix.fromDense(queries));
    const expected = queries.toArray().map((query) => naive(X.toArray(), query, k, metric).map(([d]) => d));
    expect(distances).toBeAllClose(expected, { absolute: 1e-12 });
    const dense = await new NearestNeighbors({ ...metric, nNeighbors: k, algorithm: 'brute' }).fit(X);
    const same = await dense.kneighbors(queries);
    expect(same.distances).toBeAllClose(distances, { absolute: 1e-12 });
    // By cosine, rounding decides among rows of the same direction, and among empty ones.
    if (metric.metric !== 'cosine') expect(same.indices).toEqual(indices);
  });

  test('have all rows within a radius', async () => {
    const X = longTail(100, 3);
    const model = await new NearestNeighbors({ ...metric }).fit(CsrMatrix.fromDense(X));
    const radius = metric.metric === 'cosine' ? 0.6 : 5;
    const found = await model.radiusNeighbors(null, { radius });
    X.toArray().forEach((row, i) => {
      const expected = naive(X.toArray(), row, 100, metric, i).filter(([d]) => d <= radius).map(([, j]) => j).sort((a, b) => a - b);
      expect([...found[i].indices]).toEqual(expected);
    });
  });
});

test('equal rows are exactly 0 apart, and vote alone when weighted by distance', async () => {
  const X = [[0.1, 0.7, 1e5], [0.3, 0.2, 1e5], [0.1, 0.7, 1e5], [0.100001, 0.7, 1e5]];
  for (const algorithm of ['brute', 'kdTree'] as const) {
    for (const rows of [DenseMatrix.from(X), CsrMatrix.from(X)]) {
      const model = await new KNeighborsClassifier({ nNeighbors: 3, weights: 'distance', algorithm }).fit(rows, ['a', 'b', 'c', 'b']);
      const { distances, indices } = await model.kneighbors([X[0]]);
      expect([...distances.row(0).slice(0, 2), ...indices.row(0)]).toEqual([0, 0, 0, 2, 3]);
      expect((await model.predictProba([X[0]])).toArray()).toEqual([[0.5, 0, 0.5]]);
      expect(await model.predict([X[0]])).toEqual(['a']);
    }
  }
});

test('a tie of votes goes to the smallest class, labels keep their type', async () => {
  const X = [[-1], [1], [9]];
  expect(await (await new KNeighborsClassifier({ nNeighbors: 2 }).fit(X, [true, false, true])).predict([[0]])).toEqual([false]);
  expect(await (await new KNeighborsClassifier({ nNeighbors: 2 }).fit(X, [7, -7, 0])).predict([[0]])).toEqual([-7]);
  expect(await (await new KNeighborsClassifier({ nNeighbors: 1 }).fit(X, ['x', 'x', 'x'])).predict([[3]])).toEqual(['x']);
});

test('a graph holds ones or distances at each row’s neighbours', async () => {
  const model = await new NearestNeighbors({ nNeighbors: 2 }).fit([[0], [1], [3], [7]]);
  expect((await model.kneighborsGraph([[0.4]])).toArray()).toEqual([[1, 1, 0, 0]]);
  const graph = await model.kneighborsGraph(null, 1, 'distance');
  expect(graph.toArray()).toEqual([[0, 1, 0, 0], [1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 4, 0]]);
});

test('rows within a radius come by row number, or nearest first, the radius included', async () => {
  const model = await new NearestNeighbors({ radius: 3 }).fit([[0], [5], [1], [2], [-3]]);
  expect(await model.radiusNeighbors([[0]])).toEqual([{ distances: Float64Array.of(0, 1, 2, 3), indices: Int32Array.of(0, 2, 3, 4) }]);
  expect(await model.radiusNeighbors([[1.4]], { radius: 1.4, sortResults: true })).toEqual([
    { distances: expect.anything(), indices: Int32Array.of(2, 3, 0) },
  ]);
  expect((await model.radiusNeighbors([[100]]))[0].indices).toHaveLength(0);
});

test('a regressor gives the mean of its neighbours, weighted if asked for', async () => {
  const X = [[0], [1], [3]];
  const y = [10, 20, 60];
  expect([...(await (await new KNeighborsRegressor({ nNeighbors: 2 }).fit(X, y)).predict([[0.4]]))]).toEqual([15]);
  const weighted = await new KNeighborsRegressor({ nNeighbors: 2, weights: 'distance' }).fit(X, y);
  expect([...(await weighted.predict([[0.25], [1]]))]).toBeAllClose([12.5, 20]);
  const own = await new KNeighborsRegressor({ nNeighbors: 2, weights: (d) => d.map((_, n) => (n === 0 ? 0 : 1)) }).fit(X, y);
  expect([...(await own.predict([[0.4]]))]).toEqual([20]);
});

test('the nearest centroid with uniform priors has no probabilities for manhattan, but is a classifier', async () => {
  const model = await new NearestCentroid({ metric: 'manhattan' }).fit([[0], [1], [5]], ['a', 'a', 'b']);
  expect([model.predictProba, model.predictLogProba, model.decisionFunction]).toEqual([undefined, undefined, undefined]);
  expect([isClassifier(model), canPredict(model, 'predictProba')]).toEqual([true, false]);
  expect(await model.predict([[2], [3]])).toEqual(['a', 'b']);
});

test('a centroid shrunk far enough is the mean of all rows', async () => {
  const X = [[0, 1], [1, 5], [4, 2], [9, 4]];
  const { centroids, deviations } = (await new NearestCentroid({ shrinkThreshold: 1000 }).fit(X, ['a', 'a', 'b', 'b'])).fitted;
  expect(centroids).toBeAllClose([[3.5, 3], [3.5, 3]]);
  expect([...deviations.data].map(Math.abs)).toEqual([0, 0, 0, 0]);
});

test('centroids of classes without any spread are left where they are', async () => {
  const model = await new NearestCentroid({ shrinkThreshold: 0.1 }).fit([[0], [0], [4]], ['a', 'a', 'b']);
  expect(model.fitted.centroids.toArray()).toEqual([[0], [4]]);
  expect(await model.predict([[1], [3]])).toEqual(['a', 'b']);
});

describe('refuses', () => {
  const X = [[0, 1], [1, 2], [4, 4], [2, 7]];
  const y = ['a', 'b', 'a', 'b'];
  const refusal = async (work: Promise<unknown>): Promise<Error> => work.then(() => new Error('nothing was refused'), (error: Error) => error);

  test('more neighbours than there are rows', async () => {
    const model = await new KNeighborsClassifier().fit(X, y);
    const message = 'KNeighborsClassifier: nNeighbors must be a whole number in [1, 4], the rows to choose from, got 5. Lower nNeighbors.';
    expect(await refusal(model.predict(X))).toEqual(new OptionError(message));
    expect((await refusal(model.kneighbors(null, 4))).message).toMatch(/in \[1, 3\]/);
    expect((await refusal(model.kneighbors(X, 1.5))).message).toMatch(/got 1\.5/);
  });

  test('a tree where the metric has none', async () => {
    const cosine = "KNeighborsRegressor: metric 'cosine' has no tree, got algorithm 'kdTree'. Use algorithm: 'brute'.";
    expect(await refusal(new KNeighborsRegressor({ metric: 'cosine', algorithm: 'kdTree' }).fit(X, [1, 2, 3, 4]))).toEqual(new OptionError(cosine));
    const half = "NearestNeighbors: metric 'minkowski' with p = 0.5 has no tree, got algorithm 'ballTree'. Use algorithm: 'brute'.";
    expect(await refusal(new NearestNeighbors({ p: 0.5, algorithm: 'ballTree' }).fit(X))).toEqual(new OptionError(half));
  });

  test.each([
    ['KNeighborsClassifier', () => new KNeighborsClassifier().fit(X, y, { sampleWeight: [1, 1, 1, 1] })],
    ['KNeighborsRegressor', () => new KNeighborsRegressor().fit(X, [1, 2, 3, 4], { sampleWeight: [1, 1, 1, 1] })],
    ['NearestCentroid', () => new NearestCentroid().fit(X, y, { sampleWeight: [1, 1, 1, 1] })],
  ])('weights of rows in %s', async (name, fit) => {
    const error = await refusal(fit());
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(new RegExp(`^${name}: sampleWeight must be left out`));
  });

  test.each([['dense', (M: DenseMatrix) => M], ['sparse', (M: DenseMatrix) => CsrMatrix.fromDense(M)]] as const)('%s numbers whose squares overflow', async (_, kindOf) => {
    const rows = kindOf(DenseMatrix.from([[1e200, 0], [0, 1e200], [3e200, 1], [0, 5]]));
    const model = await new NearestNeighbors({ nNeighbors: 2, algorithm: 'brute' }).fit(rows);
    expect(await refusal(model.kneighbors(rows))).toEqual(
      new DataError('NearestNeighbors: squared distances must not overflow, but those from row 0 do. Scale X, or leave out what is larger than 1e150.'),
    );
    const large = kindOf(DenseMatrix.from([[1e150, 0], [0, 1], [0, 2]]));
    const { indices } = await (await new NearestNeighbors({ nNeighbors: 1, algorithm: 'brute' }).fit(large)).kneighbors(large.take([1]));
    expect(indices.toArray()).toEqual([[1]]);
  });

  test('functions whose weights are none', async () => {
    const predict = async (weights: (d: Float64Array) => ArrayLike<number>): Promise<Error> =>
      refusal((await new KNeighborsClassifier({ nNeighbors: 2, weights }).fit(X, y)).predict(X));
    expect((await predict((d) => d.map(() => 0))).message).toBe('KNeighborsClassifier: the weights function must not return only zeros. Give some neighbour a weight.');
    expect((await predict(() => [1])).message).toMatch(/one finite number per neighbour \(2\), got 1 that sum to 1/);
    expect((await predict((d) => d.map(() => Number.NaN))).message).toMatch(/got 2 that sum to NaN/);
  });

  test('centroids of constant data, and priors of other classes', async () => {
    expect(await refusal(new NearestCentroid().fit([[1], [1]], ['a', 'b']))).toEqual(
      new DataError('NearestCentroid: some column of X must vary, all are constant.'),
    );
    expect(await refusal(new NearestCentroid({ priors: [1, 1, 1] }).fit(X, y))).toEqual(
      new ShapeError('NearestCentroid: priors must have one value per class (2), got 3.'),
    );
    expect(() => new NearestCentroid({ priors: [0, 0] })).toThrow('NearestCentroid: priors must be');
  });
});
