import { childOf } from '../../src/tree/child-of.ts';
import { leafCount } from '../../src/tree/leaf-count.ts';
import { leafOf } from '../../src/tree/leaf-of.ts';
import { treeDepth } from '../../src/tree/tree-depth.ts';
import type { TreeNodes } from '../../src/tree/tree-nodes.ts';

/** x0 ≤ 2 ? leaf 1 : (category x1 in {3, 40} ? leaf 3 : leaf 4); what is missing goes right, then left. */
const tree: TreeNodes = {
  left: Int32Array.of(1, -1, 3, -1, -1),
  right: Int32Array.of(2, -1, 4, -1, -1),
  feature: Int32Array.of(0, -1, 1, -1, -1),
  threshold: Float64Array.of(2, 0, 0, 0, 0),
  missingGoesLeft: Uint8Array.of(0, 0, 1, 0, 0),
  value: Float64Array.of(0, 1, 2, 3, 4),
  outputs: 1,
  impurity: new Float64Array(5),
  samples: Int32Array.of(10, 4, 6, 3, 3),
  weightedSamples: Float64Array.of(10, 4, 6, 3, 3),
  categories: { set: Int32Array.of(-1, -1, 0, -1, -1), bits: Uint32Array.of(8, 1 << 8, 0, 0, 0, 0, 0, 0) },
};

test('sends a value up to the threshold left, a larger one right, and NaN where it is told to', () => {
  expect([childOf(tree, 0, 2), childOf(tree, 0, 2.1), childOf(tree, 0, Number.NaN), childOf(tree, 2, Number.NaN)]).toEqual([1, 2, 2, 3]);
});

test('sends the categories of a set left, others right, and one beyond 255 as a missing one', () => {
  expect([3, 40, 8, 4, 300].map((category) => childOf(tree, 2, category))).toEqual([3, 3, 4, 4, 3]);
});

test('finds the leaf of a row, the depth and the number of leaves', () => {
  expect([leafOf(tree, [1, 3]), leafOf(tree, [5, 40]), leafOf(tree, [5, 0])]).toEqual([1, 3, 4]);
  expect(treeDepth(tree)).toBe(2);
  expect(leafCount(tree)).toBe(3);
});
