import type { Matrix } from '../matrix/matrix.ts';
import { eachLeaf } from '../tree/each-leaf.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';

/** Adds what the trees of stages predict for the rows of X to raw predictions, rows × outputs, in place. */
export function addStages(trees: readonly TreeNodes[], outputs: number, learningRate: number, X: Matrix, raw: Float64Array): void {
  eachLeaf(trees, X, (t, from, leaves) => {
    const { value } = trees[t];
    let at = from * outputs + (t % outputs);
    for (let i = 0; i < leaves.length; i++, at += outputs) raw[at] += learningRate * value[leaves[i]];
  });
}
