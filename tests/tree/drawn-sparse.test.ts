import fc from 'fast-check';
import { RandomState } from '../../src/core/random-state.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { DecisionTreeRegressor } from '../../src/tree/decision-tree-regressor.ts';
import { ExtraTreesRegressor } from '../../src/tree/extra-trees-regressor.ts';

/** Columns from nearly empty to full, numbers of both signs, and targets whose sums hang on their order. */
function problem(seed: number, rows: number, cols: number): { X: DenseMatrix; y: Float64Array; weights: Float64Array } {
  const random = new RandomState(seed);
  const shares = random.randomSample(rows * cols);
  const values = random.standardNormal(rows * cols);
  const data = values.map((value, p) => (shares[p] < ((p % cols) + 1) / cols ? Math.round(4 * value) / 4 || 0.1 : 0));
  return { X: new DenseMatrix(rows, cols, data), y: random.standardNormal(rows).map((v) => Math.exp(v)), weights: random.randomSample(rows).map((w) => (w < 0.2 ? 0 : w)) };
}

test('thresholds drawn for numbers give the very trees of dense columns, bit for bit', async () => {
  const options = fc.record({
    seed: fc.nat(1000),
    rows: fc.integer({ min: 2, max: 120 }),
    maxFeatures: fc.constantFrom(null, 1, 3),
    minSamplesLeaf: fc.constantFrom(1, 3),
    maxLeafNodes: fc.constantFrom(null, 6),
    criterion: fc.constantFrom('squaredError', 'poisson'),
    isWeighed: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(options, async ({ seed, rows, isWeighed, ...rest }) => {
      const { X, y, weights } = problem(seed, rows, 7);
      fc.pre(weights.some((w) => w > 0));
      const treeOf = async (M: DenseMatrix | CsrMatrix): Promise<unknown> =>
        (await new DecisionTreeRegressor({ ...rest, splitter: 'random', randomState: seed } as never).fit(M, y, isWeighed ? { sampleWeight: weights } : {})).fitted.tree;
      expect(await treeOf(CsrMatrix.fromDense(X))).toEqual(await treeOf(X));
    }),
    { seed: 9, numRuns: 200 },
  );
});

test('a forest of them, too', async () => {
  const { X, y } = problem(5, 150, 30);
  const options = { nEstimators: 8, maxFeatures: 5, randomState: 3, workers: 1 };
  const ofDense = await new ExtraTreesRegressor(options).fit(X, y);
  const ofSparse = await new ExtraTreesRegressor(options).fit(CsrMatrix.fromDense(X), y);
  expect(ofSparse.fitted).toEqual(ofDense.fitted);
});
