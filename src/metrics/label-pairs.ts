import { encodeLabels, type Labels } from '../core/labels.ts';
import { checkRows } from './check-rows.ts';

/** How rows fall into the groups of two labellings. */
export interface LabelPairs {
  rows: number;
  /** Rows of each group of the first labelling. */
  left: Float64Array;
  /** Rows of each group of the second one. */
  right: Float64Array;
  /** Pairs of groups that have rows in common, and how many. */
  common: readonly { left: number; right: number; count: number }[];
}

/**
 * Counts the rows of two labellings, whose labels may be of different types: what they call a group does not matter.
 * Counterpart: sklearn.metrics.cluster.contingency_matrix.
 */
export function labelPairs(owner: string, labelsTrue: Labels, labelsPred: Labels): LabelPairs {
  const rows = checkRows(owner, { labelsTrue, labelsPred });
  const first = encodeLabels(owner, labelsTrue);
  const second = encodeLabels(owner, labelsPred);
  const left = new Float64Array(first.classes.length);
  const right = new Float64Array(second.classes.length);
  const counts = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const [a, b] = [first.codes[i], second.codes[i]];
    left[a]++;
    right[b]++;
    const pair = a * right.length + b;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  const common = [...counts].map(([pair, count]) => ({ left: Math.floor(pair / right.length), right: pair % right.length, count }));
  return { rows, left, right, common };
}
