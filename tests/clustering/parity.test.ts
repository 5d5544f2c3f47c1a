import { KMeans } from '../../src/clustering/k-means.ts';
import { MiniBatchKMeans } from '../../src/clustering/mini-batch-k-means.ts';
import { startingCentres } from '../../src/clustering/starting-centres.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture, type FixtureCase } from '../fixture.ts';
import '../to-be-all-close.ts';

const { cases } = fixture('clustering');
const titled = (wanted: (c: FixtureCase) => boolean): (readonly [string, FixtureCase])[] => cases.filter(wanted).map((c) => [`${c.input.estimator} ${c.name}`, c]);
const isStart = (c: FixtureCase): boolean => c.input.estimator === 'kmeansPlusPlus';

test.each(titled((c) => !isStart(c)))('%s as scikit-learn does', async (_, { input, options, expected, tolerance }) => {
  const X = input.sparse ? CsrMatrix.from(input.X) : DenseMatrix.from(input.X);
  const Class = input.estimator === 'KMeans' ? KMeans : MiniBatchKMeans;
  const model = await new Class(options).fit(X, undefined, { sampleWeight: input.sampleWeight ?? undefined });
  const close = { relative: tolerance, absolute: tolerance };
  expect(Array.from(model.fitted.labels)).toEqual(expected.labels);
  expect(model.fitted.clusterCenters).toBeAllClose(expected.clusterCenters, close);
  expect(model.fitted.inertia).toBeAllClose(expected.inertia, close);
  expect(model.fitted.iterations).toBe(expected.iterations);
  if ('steps' in expected) expect((model as MiniBatchKMeans).fitted.steps).toBe(expected.steps);
  const target = input.new ? DenseMatrix.from(input.new) : X.take(Array.from({ length: Math.min(10, X.rows) }, (_v, i) => i));
  expect(Array.from(await model.predict(target))).toEqual(expected.predicted);
  // A distance of 0 is the root of a rounding error.
  expect(await model.transform(target)).toBeAllClose(expected.transformed, { relative: tolerance, absolute: 1e-6 });
  expect(await model.score(X)).toBeAllClose(expected.score, close);
});

test.each(titled(isStart))('%s as scikit-learn does', (_, { input, options, expected }) => {
  const X = DenseMatrix.from(input.X);
  const centres = startingCentres(X, options.nClusters, 'k-means++', new Float64Array(X.rows).fill(1), new RandomState(options.randomState));
  expect(centres.toArray()).toEqual(expected.centres);
});
