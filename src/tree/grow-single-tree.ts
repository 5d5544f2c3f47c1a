import { pairwiseSum } from '../core/pairwise-sum.ts';
import { RandomState } from '../core/random-state.ts';
import { withArena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { growTree, type Growth, type TreeTarget } from './grow-tree.ts';
import { pruneTree } from './prune-tree.ts';
import { ranksOf } from './shared-ranks.ts';
import { SplitColumns } from './split-columns.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { treeLimits, type GrowthOptions } from './tree-options.ts';

/** Grows the tree of a DecisionTreeClassifier or DecisionTreeRegressor. */
export function growSingleTree(
  owner: string,
  X: Matrix,
  target: TreeTarget,
  weights: Float64Array | undefined,
  options: Required<GrowthOptions> & Pick<Growth, 'criterion' | 'splitter'>,
): TreeNodes {
  const weight = weights === undefined ? X.rows : pairwiseSum(weights);
  const limits = treeLimits(owner, options, X.rows, X.cols, weight, 'codes' in target ? target.classes : 0);
  const columns = ranksOf(owner, X);
  const growth = { criterion: options.criterion, splitter: options.splitter, limits };
  const tree = withArena((arena) => growTree(arena, columns, new SplitColumns(arena, columns), target, weights, new RandomState(options.randomState), growth));
  return options.ccpAlpha > 0 ? pruneTree(tree, options.ccpAlpha) : tree;
}
