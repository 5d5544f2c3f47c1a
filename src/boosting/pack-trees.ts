import type { Arena } from '../kernels/arena.ts';
import type { PackedTrees } from '../kernels/packed-trees.ts';
import { treeCount, type BoostedTrees } from './boosted-trees.ts';

/** Trees first … last − 1 laid out for walking. @param places per column of X, its place in the rows of bins */
export function packTrees(arena: Arena, trees: BoostedTrees, first: number, last: number, places: Int32Array): PackedTrees {
  const base = trees.starts[first];
  const nodes = trees.starts[last] - base;
  const words = new Uint32Array(2 * nodes);
  const values = arena.float64(nodes);
  const sets = arena.int32(nodes);
  const depths = arena.int32(last - first);
  const isOfNumbers = arena.uint8(last - first);
  for (let t = first; t < last; t++) {
    const from = trees.starts[t];
    isOfNumbers[t - first] = 1;
    // Breadth first, so that two children are neighbours.
    const order = [0];
    const depthOf = [0];
    for (let place = 0; place < order.length; place++) {
      const node = from + order[place];
      const at = from - base + place;
      values[at] = trees.value[node];
      depths[t - first] = Math.max(depths[t - first], depthOf[place]);
      if (trees.left[node] < 0) {
        words[2 * at] = 255 << 16;
        words[2 * at + 1] = place;
        continue;
      }
      const isOfSets = trees.set[node] >= 0;
      if (isOfSets) isOfNumbers[t - first] = 0;
      sets[at] = Math.max(0, trees.set[node]);
      const kind = isOfSets ? 2 : trees.missingGoesLeft[node];
      words[2 * at] = (places[trees.feature[node]] | (trees.bin[node] << 16) | (kind << 24)) >>> 0;
      words[2 * at + 1] = order.length;
      order.push(trees.left[node], trees.right[node]);
      depthOf.push(depthOf[place] + 1, depthOf[place] + 1);
    }
  }
  const packed = arena.copyInt32(new Int32Array(words.buffer));
  const bits = arena.copyUint8(new Uint8Array(trees.bits.buffer, trees.bits.byteOffset, trees.bits.byteLength));
  // Missing values are bin 255 here, whatever number they had among the bins.
  for (let node = trees.starts[first]; node < trees.starts[last]; node++) {
    const set = trees.set[node];
    if (set >= 0) bits[32 * set + 31] = (bits[32 * set + 31] & 127) | (trees.missingGoesLeft[node] << 7);
  }
  return {
    starts: arena.copyInt32(trees.starts.subarray(first, last).map((start) => start - base)),
    depths,
    words: new Uint32Array(packed.buffer, packed.byteOffset, packed.length),
    children: packed,
    values,
    sets,
    bits,
    isOfNumbers,
  };
}

/** All of them. */
export const packAll = (arena: Arena, trees: BoostedTrees, places: Int32Array): PackedTrees => packTrees(arena, trees, 0, treeCount(trees), places);
