import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { PackedNodes } from './packed-nodes.ts';
import * as twins from './twins/tree-leaves.ts';

/**
 * Writes the number of the leaf of a tree that each row ends in.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise.
 * @param X rows × cols, row after row
 */
export function findLeaves(rows: number, cols: number, X: Float32Array, nodes: PackedNodes, leaves: Int32Array): void {
  checkLength('findLeaves', 'leaves', leaves, rows);
  const kernels = kernelsFor(X, nodes.words, leaves);
  if (kernels) kernels.findLeaves(rows, cols, X.byteOffset, nodes.words.byteOffset, leaves.byteOffset);
  else twins.findLeaves(rows, cols, X, nodes, leaves);
}
