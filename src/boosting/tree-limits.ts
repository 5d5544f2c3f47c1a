/** When a tree stops growing, and what its values are. */
export interface TreeLimits {
  /** Most leaves. */
  maxLeaves: number;
  /** Most splits between root and leaf. */
  maxDepth: number;
  minSamplesLeaf: number;
  l2: number;
  /** What leaf values are multiplied by. */
  learningRate: number;
  /** Share of the columns that a node may split by. */
  maxFeatures: number;
}
