/**
 * Nodes of one tree laid out for walking, 16 bytes each: a node's two children lie side by side, and a leaf is its own
 * left child.
 *
 * `thresholds` at 4n: values up to it go left. `words` at 4n + 1: the column times 2, and 1 more where missing values (NaN)
 * go left; 4n + 2: the left child; 4n + 3: the node's number in the tree that was packed. Both see the same memory. At
 * leaves every value goes left.
 */
export interface PackedNodes {
  thresholds: Float32Array;
  words: Int32Array;
}
