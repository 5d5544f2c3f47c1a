import { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { childOf } from './child-of.ts';
import { eachRow } from './each-row.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Rows × nodes, 1 where a row of X passes through a node. */
export function decisionPathOf(tree: TreeNodes, X: Matrix): CsrMatrix {
  const indptr = new Int32Array(X.rows + 1);
  const indices: number[] = [];
  eachRow(X, (row, i) => {
    let node = 0;
    for (;;) {
      indices.push(node);
      if (tree.left[node] < 0) break;
      node = childOf(tree, node, row[tree.feature[node]]);
    }
    indptr[i + 1] = indices.length;
  });
  return new CsrMatrix(X.rows, tree.left.length, indptr, Int32Array.from(indices), new Float64Array(indices.length).fill(1));
}
