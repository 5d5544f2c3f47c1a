/** A whole number in [0, 2³²) from two: the seed of a batch's dropout. Neighbouring batches get unlike ones. */
export function batchSeed(randomState: number, step: number): number {
  let h = Math.imul(randomState ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(step + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
