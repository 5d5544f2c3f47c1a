import type { TreeNodes } from './tree-nodes.ts';

/** Number of leaves. */
export function leafCount({ left }: TreeNodes): number {
  let leaves = 0;
  for (const child of left) if (child < 0) leaves++;
  return leaves;
}
