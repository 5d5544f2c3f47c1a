import fc from 'fast-check';
import { RandomState } from '../../src/core/random-state.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Growth, TreeTarget } from '../../src/tree/grow-tree.ts';
import { growTrees } from '../../src/tree/forest-plan.ts';
import { rankColumns } from '../../src/tree/ranked-columns.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';
import { treeLimits } from '../../src/tree/tree-options.ts';

const options = {
  maxDepth: null, minSamplesSplit: 2, minSamplesLeaf: 1, minWeightFractionLeaf: 0, maxFeatures: 'sqrt', maxLeafNodes: null,
  minImpurityDecrease: 0, ccpAlpha: 0, monotonicCst: null, randomState: 0, nEstimators: 2, bootstrap: true, maxSamples: null, oobScore: false, maxBins: null,
  warmStart: false, workers: 1,
} as const;

interface Case {
  rows: number;
  cols: number;
  classes: number;
  distinct: number;
  missing: number;
  sparse: boolean;
  criterion: Growth['criterion'];
  splitter: Growth['splitter'];
  draws: boolean;
  weighed: boolean;
  maxBins: number | null;
  changes: object;
  seed: number;
}

/** Columns of few and of many distinct values, some so close that none may be split from the next. */
function table({ rows, cols, distinct, missing, sparse, seed }: Case): DenseMatrix | CsrMatrix {
  const random = new RandomState(seed);
  const X = new DenseMatrix(rows, cols);
  for (let e = 0; e < X.data.length; e++) {
    const value = sparse && random.randomSample() < 0.5 ? 0 : Math.floor(random.randomSample() * (e % cols === 0 ? 3 : distinct)) - (sparse ? 1 : 0);
    X.data[e] = random.randomSample() < missing ? Number.NaN : e % cols === 1 ? 1 + value * 6e-8 : value * 0.37;
  }
  return sparse ? CsrMatrix.fromDense(X) : X;
}

function forestOf(kase: Case): TreeNodes[] {
  const X = table(kase);
  const random = new RandomState(kase.seed + 1);
  const codes = Int32Array.from({ length: kase.rows }, (_, i) => (random.randomSample() < 0.5 ? Math.floor(Math.abs(X.at(i, 0) || 0)) : i) % kase.classes);
  const target: TreeTarget = kase.criterion === 'gini' || kase.criterion === 'entropy' ? { codes, classes: kase.classes } : { y: Float64Array.from(codes, (c, i) => c + (i % 7) / 3) };
  const plan = {
    owner: 'Test', columns: rankColumns('Test', X, kase.maxBins), target, weights: kase.weighed ? Float64Array.from(codes, () => Math.max(0, random.randomSample() - 0.1)) : undefined, draws: kase.draws && !kase.weighed ? kase.rows : null, balancesDraws: false,
    seeds: Float64Array.of(kase.seed, 5), growth: { criterion: kase.criterion, splitter: kase.splitter }, options: { ...options, ...kase.changes }, memory: Infinity,
  };
  let next = 0;
  return [...growTrees(plan, () => next++).values()];
}

const cases = fc.record({
  rows: fc.constantFrom(1, 2, 5, 16, 17, 40, 300, 700),
  cols: fc.constantFrom(1, 2, 3, 5, 12),
  classes: fc.integer({ min: 1, max: 4 }),
  distinct: fc.constantFrom(1, 2, 30, 5000, 20_000),
  missing: fc.constantFrom(0, 0.2),
  sparse: fc.boolean(),
  criterion: fc.constantFrom<Growth['criterion']>('gini', 'gini', 'entropy', 'squaredError', 'poisson', 'absoluteError'),
  splitter: fc.constantFrom<Growth['splitter']>('best', 'best', 'best', 'random'),
  draws: fc.boolean(),
  weighed: fc.boolean(),
  maxBins: fc.constantFrom(null, 4, 255),
  changes: fc.constantFrom({}, { maxFeatures: null }, { maxFeatures: null, minSamplesLeaf: 3 }, { minSamplesLeaf: 5 }, { minWeightFractionLeaf: 0.1 }, { maxLeafNodes: 6 }, { maxDepth: 3, minImpurityDecrease: 0.01 }),
  seed: fc.integer({ min: 0, max: 1000 }),
});

test('compiled code grows the very trees that plain TypeScript grows', () => {
  fc.assert(
    fc.property(cases, (kase) => {
      expect(forestOf(kase)).toStrictEqual(withoutKernels(() => forestOf(kase)));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('where a few values of many are equal, their rows come in the same order', () => {
  // Sums of y round differently in another order, and equal gains would part.
  for (const [distinct, seed] of [[2_000_000, 1], [200_000, 2], [40_000, 3], [20_000, 4], [3000, 5]]) {
    const random = new RandomState(seed);
    const rows = 1500;
    const values = Float64Array.from({ length: rows * 2 }, () => random.randint(distinct));
    const X = new DenseMatrix(rows, 4, Float64Array.from({ length: rows * 4 }, (_, e) => values[2 * Math.floor(e / 4) + (e % 2)]));
    const y = random.standardNormal(rows).map((v, i) => v + (X.at(i, 0) > distinct / 2 ? 1 : 0));
    const grow = (): TreeNodes[] => {
      const growth = { criterion: 'squaredError' as const, splitter: 'best' as const };
      let next = 0;
      return [...growTrees({ owner: 'Test', columns: rankColumns('Test', X, null), target: { y }, weights: undefined, draws: null, balancesDraws: false, seeds: Float64Array.of(seed), growth, options: { ...options, maxFeatures: null, maxDepth: 6 }, memory: Infinity }, () => next++).values()];
    };
    expect(grow()).toStrictEqual(withoutKernels(grow));
  }
});

test('every node of a tree keeps the limits, and its children share its rows', () => {
  fc.assert(
    fc.property(cases, (kase) => {
      const limits = treeLimits('Test', { ...options, ...kase.changes }, kase.rows, kase.cols, kase.rows, 0);
      for (const tree of forestOf(kase)) {
        for (let node = 0; node < tree.left.length; node++) {
          expect(tree.samples[node]).toBeGreaterThanOrEqual(node === 0 ? 1 : limits.minSamplesLeaf);
          if (tree.left[node] < 0) continue;
          expect(tree.left[node]).toBeGreaterThan(node);
          expect(tree.samples[tree.left[node]] + tree.samples[tree.right[node]]).toBe(tree.samples[node]);
          // Sums of fractions round.
          const weight = tree.weightedSamples[tree.left[node]] + tree.weightedSamples[tree.right[node]];
          expect(weight / tree.weightedSamples[node]).toBeCloseTo(1, kase.weighed ? 12 : 15);
        }
        expect(tree.value.every((value) => Number.isFinite(value))).toBe(true);
      }
    }),
    { numRuns: 60, seed: 2 },
  );
});
