import fc from 'fast-check';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { leafOf } from '../../src/tree/leaf-of.ts';
import { leavesOf } from '../../src/tree/leaves-of.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';

const next = (x: number): number => {
  const number = Float32Array.of(x);
  new Int32Array(number.buffer)[0]++;
  return number[0];
};
const HALF_WAY = (Math.fround(0.1) + next(0.1)) / 2;
/** Where rounding to single precision could go wrong: between neighbours, around zero, at the ends. */
const EDGES = [0, -0, 1e-50, -1e-50, 2 ** -149, -(2 ** -149), 2 ** -150, Math.fround(0.1), 0.1, -0.1, next(0.1), HALF_WAY, -HALF_WAY, 3e38, -3e38];
const value = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: -3, max: 3 }));

interface Split {
  feature: number;
  threshold: number;
  missingLeft: boolean;
}

/** A tree that splits nodes in turn, of whatever shape the turns make. */
function treeOf(splits: readonly Split[], turns: readonly number[]): TreeNodes {
  const n = 2 * splits.length + 1;
  const tree = {
    left: new Int32Array(n).fill(-1), right: new Int32Array(n).fill(-1), feature: new Int32Array(n).fill(-1), threshold: new Float64Array(n), missingGoesLeft: new Uint8Array(n),
    value: new Float64Array(n), outputs: 1, impurity: new Float64Array(n), samples: new Int32Array(n), weightedSamples: new Float64Array(n),
  };
  const leaves = [0];
  splits.forEach(({ feature, threshold, missingLeft }, s) => {
    const [node] = leaves.splice(turns[s % turns.length] % leaves.length, 1);
    tree.left[node] = 2 * s + 1;
    tree.right[node] = 2 * s + 2;
    tree.feature[node] = feature;
    tree.threshold[node] = threshold;
    tree.missingGoesLeft[node] = missingLeft ? 1 : 0;
    leaves.push(2 * s + 1, 2 * s + 2);
  });
  return tree;
}

test('every row ends in the leaf that its values in single precision lead to, compiled or not, among others or alone', () => {
  const split = fc.record({ feature: fc.nat(2), threshold: fc.oneof(value, fc.constant(Infinity)), missingLeft: fc.boolean() });
  const rows = fc.array(fc.tuple(...[0, 1, 2].map(() => fc.oneof(value, fc.constant(Number.NaN)))), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.array(split, { maxLength: 40 }), fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }), rows, (splits, turns, some) => {
      const tree = treeOf(splits, turns);
      const X = DenseMatrix.from(some);
      const expected = some.map((row) => leafOf(tree, Float32Array.from(row)));
      expect([...leavesOf(tree, X)]).toEqual(expected);
      expect([...withoutKernels(() => leavesOf(tree, X))]).toEqual(expected);
      expect([...leavesOf(tree, CsrMatrix.fromDense(X))]).toEqual(expected);
      expect(some.flatMap((row) => [...leavesOf(tree, DenseMatrix.from([row]))])).toEqual(expected);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('more rows than a block has, and none, are told alike', () => {
  const tree = treeOf([{ feature: 0, threshold: 700, missingLeft: true }, { feature: 0, threshold: 1200, missingLeft: false }], [0, 1]);
  const X = DenseMatrix.column(Float64Array.from({ length: 1500 }, (_, i) => i));
  const expected = Array.from({ length: 1500 }, (_, i) => leafOf(tree, [i]));
  expect([...leavesOf(tree, X)]).toEqual(expected);
  expect(new Set(expected).size).toBe(3);
  expect(leavesOf(tree, X.take([]))).toHaveLength(0);
});
