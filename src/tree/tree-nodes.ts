/**
 * A fitted binary tree as parallel arrays, one element per node. Node 0 is the root; children have larger numbers than
 * their parent. A plain record of typed arrays, so that saving, worker threads and export take it as it is.
 *
 * At a node with `left[n] >= 0`, a row goes left when x[feature[n]] ≤ threshold[n], or, where x is NaN, when
 * missingGoesLeft[n] is 1. Trees and forests compare x rounded to single precision (Math.fround), as scikit-learn does;
 * boosting compares x itself.
 *
 * Counterpart: scikit-learn's `tree_` (leaves have feature −1 and threshold 0 here, −2 there).
 */
export interface TreeNodes {
  /** Number of the left child; −1 at leaves. */
  left: Int32Array;
  /** Number of the right child; −1 at leaves. */
  right: Int32Array;
  /** The column that is asked for; −1 at leaves. */
  feature: Int32Array;
  /** Rows with x ≤ threshold go left; Infinity sends every number left (and NaN right). 0 at leaves and categorical splits. */
  threshold: Float64Array;
  /** 1 where rows without a value go left. */
  missingGoesLeft: Uint8Array;
  /** Nodes × outputs, row after row: the mean or the class shares of the node's rows (of inner nodes too). */
  value: Float64Array;
  /** How many numbers `value` holds for each node. */
  outputs: number;
  /** The criterion's value at the node; in boosting, the gain of the node's split. */
  impurity: Float64Array;
  /** How many training rows reached the node. */
  samples: Int32Array;
  /** The sum of their weights: the cover that path-dependent SHAP values go by. */
  weightedSamples: Float64Array;
  /** Only in trees with splits over categories. */
  categories?: CategorySplits;
}

/** Splits over sets of categories: a row goes left when the set has its category, a whole number from 0 to 255. */
export interface CategorySplits {
  /** Number of the node's set; −1 where the split is over numbers. */
  set: Int32Array;
  /** Sets × 8 words: category c is in set s when bit c % 32 of word 8·s + ⌊c / 32⌋ is 1. */
  bits: Uint32Array;
}
