import type { Arena } from '../kernels/arena.ts';
import type { PackedTrees } from '../kernels/packed-trees.ts';
import type { BoostedTrees } from './boosted-trees.ts';

/** Trees first … last − 1 laid out for walking. @param places per column of X, its place in the rows of bins */
export function packTrees(arena: Arena, trees: BoostedTrees, first: number, last: number, places: Int32Array): PackedTrees {
  const base = trees.starts[first];
  const nodes = trees.starts[last] - base;
  const words = new Uint32Array(2 * nodes);
  const values = arena.float64(nodes);
  const depths = arena.int32(last - first);
  const sets = arena.int32(last - first);
  let setCount = 0;
  for (let t = first; t < last; t++) {
    const own = trees.set.subarray(trees.starts[t], trees.starts[t + 1]);
    const hasSets = own.some((set) => set >= 0);
    sets[t - first] = hasSets ? setCount : -1;
    if (hasSets) setCount += own.length;
  }
  const bits = arena.uint8(32 * setCount);
  for (let t = first; t < last; t++) {
    const from = trees.starts[t];
    const ownSets = sets[t - first];
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
        if (ownSets >= 0) bits.fill(255, 32 * (ownSets + place), 32 * (ownSets + place + 1));
        continue;
      }
      words[2 * at] = (places[trees.feature[node]] | (trees.bin[node] << 16) | (trees.missingGoesLeft[node] << 24)) >>> 0;
      if (ownSets >= 0) writeSet(trees, node, bits.subarray(32 * (ownSets + place), 32 * (ownSets + place + 1)));
      words[2 * at + 1] = order.length;
      order.push(trees.left[node], trees.right[node]);
      depthOf.push(depthOf[place] + 1, depthOf[place] + 1);
    }
  }
  const packed = arena.copyInt32(new Int32Array(words.buffer));
  return {
    starts: arena.copyInt32(trees.starts.subarray(first, last + 1).map((start) => start - base)),
    depths,
    words: new Uint32Array(packed.buffer, packed.byteOffset, packed.length),
    children: packed,
    values,
    sets,
    bits,
  };
}

/** Writes a bit for each bin that goes left; missing values are bin 255 here, whatever number they had among the bins. */
function writeSet({ set, bits, bin, missingGoesLeft }: BoostedTrees, node: number, out: Uint8Array): void {
  if (set[node] >= 0) for (let byte = 0; byte < 32; byte++) out[byte] = bits[8 * set[node] + (byte >> 2)] >>> (8 * (byte & 3));
  else for (let b = 0; b <= bin[node]; b++) out[b >> 3] |= 1 << (b & 7);
  out[31] = (out[31] & 127) | (missingGoesLeft[node] << 7);
}
