import { pairwiseSum } from '../core/pairwise-sum.ts';
import { RandomState } from '../core/random-state.ts';
import { withArena } from '../kernels/arena.ts';
import { checkTrees } from './forest-memory.ts';
import type { ForestOptions } from './forest-options.ts';
import { growTree, type Growth, type TreeTarget } from './grow-tree.ts';
import { pruneTree } from './prune-tree.ts';
import type { RankedColumns } from './ranked-columns.ts';
import { SplitColumns } from './split-columns.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { treeLimits } from './tree-options.ts';

/** All that growing a forest's trees takes: a plain message, so that any thread can grow any of them. */
export interface ForestPlan {
  owner: string;
  columns: RankedColumns;
  target: TreeTarget;
  /** One weight per row; undefined where each weighs 1. */
  weights: Float64Array | undefined;
  /** How many rows each tree draws; null for all rows, once each. */
  draws: number | null;
  /** Whether classes are weighted anew by how often each tree has drawn them. */
  balancesDraws: boolean;
  /** One per tree: all of its randomness. */
  seeds: Float64Array;
  growth: Omit<Growth, 'limits'>;
  options: Required<ForestOptions>;
  /** Bytes that all trees may take. */
  memory: number;
}

/**
 * Grows the trees whose numbers `take` hands out, until it gives one beyond the last.
 * A tree depends on its seed alone, so that it does not matter who grows it.
 * @throws DataError if, by the first, all trees would not fit the memory
 */
export function growTrees(plan: ForestPlan, take: () => number): Map<number, TreeNodes> {
  const { columns, target, seeds, options } = plan;
  return withArena((arena) => {
    const reader = new SplitColumns(arena, columns);
    const trees = new Map<number, TreeNodes>();
    for (let t = take(); t < seeds.length; t = take()) {
      const weights = treeWeights(plan, t);
      const weight = weights === undefined ? columns.rows : pairwiseSum(weights);
      const limits = treeLimits(plan.owner, options, columns.rows, columns.cols, weight, 'codes' in target ? target.classes : 0);
      const tree = withArena((inner) => growTree(inner, columns, reader, target, weights, new RandomState(seeds[t]), { ...plan.growth, limits }));
      if (trees.size === 0) checkTrees(plan.owner, tree, seeds.length, plan.memory);
      trees.set(t, options.ccpAlpha > 0 ? pruneTree(tree, options.ccpAlpha) : tree);
    }
    return trees;
  });
}

/** How often tree t has drawn each row; undefined where trees draw none. */
export function drawnCounts({ columns, weights, draws, seeds }: Pick<ForestPlan, 'columns' | 'weights' | 'draws' | 'seeds'>, t: number): Float64Array | undefined {
  if (draws === null) return undefined;
  const { rows } = columns;
  const counts = new Float64Array(rows);
  const random = new RandomState(seeds[t]);
  if (weights === undefined) for (let k = 0; k < draws; k++) counts[random.randint(rows)]++;
  else {
    const sum = pairwiseSum(weights);
    for (const row of random.choice(rows, draws, { p: weights.map((w) => w / sum) })) counts[row]++;
  }
  return counts;
}

/** The rows' weights in tree t: how often each was drawn, which already follows the weights given. */
function treeWeights(plan: ForestPlan, t: number): Float64Array | undefined {
  const counts = drawnCounts(plan, t);
  if (counts === undefined) return plan.weights;
  if (!plan.balancesDraws || !('codes' in plan.target)) return counts;
  const { codes, classes } = plan.target;
  const drawn = new Float64Array(classes);
  for (let i = 0; i < counts.length; i++) drawn[codes[i]] += counts[i];
  const present = drawn.reduce((n, count) => n + (count > 0 ? 1 : 0), 0);
  return counts.map((count, i) => (count === 0 ? 0 : count * (plan.draws! / (present * drawn[codes[i]]))));
}
