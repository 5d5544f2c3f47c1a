/**
 * Trees laid out for walking: a node's two children lie side by side, and a leaf is its own left child.
 *
 * Two words a node: column (16 bits), the bin up to which rows go left (8 bits) and the split's kind (8 bits: 0 with
 * missing values, bin 255, on the right, 1 with them on the left); then the left child, counted within the tree. At
 * leaves every bin goes left. A tree with splits over categories has, for each of its nodes, the set of bins that go left.
 */
export interface PackedTrees {
  /** Number of each tree's first node, and behind the last tree the number of nodes. */
  starts: Int32Array;
  /** Most splits from root to leaf, per tree. */
  depths: Int32Array;
  words: Uint32Array;
  /** The same memory as words. */
  children: Int32Array;
  values: Float64Array;
  /** Per tree, the number of its first node's set; −1 where no split is over categories. */
  sets: Int32Array;
  /** 32 bytes a set, a bit for each bin that goes left. */
  bits: Uint8Array;
}
