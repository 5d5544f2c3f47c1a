import type { CategorySplits, TreeNodes } from '../../tree/tree-nodes.ts';

/** A node of another library's tree; a child is a node, made when it is asked for. */
export interface ImportedNode {
  /** What a leaf adds; undefined for an inner node. */
  value?: number;
  feature?: number;
  threshold?: number;
  missingGoesLeft?: boolean;
  /** Categories that go left, whole numbers from 0 to 255, in place of a threshold. */
  categories?: readonly number[];
  samples?: number;
  left?: () => ImportedNode;
  right?: () => ImportedNode;
}

/** Nodes in the order root, left part, right part: children stand behind their parents. Without recursion, however deep. */
export function buildTree(root: ImportedNode): TreeNodes {
  const nodes: ImportedNode[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const waiting: { node: ImportedNode; hang: ((at: number) => void) | null }[] = [{ node: root, hang: null }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const at = nodes.push(next.node) - 1;
    left.push(-1);
    right.push(-1);
    next.hang?.(at);
    if (next.node.left === undefined || next.node.right === undefined) continue;
    waiting.push({ node: next.node.right(), hang: (child) => (right[at] = child) });
    waiting.push({ node: next.node.left(), hang: (child) => (left[at] = child) });
  }
  const samples = Int32Array.from(nodes, (node) => node.samples ?? 0);
  const tree: TreeNodes = {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    feature: Int32Array.from(nodes, (node) => node.feature ?? -1),
    threshold: Float64Array.from(nodes, (node) => node.threshold ?? 0),
    missingGoesLeft: Uint8Array.from(nodes, (node) => Number(node.missingGoesLeft ?? false)),
    value: Float64Array.from(nodes, (node) => node.value ?? 0),
    outputs: 1,
    impurity: new Float64Array(nodes.length),
    samples,
    weightedSamples: Float64Array.from(samples),
  };
  const categories = categorySplits(nodes);
  return categories === undefined ? tree : { ...tree, categories };
}

function categorySplits(nodes: readonly ImportedNode[]): CategorySplits | undefined {
  const sets = nodes.filter(({ categories }) => categories !== undefined);
  if (sets.length === 0) return undefined;
  const bits = new Uint32Array(8 * sets.length);
  sets.forEach(({ categories }, s) => categories?.forEach((category) => (bits[8 * s + (category >>> 5)] |= 1 << (category & 31))));
  let set = 0;
  return { set: Int32Array.from(nodes, ({ categories }) => (categories === undefined ? -1 : set++)), bits };
}
