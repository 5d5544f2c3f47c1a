import fc from 'fast-check';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { DecisionTreeClassifier } from '../../src/tree/decision-tree-classifier.ts';
import { DecisionTreeRegressor } from '../../src/tree/decision-tree-regressor.ts';
import { withSharedRanks } from '../../src/tree/shared-ranks.ts';

/** Few values, many zeros: ties, negative values, and columns without any entry are common. */
const problems = fc.integer({ min: 4, max: 24 }).chain((rows) =>
  fc.record({
    rows: fc.array(fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, -1, -2.5), { minLength: 5, maxLength: 5 }), { minLength: rows, maxLength: rows }),
    y: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: rows, maxLength: rows }),
    // Quarters, so that sums are exact in any order; 0 leaves a row out.
    weights: fc.array(fc.constantFrom(0, 0.25, 0.5, 1.75, 3), { minLength: rows, maxLength: rows }),
    gap: fc.boolean(),
    minSamplesLeaf: fc.constantFrom(1, 2, 4),
  }),
);

test('trees on sparse columns with weights of any size are those on the same dense columns', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async ({ rows, y, weights, gap, minSamplesLeaf }) => {
      fc.pre(weights.some((w) => w > 0));
      const dense = DenseMatrix.from(rows);
      if (gap) dense.data[7] = Number.NaN;
      const options = { minSamplesLeaf, randomState: 1 };
      const ofDense = await new DecisionTreeClassifier(options).fit(dense, y, { sampleWeight: weights });
      const ofSparse = await new DecisionTreeClassifier(options).fit(CsrMatrix.fromDense(dense), y, { sampleWeight: weights });
      expect(ofSparse.fitted.tree).toEqual(ofDense.fitted.tree);
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('trees for numbers, and for classes without weights, are those on the same dense columns', async () => {
  const weighed = fc.constantFrom('numbers', 'wholeWeights', 'noWeights');
  await fc.assert(
    fc.asyncProperty(problems, weighed, fc.constantFrom(null, 2), async ({ rows, y, weights, gap, minSamplesLeaf }, kind, maxFeatures) => {
      fc.pre(weights.some((w) => w > 0));
      const dense = DenseMatrix.from(rows);
      if (gap) dense.data[7] = Number.NaN;
      const options = { minSamplesLeaf, maxFeatures, randomState: 1 };
      const sampleWeight = kind === 'noWeights' ? undefined : kind === 'wholeWeights' ? weights.map((w) => 4 * w) : weights;
      const treeOf = async (X: DenseMatrix | CsrMatrix): Promise<unknown> =>
        kind === 'numbers'
          ? (await new DecisionTreeRegressor(options).fit(X, y.map((label) => label.charCodeAt(0) / 4), { sampleWeight })).fitted.tree
          : (await new DecisionTreeClassifier(options).fit(X, y, { sampleWeight })).fitted.tree;
      expect(await treeOf(CsrMatrix.fromDense(dense))).toEqual(await treeOf(dense));
    }),
    { seed: 6, numRuns: 300 },
  );
});

/** The same matrix, with some of its zeros stored, as zeros and as negative ones. */
function withStoredZeros(dense: DenseMatrix): CsrMatrix {
  const { rows, cols } = dense;
  const entries = Array.from({ length: rows }, (_, i) => Array.from(dense.row(i), (value, j) => [j, value] as const).filter(([j, value]) => value !== 0 || (i + j) % 3 === 0));
  const indptr = [0];
  for (const row of entries) indptr.push(indptr[indptr.length - 1] + row.length);
  const data = entries.flat().map(([j, value]) => (value === 0 && j % 2 === 0 ? -0 : value));
  return new CsrMatrix(rows, cols, Int32Array.from(indptr), Int32Array.from(entries.flat(), ([j]) => j), Float64Array.from(data));
}

test('zeros that are stored, negative ones too, are those that are not', async () => {
  await fc.assert(
    fc.asyncProperty(problems, fc.constantFrom('best', 'random'), fc.boolean(), async ({ rows, y, weights, minSamplesLeaf }, splitter, isWhole) => {
      fc.pre(weights.some((w) => w > 0));
      const dense = DenseMatrix.from(rows);
      const options = { minSamplesLeaf, splitter, randomState: 1 } as const;
      const sampleWeight = weights.map((w) => (isWhole ? 4 * w : w));
      const numbers = y.map((label) => label.charCodeAt(0) / 4);
      const treesOf = async (X: DenseMatrix | CsrMatrix): Promise<unknown[]> => [
        (await new DecisionTreeClassifier(options).fit(X, y, { sampleWeight })).fitted.tree,
        (await new DecisionTreeRegressor(options).fit(X, numbers, { sampleWeight })).fitted.tree,
      ];
      expect(await treesOf(withStoredZeros(dense))).toEqual(await treesOf(dense));
    }),
    { seed: 7, numRuns: 150 },
  );
});

test('columns without a zero, numbers below zero among theirs, are split as dense ones are', async () => {
  const values = fc.constantFrom(-3, -2.5, -1, -0.5, 0.5, 1, 2);
  await fc.assert(
    fc.asyncProperty(problems, fc.infiniteStream(values), async ({ rows, y, weights }, stream) => {
      fc.pre(weights.some((w) => w > 0));
      const dense = DenseMatrix.from(rows.map((row) => [stream.next().value, row[0], stream.next().value] as number[]));
      const numbers = y.map((label) => label.charCodeAt(0) / 4);
      const treesOf = async (X: DenseMatrix | CsrMatrix): Promise<unknown[]> => [
        (await new DecisionTreeClassifier({ randomState: 1 }).fit(X, y, { sampleWeight: weights })).fitted.tree,
        (await new DecisionTreeClassifier({ randomState: 1 }).fit(X, y)).fitted.tree,
        (await new DecisionTreeRegressor({ randomState: 1 }).fit(X, numbers)).fitted.tree,
        (await new DecisionTreeRegressor({ randomState: 1, criterion: 'absoluteError' }).fit(X, numbers)).fitted.tree,
      ];
      expect(await treesOf(CsrMatrix.fromDense(dense))).toEqual(await treesOf(dense));
    }),
    { seed: 8, numRuns: 200 },
  );
});

test('a node with 256 entries of a column whose ranks span a few more than twice as many is searched rightly', async () => {
  // Column 0 parts the rows; the others, 256 and more, have ranks 0 to 512 in column 1, every second one but for one. The first of them weighs much.
  const rows: number[][] = [];
  const y: string[] = [];
  for (let rank = 512; rank >= 0; rank--) {
    const isWithin = rank % 2 === 0 && rank !== 2;
    rows.push([isWithin ? 1 : 0, 1 + rank / 8]);
    y.push(isWithin ? (Math.floor(rank / 37) % 2 === 0 ? 'a' : 'b') : 'c');
  }
  for (let i = 0; i < 40; i++) {
    rows.push([1, 0]);
    y.push('a');
  }
  const X = DenseMatrix.from(rows);
  for (const first of [1, 2000]) {
    const sampleWeight = y.map((_, i) => (i === 0 ? first : 1));
    const treeOf = async (M: DenseMatrix | CsrMatrix): Promise<unknown> => (await new DecisionTreeClassifier({ maxDepth: 4 }).fit(M, y, { sampleWeight })).fitted.tree;
    expect(await treeOf(CsrMatrix.fromDense(X))).toEqual(await treeOf(X));
  }
});

test.each(['best', 'random'] as const)('whole-numbered weights whose sum is beyond 32 bits are added up rightly: %s splits', async (splitter) => {
  const n = 100_000;
  const X = new DenseMatrix(n, 2, Float64Array.from({ length: 2 * n }, (_, p) => (p * 7) % 5 === 0 ? (p * 31) % 11 : 0));
  const y = Array.from({ length: n }, (_, i) => (X.at(i, 0) > 4 || i % 9 === 0 ? 'a' : 'b'));
  for (const M of [X, CsrMatrix.fromDense(X)]) {
    const treeOf = async (weight: number): Promise<{ feature: unknown; threshold: unknown }> =>
      (await new DecisionTreeClassifier({ maxDepth: 3, splitter, randomState: 2 }).fit(M, y, { sampleWeight: y.map(() => weight) })).fitted.tree;
    const [heavy, light] = [await treeOf(65_535), await treeOf(1)];
    expect([heavy.feature, heavy.threshold]).toEqual([light.feature, light.threshold]);
  }
});

test('shared ranks are worked out once, are given up again, and change nothing', async () => {
  const X = CsrMatrix.fromDense(DenseMatrix.from([[0, 1], [2, 0], [0, 3], [1, 1]]));
  const fit = (): Promise<DecisionTreeClassifier> => new DecisionTreeClassifier().fit(X, ['a', 'b', 'a', 'b']);
  const alone = await fit();
  await withSharedRanks(X, async () => {
    expect((await fit()).fitted.tree).toEqual(alone.fitted.tree);
    // Not looked at again while they are shared: X is not to change.
    X.data.fill(7);
    expect((await fit()).fitted.tree).toEqual(alone.fitted.tree);
  });
  expect((await fit()).fitted.tree).not.toEqual(alone.fitted.tree);
});
