import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { PackedTrees } from './packed-trees.ts';
import * as twins from './twins/walk-trees.ts';

/** What walkTrees works in. */
export const WALK_BYTES = 32_768;

/**
 * Adds to out[row · outputs + tree % outputs] the value of the leaf that a row reaches in trees first … last − 1, in turn.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 * @param bins rows of `stride` bytes; missing values are 255
 * @param room WALK_BYTES to work with
 */
export function walkTrees(
  rows: number,
  bins: Uint8Array,
  stride: number,
  first: number,
  last: number,
  trees: PackedTrees,
  outputs: number,
  out: Float64Array,
  room: Uint8Array,
): void {
  checkLength('walkTrees', 'out', out, rows * outputs);
  checkLength('walkTrees', 'room', room, WALK_BYTES);
  const { starts, depths, words, values, sets, bits } = trees;
  const kernels = kernelsFor(bins, starts, depths) && kernelsFor(words, values, sets) && kernelsFor(bits, out, room);
  if (!kernels) {
    twins.walkTrees(rows, bins, stride, first, last, trees, outputs, out);
    return;
  }
  kernels.walkTrees(
    rows,
    bins.byteOffset,
    stride,
    first,
    last,
    starts.byteOffset,
    depths.byteOffset,
    words.byteOffset,
    values.byteOffset,
    sets.byteOffset,
    bits.byteOffset,
    outputs,
    out.byteOffset,
    room.byteOffset,
  );
}
