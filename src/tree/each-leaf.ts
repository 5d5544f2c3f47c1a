import { withArena, type Arena } from '../kernels/arena.ts';
import { findLeaves } from '../kernels/tree-leaves.ts';
import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { packNodes } from './pack-nodes.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Rows, and numbers in them, that are walked through one tree after the other, so that both stay in the cache. */
const BLOCK_ROWS = 512;
const BLOCK_NUMBERS = 2 ** 18;
/** Nodes that are packed at a time, in 64 MiB. */
const MOST_NODES = 2 ** 22;
/** Packing so many nodes takes about as long as walking one row through them saves once they are packed. */
const NODES_A_ROW = 8;

/**
 * Tells the leaf of every row in every tree: calls `work` with a tree's number, a block's first row, and the number of
 * the leaf that each row of the block ends in. A row meets the trees in their order. The array is used again.
 *
 * X: dense or CSR, rounded to single precision. Trees without categories.
 */
export function eachLeaf(trees: readonly TreeNodes[], X: Matrix, work: (t: number, from: number, leaves: Int32Array) => void): void {
  const isPacked = NODES_A_ROW * X.rows * trees.length >= trees.reduce((sum, tree) => sum + tree.left.length, 0);
  const most = Math.max(1, Math.min(BLOCK_ROWS, X.rows, Math.floor(BLOCK_NUMBERS / X.cols)));
  for (let first = 0, last = 0; first < trees.length; first = last) {
    let nodes = 0;
    do nodes += trees[last++].left.length;
    while (last < trees.length && nodes + trees[last].left.length <= MOST_NODES);
    withArena((arena) => {
      const block = arena.float32(most * X.cols).fill(0);
      const leaves = arena.int32(most);
      const walks = trees.slice(first, last).map((tree) => (isPacked ? packedWalk(arena, tree) : plainWalk(tree)));
      for (let from = 0; from < X.rows; from += most) {
        const ended = leaves.subarray(0, Math.min(most, X.rows - from));
        readRows(X, from, from + ended.length, block);
        walks.forEach((walk, k) => {
          walk(block, X.cols, ended);
          work(first + k, from, ended);
        });
        if (X.kind === 'csr') clearRows(X, from, from + ended.length, block);
      }
    });
  }
}

function readRows(X: Matrix, from: number, to: number, block: Float32Array): void {
  if (X.kind === 'dense') {
    block.set(X.data.subarray(from * X.cols, to * X.cols));
    return;
  }
  for (let i = from; i < to; i++) {
    for (let e = X.indptr[i]; e < X.indptr[i + 1]; e++) block[(i - from) * X.cols + X.indices[e]] = X.data[e];
  }
}

/** Makes what readRows wrote zero again: much less than the whole block. */
function clearRows(X: CsrMatrix, from: number, to: number, block: Float32Array): void {
  for (let i = from; i < to; i++) {
    for (let e = X.indptr[i]; e < X.indptr[i + 1]; e++) block[(i - from) * X.cols + X.indices[e]] = 0;
  }
}

/** Writes the leaves of as many rows of a block as there is room for. */
type Walk = (block: Float32Array, cols: number, leaves: Int32Array) => void;

function packedWalk(arena: Arena, tree: TreeNodes): Walk {
  const nodes = packNodes(arena, tree);
  return (block, cols, leaves) => findLeaves(leaves.length, cols, block, nodes, leaves);
}

function plainWalk({ left, right, feature, threshold, missingGoesLeft }: TreeNodes): Walk {
  return (block, cols, leaves) => {
    for (let i = 0; i < leaves.length; i++) {
      let node = 0;
      for (let child = left[0]; child >= 0; child = left[node]) {
        const x = block[i * cols + feature[node]];
        node = x <= threshold[node] || (x !== x && missingGoesLeft[node] === 1) ? child : right[node];
      }
      leaves[i] = node;
    }
  };
}
