import type { Criterion } from './criterion.ts';
import type { NodeList } from './node-list.ts';
import type { Splitter } from './splitter.ts';
import type { TreeLimits } from './tree-limits.ts';

/** What the nodes of one tree are made with. */
export interface Grower {
  splitter: Splitter;
  criterion: Criterion;
  nodes: NodeList;
  limits: TreeLimits;
  /** How many rows have weight. */
  rows: number;
}

/** An impurity this small is taken for none, and an improvement this short of minImpurityDecrease for enough. */
export const EPSILON = 2 ** -52;
