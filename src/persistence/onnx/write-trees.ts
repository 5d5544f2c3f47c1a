import type { Label } from '../../core/labels.ts';
import type { TreeNodes } from '../../tree/tree-nodes.ts';
import type { Flow, PredictionFlow } from './flow.ts';
import type { OnnxWriter } from './onnx-writer.ts';

const LESS_OR_EQUAL = 0;
const MEMBER = 6;

/** What of a tree's nodes matters to a graph. */
export type TreeShape = Pick<TreeNodes, 'left' | 'right' | 'feature' | 'threshold' | 'missingGoesLeft' | 'categories'>;

/** What the leaf of a tree adds. */
interface LeafSum {
  /** The sum that the tree adds to. */
  target(tree: number): number;
  value(tree: number, node: number): number;
}

/** Sums over trees of their leaves' values: N × targets. */
export function writeTreeSums(w: OnnxWriter, name: string, trees: readonly TreeShape[], targets: number, leaf: LeafSum): string {
  const nodes = { feature: [] as number[], threshold: [] as number[], mode: [] as number[], missing: [] as number[], yes: [] as number[], no: [] as number[], yesIsLeaf: [] as number[], noIsLeaf: [] as number[] };
  const leaves = { target: [] as number[], value: [] as number[] };
  const members: number[] = [];
  const roots: number[] = [];
  trees.forEach((tree, t) => {
    const first = nodes.feature.length;
    // Numbers of inner nodes, in their order; a lone leaf hangs twice from a node that is made for it.
    const inner = Array.from(tree.left, (left, n) => (left >= 0 ? n : -1)).filter((n) => n >= 0);
    const numbers = new Map(inner.map((n, i) => [n, first + i]));
    const addLeaf = (n: number): number => {
      leaves.target.push(leaf.target(t));
      return leaves.value.push(leaf.value(t, n)) - 1;
    };
    const addChild = (n: number, side: 'yes' | 'no'): void => {
      const number = numbers.get(n);
      nodes[side].push(number ?? addLeaf(n));
      nodes[`${side}IsLeaf`].push(Number(number === undefined));
    };
    roots.push(first);
    for (const n of inner) {
      const set = tree.categories?.set[n] ?? -1;
      nodes.feature.push(tree.feature[n]);
      nodes.threshold.push(set >= 0 ? 0 : tree.threshold[n]);
      nodes.mode.push(set >= 0 ? MEMBER : LESS_OR_EQUAL);
      nodes.missing.push(tree.missingGoesLeft[n]);
      if (set >= 0) members.push(...categoriesOf(tree, set), Number.NaN);
      addChild(tree.left[n], 'yes');
      addChild(tree.right[n], 'no');
    }
    if (inner.length > 0) return;
    nodes.feature.push(0);
    nodes.threshold.push(0);
    nodes.mode.push(LESS_OR_EQUAL);
    nodes.missing.push(0);
    addChild(0, 'yes');
    addChild(0, 'no');
  });
  const ints = (values: readonly number[]): { ints: readonly number[] } => ({ ints: values });
  const doubles = (values: readonly number[]): { tensor: { type: 'double'; shape: number[]; data: Float64Array } } => ({ tensor: { type: 'double', shape: [values.length], data: Float64Array.from(values) } });
  return w.ml('TreeEnsemble', [name], {
    aggregate_function: { int: 1 },
    post_transform: { int: 0 },
    n_targets: { int: targets },
    tree_roots: ints(roots),
    nodes_featureids: ints(nodes.feature),
    nodes_splits: doubles(nodes.threshold),
    nodes_modes: { tensor: { type: 'uint8', shape: [nodes.mode.length], data: Uint8Array.from(nodes.mode) } },
    nodes_missing_value_tracks_true: ints(nodes.missing),
    nodes_truenodeids: ints(nodes.yes),
    nodes_trueleafs: ints(nodes.yesIsLeaf),
    nodes_falsenodeids: ints(nodes.no),
    nodes_falseleafs: ints(nodes.noIsLeaf),
    leaf_targetids: ints(leaves.target),
    leaf_weights: doubles(leaves.value),
    ...(members.length > 0 ? { membership_values: doubles(members) } : {}),
  });
}

function categoriesOf(tree: TreeShape, set: number): number[] {
  const { bits } = tree.categories as NonNullable<TreeNodes['categories']>;
  return Array.from({ length: 256 }, (_, c) => c).filter((c) => ((bits[8 * set + (c >>> 5)] >>> (c & 31)) & 1) === 1);
}

/** The mean over trees of the values of each row's leaf: N × outputs. Trees compare numbers rounded to single precision. */
function writeForestMean(w: OnnxWriter, X: Flow, trees: readonly TreeNodes[]): string {
  const rounded = w.cast(w.cast(w.matrixOf(X).name, 'float'), 'double');
  const { outputs } = trees[0];
  if (outputs === 1) {
    const sums = writeTreeSums(w, rounded, trees, 1, { target: () => 0, value: (t, n) => trees[t].value[n] });
    return w.div(sums, w.double(trees.length));
  }
  // A leaf can add to one sum only: it gives the number of its row in a table of all leaves' values.
  const rows: number[] = [];
  const numberOf = (t: number, n: number): number => {
    for (let k = 0; k < outputs; k++) rows.push(trees[t].value[n * outputs + k]);
    return rows.length / outputs - 1;
  };
  const found = writeTreeSums(w, rounded, trees, trees.length, { target: (t) => t, value: numberOf });
  const values = w.op('Gather', [w.doubles(rows, [rows.length / outputs, outputs]), w.cast(found, 'int64')], { axis: { int: 0 } });
  return w.div(w.op('ReduceSum', [values, w.ints([1])], { keepdims: { int: 0 } }), w.double(trees.length));
}

interface TreeStage {
  readonly fitted: { readonly tree: TreeNodes; readonly classes?: readonly Label[] };
}

interface ForestStage {
  readonly fitted: { readonly trees: readonly TreeNodes[]; readonly classes?: readonly Label[] };
}

export const writeTree = (w: OnnxWriter, { fitted }: TreeStage, X: Flow): PredictionFlow => means(w, X, [fitted.tree], fitted.classes);

export const writeForest = (w: OnnxWriter, { fitted }: ForestStage, X: Flow): PredictionFlow => means(w, X, fitted.trees, fitted.classes);

function means(w: OnnxWriter, X: Flow, trees: readonly TreeNodes[], classes: readonly Label[] | undefined): PredictionFlow {
  const mean = writeForestMean(w, X, trees);
  return classes === undefined ? { kind: 'prediction', classes: null, values: w.flat(mean) } : w.probable(classes, mean);
}
