import type { TreeNodes } from './tree-nodes.ts';

/** Number of splits between the root and the farthest leaf; 0 for a single node. */
export function treeDepth({ left, right }: TreeNodes): number {
  // A parent's number is smaller than its children's, so that one pass knows every parent's depth in time.
  const depth = new Int32Array(left.length);
  let deepest = 0;
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue;
    depth[left[node]] = depth[right[node]] = depth[node] + 1;
    deepest = Math.max(deepest, depth[node] + 1);
  }
  return deepest;
}
