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
