import fc from 'fast-check';
import { KMeans } from '../../src/clustering/k-means.ts';
import { MiniBatchKMeans } from '../../src/clustering/mini-batch-k-means.ts';
import { DataError, ShapeError } from '../../src/core/errors.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import '../to-be-all-close.ts';

const seeded = { seed: 9, numRuns: 40 };
const points = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 6, maxLength: 40 })
  .map((rows) => DenseMatrix.from(rows));
const random = new RandomState(3);
const X = new DenseMatrix(60, 3, random.standardNormal(180));

/** Σ of squared distances to the nearest centre, by its definition. */
function inertiaOf(rows: DenseMatrix, centres: DenseMatrix): number {
  let sum = 0;
  for (let i = 0; i < rows.rows; i++) {
    const distances = centres.toArray().map((centre) => centre.reduce((total, c, j) => total + (rows.at(i, j) - c) ** 2, 0));
    sum += Math.min(...distances);
  }
  return sum;
}

describe('KMeans', () => {
  test('never raises the inertia from round to round', async () => {
    await fc.assert(
      fc.asyncProperty(points, fc.integer({ min: 1, max: 5 }), async (rows, nClusters) => {
        const init = rows.take(Array.from({ length: nClusters }, (_, i) => i));
        let before = Infinity;
        for (let maxIter = 1; maxIter <= 6; maxIter++) {
          const { inertia, clusterCenters } = (await new KMeans({ nClusters, init, maxIter, tol: 0 }).fit(rows)).fitted;
          expect(inertia).toBeCloseTo(inertiaOf(rows, clusterCenters), 6);
          expect(inertia).toBeLessThanOrEqual(before + 1e-9);
          before = inertia;
        }
      }),
      seeded,
    );
  });

  test('ends with each centre at the mean of its rows and each row at its nearest centre', async () => {
    const model = await new KMeans({ nClusters: 4, tol: 0, randomState: 1 }).fit(X);
    const { labels, clusterCenters, converged } = model.fitted;
    expect(converged).toBe(true);
    expect([...(await model.predict(X))]).toEqual([...labels]);
    for (let k = 0; k < 4; k++) {
      const own = X.take([...labels.keys()].filter((i) => labels[i] === k));
      expect(clusterCenters.row(k)).toBeAllClose(Array.from({ length: 3 }, (_, j) => own.col(j).reduce((a, b) => a + b, 0) / own.rows), { absolute: 1e-12 });
    }
  });

  test('takes a weight of two for a row twice', async () => {
    const init = X.take([0, 1, 2]);
    const sampleWeight = Array.from({ length: 60 }, (_, i) => (i < 10 ? 2 : 1));
    const weighted = await new KMeans({ nClusters: 3, init }).fit(X, undefined, { sampleWeight });
    const twice = await new KMeans({ nClusters: 3, init, tol: 1e-4 }).fit(X.take([...Array(60).keys(), ...Array(10).keys()]));
    expect(weighted.fitted.clusterCenters).toBeAllClose(twice.fitted.clusterCenters, { absolute: 1e-10 });
    expect(weighted.fitted.inertia).toBeCloseTo(twice.fitted.inertia, 9);
  });

  test('does the same to sparse as to dense rows from the same centres', async () => {
    // Half of them zero. No two distances are equal but for rounding, which is not the same for both.
    const counts = new DenseMatrix(40, 5, random.uniform(-1, 1, 200).map((value) => Math.max(value, 0)));
    const init = counts.take([0, 5, 9]);
    const dense = await new KMeans({ nClusters: 3, init }).fit(counts);
    const sparse = await new KMeans({ nClusters: 3, init }).fit(CsrMatrix.fromDense(counts));
    expect([...sparse.fitted.labels]).toEqual([...dense.fitted.labels]);
    expect(sparse.fitted.clusterCenters).toBeAllClose(dense.fitted.clusterCenters, { absolute: 1e-10 });
  });

  test('as a stage gives distances: those to the own centres sum to the inertia', async () => {
    const model = new KMeans({ nClusters: 3 });
    const distances = await model.fitTransform(X);
    const { labels, inertia } = model.fitted;
    let sum = 0;
    labels.forEach((label, i) => (sum += distances.at(i, label) ** 2));
    expect(sum).toBeCloseTo(inertia, 9);
    expect(await model.score(X)).toBeCloseTo(-inertia, 9);
    expect(model.featureNamesOut()).toEqual(['kmeans0', 'kmeans1', 'kmeans2']);
    expect([...(await new KMeans({ nClusters: 3 }).fitPredict(X))]).toEqual([...labels]);
  });

  test('does not change the centres it is given', async () => {
    const init = X.take([0, 1]);
    await new KMeans({ nClusters: 2, init }).fit(X);
    expect(init.toArray()).toEqual(X.take([0, 1]).toArray());
  });

  test('refuses fewer rows than clusters, and centres that do not fit', async () => {
    await expect(new KMeans({ nClusters: 3 }).fit([[1], [2]])).rejects.toThrow(
      new DataError('KMeans: X must have at least one row per cluster (3), got 2. Use fewer clusters.'),
    );
    await expect(new KMeans({ nClusters: 2, init: [[1, 2]] }).fit(X)).rejects.toThrow(new ShapeError('KMeans: init must be 2 × 3, got 1 × 2.'));
    await expect(new KMeans({ nClusters: 1, init: [[1, Number.NaN, 2]] }).fit(X)).rejects.toThrow('KMeans: init: X must hold finite numbers');
  });
});

describe('MiniBatchKMeans', () => {
  test('comes near to what KMeans finds', async () => {
    const centres = [[0, 0], [8, 0], [0, 8]];
    const rows = DenseMatrix.from(Array.from({ length: 600 }, (_, i) => centres[i % 3].map((c) => c + random.standardNormal())));
    const whole = await new KMeans({ nClusters: 3 }).fit(rows);
    const batches = await new MiniBatchKMeans({ nClusters: 3, batchSize: 60 }).fit(rows);
    expect(batches.fitted.inertia).toBeLessThan(whole.fitted.inertia * 1.05);
    expect(batches.fitted.labels).toHaveLength(600);
  });

  test('gives the same for the same seed', async () => {
    const [a, b] = [await new MiniBatchKMeans({ nClusters: 4, batchSize: 16 }).fit(X), await new MiniBatchKMeans({ nClusters: 4, batchSize: 16 }).fit(X)];
    expect(a.fitted).toEqual(b.fitted);
  });

  test('stops by its rules or at the end of its passes, and says which', async () => {
    const passes = (await new MiniBatchKMeans({ nClusters: 3, batchSize: 20, maxIter: 2, maxNoImprovement: null }).fit(X)).fitted;
    expect(passes).toMatchObject({ steps: 6, iterations: 2, converged: false });
    expect((await new MiniBatchKMeans({ nClusters: 3, batchSize: 20, maxNoImprovement: 0 }).fit(X)).fitted.converged).toBe(true);
  });
});
