import type { PackedNodes } from '../packed-nodes.ts';

export function findLeaves(rows: number, cols: number, X: Float32Array, { thresholds, words }: PackedNodes, leaves: Int32Array): void {
  for (let i = 0; i < rows; i++) {
    let at = 0;
    for (;;) {
      const word = words[4 * at + 1];
      const x = X[i * cols + (word >>> 1)];
      const goesLeft = x <= thresholds[4 * at] || (x !== x && (word & 1) === 1);
      const next = words[4 * at + 2] + (goesLeft ? 0 : 1);
      if (next === at) break;
      at = next;
    }
    leaves[i] = words[4 * at + 3];
  }
}
