import type { Label } from '../core/labels.ts';
import type { GrownNode } from '../kernels/grow-tree.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import type { ColumnPlan } from './block-reader.ts';

/**
 * Trees of a boosted model in one set of arrays: tree t has the nodes starts[t] … starts[t + 1] − 1, and children are
 * counted within their tree. Trees of one round follow each other, one per output.
 *
 * Columns are those of X; at a split over categories, a row goes by its category's number in `categories`.
 */
export interface BoostedTrees {
  starts: Int32Array;
  left: Int32Array;
  right: Int32Array;
  feature: Int32Array;
  threshold: Float64Array;
  /** Rows up to this bin go left. */
  bin: Uint8Array;
  missingGoesLeft: Uint8Array;
  /** What a leaf adds to the raw prediction, learning rate included; of inner nodes, what they would add. */
  value: Float64Array;
  gain: Float64Array;
  samples: Int32Array;
  /** Per node, the number of its set of categories, −1 for none. */
  set: Int32Array;
  /** Eight words a set, a bit for each category that goes left. */
  bits: Uint32Array;
}

/**
 * A grown tree by itself.
 * @param values per leaf, in the order of the nodes: what it adds
 */
export function treeOfNodes(nodes: readonly GrownNode[], plan: readonly ColumnPlan[], edges: readonly Float64Array[], learningRate: number, values: Float64Array): BoostedTrees {
  const n = nodes.length;
  const tree: BoostedTrees = {
    starts: Int32Array.of(0, n),
    left: new Int32Array(n),
    right: new Int32Array(n),
    feature: new Int32Array(n).fill(-1),
    threshold: new Float64Array(n),
    bin: new Uint8Array(n),
    missingGoesLeft: new Uint8Array(n),
    value: new Float64Array(n),
    gain: new Float64Array(n),
    samples: new Int32Array(n),
    set: new Int32Array(n).fill(-1),
    bits: new Uint32Array(8 * nodes.reduce((count, { categories }) => count + (categories === null ? 0 : 1), 0)),
  };
  let set = 0;
  let leaf = 0;
  for (let i = 0; i < n; i++) {
    const node = nodes[i];
    tree.left[i] = node.left;
    tree.right[i] = node.right;
    tree.samples[i] = node.count;
    if (node.left < 0) {
      tree.value[i] = values[leaf++];
      continue;
    }
    tree.value[i] = node.value * learningRate;
    tree.gain[i] = node.gain;
    tree.feature[i] = plan[node.feature].column;
    tree.missingGoesLeft[i] = node.missingLeft ? 1 : 0;
    if (node.categories === null) {
      tree.bin[i] = node.bin;
      tree.threshold[i] = edges[node.feature][node.bin] ?? Infinity;
    } else {
      tree.bits.set(new Uint32Array(node.categories.buffer), 8 * set);
      tree.set[i] = set++;
    }
  }
  return tree;
}

/** Trees one after the other. */
export function joinTrees(parts: readonly BoostedTrees[]): BoostedTrees {
  const starts = [0];
  let sets = 0;
  const shifted: Int32Array[] = [];
  for (const part of parts) {
    const base = starts[starts.length - 1];
    for (let t = 1; t < part.starts.length; t++) starts.push(base + part.starts[t]);
    const before = sets;
    shifted.push(part.set.map((own) => (own < 0 ? -1 : own + before)));
    sets += part.bits.length / 8;
  }
  const join = <A extends Int32Array | Float64Array | Uint8Array>(Class: new (n: number) => A, name: keyof BoostedTrees): A => concat(Class, parts.map((part) => part[name] as A));
  return {
    starts: Int32Array.from(starts),
    left: join(Int32Array, 'left'),
    right: join(Int32Array, 'right'),
    feature: join(Int32Array, 'feature'),
    threshold: join(Float64Array, 'threshold'),
    bin: join(Uint8Array, 'bin'),
    missingGoesLeft: join(Uint8Array, 'missingGoesLeft'),
    value: join(Float64Array, 'value'),
    gain: join(Float64Array, 'gain'),
    samples: join(Int32Array, 'samples'),
    set: concat(Int32Array, shifted),
    bits: concat(Uint32Array, parts.map(({ bits }) => bits)),
  };
}

function concat<A extends Int32Array | Uint32Array | Float64Array | Uint8Array>(Class: new (n: number) => A, parts: readonly A[]): A {
  const whole = new Class(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const treeCount = ({ starts }: BoostedTrees): number => starts.length - 1;

/** The first trees, sharing memory. */
export function firstTrees(trees: BoostedTrees, count: number): BoostedTrees {
  const end = trees.starts[count];
  const cut = Object.entries(trees).map(([name, array]) => [name, name === 'starts' ? array.subarray(0, count + 1) : name === 'bits' ? array : array.subarray(0, end)]);
  return Object.fromEntries(cut) as BoostedTrees;
}

/** Tree t by itself, sharing memory; `categories` tells which of X's columns hold categories. */
export function treeAt(trees: BoostedTrees, t: number): TreeNodes {
  const from = trees.starts[t];
  const to = trees.starts[t + 1];
  const samples = trees.samples.subarray(from, to);
  const set = trees.set.subarray(from, to);
  return {
    left: trees.left.subarray(from, to),
    right: trees.right.subarray(from, to),
    feature: trees.feature.subarray(from, to),
    threshold: trees.threshold.subarray(from, to),
    missingGoesLeft: trees.missingGoesLeft.subarray(from, to),
    value: trees.value.subarray(from, to),
    outputs: 1,
    impurity: trees.gain.subarray(from, to),
    samples,
    weightedSamples: Float64Array.from(samples),
    ...(set.some((own) => own >= 0) && { categories: { set, bits: trees.bits } }),
  };
}

/** What a model knows of X's columns. */
export interface ColumnCoding {
  /** Per column of X: ascending categories, or null for numbers. */
  categories: readonly (readonly Label[] | null)[];
  /** Per column of X: what parts its bins. */
  binEdges: readonly Float64Array[];
}
