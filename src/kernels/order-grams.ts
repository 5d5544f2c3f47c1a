import { DataError } from '../core/errors.ts';
import type { Arena } from './arena.ts';
import { checkLength } from './check-length.ts';
import type { GramTable } from './gram-table.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/grams.ts';

/**
 * The column of every node: features in the order of their sequences, compared token by token by the tokens'
 * ranks, a beginning before what it begins; −1 for a node that is no feature. That is the order of the features'
 * texts as long as the separator between tokens sorts before every character of a token.
 *
 * In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same numbers.
 * @param rank per token, its place among the tokens
 * @throws DataError unless every place is given once
 */
export function orderGrams(arena: Arena, table: GramTable, rank: Int32Array): Int32Array {
  const { roots, size, parents, lasts, isFeature } = table;
  checkLength('orderGrams', 'rank', rank, roots);
  const isGiven = new Uint8Array(roots);
  for (let token = 0; token < roots; token++) {
    // Out of range, this is undefined, and so refused too.
    if (isGiven[rank[token]] !== 0) {
      throw new DataError(`orderGrams: ranks must be 0 to ${roots - 1}, each once, got ${rank[token]} twice or out of range.`);
    }
    isGiven[rank[token]] = 1;
  }
  const columns = arena.int32(size);
  const ranks = arena.copyInt32(rank);
  const kernels = table.kernels() && kernelsFor(columns, ranks);
  if (!kernels) {
    twins.orderGrams(roots, size, parents, lasts, ranks, isFeature, columns);
    return columns;
  }
  kernels.orderGrams(
    roots,
    size,
    parents.byteOffset,
    lasts.byteOffset,
    ranks.byteOffset,
    isFeature.byteOffset,
    arena.int32(roots + 1).byteOffset,
    arena.int32(size).byteOffset,
    arena.int32(size).byteOffset,
    arena.int32(size).byteOffset,
    columns.byteOffset,
  );
  return columns;
}
