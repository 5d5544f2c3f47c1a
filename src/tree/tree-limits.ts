import type { SplitLimits } from './splitter.ts';

/** Where a tree stops growing, in rows and weights. */
export interface TreeLimits extends SplitLimits {
  maxDepth: number;
  minSamplesSplit: number;
  /** null for no limit: the tree then grows depth first. */
  maxLeafNodes: number | null;
  minImpurityDecrease: number;
}
