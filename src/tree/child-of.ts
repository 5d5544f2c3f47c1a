import type { TreeNodes } from './tree-nodes.ts';

/** The child of an inner node to which a value of its feature leads. A category that no set knows goes as a missing one. */
export function childOf(tree: TreeNodes, node: number, x: number): number {
  const set = tree.categories === undefined ? -1 : tree.categories.set[node];
  let goesLeft: boolean;
  if (x !== x || (set >= 0 && !(x >= 0 && x < 256))) goesLeft = tree.missingGoesLeft[node] === 1;
  else if (set >= 0) goesLeft = ((tree.categories!.bits[8 * set + (x >>> 5)] >>> (x & 31)) & 1) === 1;
  else goesLeft = x <= tree.threshold[node];
  return goesLeft ? tree.left[node] : tree.right[node];
}
