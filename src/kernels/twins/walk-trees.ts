import type { PackedTrees } from '../packed-trees.ts';

export function walkTrees(rows: number, bins: Uint8Array, stride: number, first: number, last: number, trees: PackedTrees, outputs: number, out: Float64Array): void {
  const { starts, words, children, values, sets, bits } = trees;
  for (let t = first; t < last; t++) {
    const start = starts[t];
    for (let i = 0; i < rows; i++) {
      let at = 0;
      for (;;) {
        const word = words[2 * (start + at)];
        const kind = word >>> 24;
        const bin = bins[i * stride + (word & 0xffff)];
        const right = sets[t] < 0 ? Number(((bin + kind) & 255) > ((word >>> 16) & 255) + kind) : ((bits[32 * (sets[t] + at) + (bin >> 3)] >> (bin & 7)) & 1) ^ 1;
        const child = children[2 * (start + at) + 1] + right;
        if (child === at) break;
        at = child;
      }
      out[i * outputs + (t % outputs)] += values[start + at];
    }
  }
}
