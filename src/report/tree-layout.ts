import type { TreeNodes } from '../tree/tree-nodes.ts';

/** A node of a drawn tree, in units of one box. */
export interface PlacedNode {
  node: number;
  /** Position of the parent in the list; −1 for the root. */
  parent: number;
  isLeft: boolean;
  depth: number;
  /** Middle of the box, in boxes from the left. */
  x: number;
  /** Whether branches below it are left out. */
  isCut: boolean;
}

/**
 * Places the nodes down to a depth: leaves side by side in order, every parent in the middle over its children. Parents
 * come before their children.
 */
export function layOutTree(tree: TreeNodes, maxDepth: number): PlacedNode[] {
  const placed: PlacedNode[] = [];
  let leaves = 0;
  const place = (node: number, parent: number, isLeft: boolean, depth: number): number => {
    const isSplit = tree.left[node] >= 0;
    const isCut = isSplit && depth === maxDepth;
    const at = placed.push({ node, parent, isLeft, depth, x: 0, isCut }) - 1;
    if (!isSplit || isCut) placed[at].x = leaves++ + 0.5;
    else {
      const left = place(tree.left[node], at, true, depth + 1);
      const right = place(tree.right[node], at, false, depth + 1);
      placed[at].x = (placed[left].x + placed[right].x) / 2;
    }
    return at;
  };
  place(0, -1, false, 0);
  return placed;
}
