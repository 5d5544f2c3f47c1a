/**
 * Fills a dropout mask: scale = 1/keep with probability keep, else 0. Each number comes from a hash of its place and
 * the key alone, so that the same key gives the same mask in any environment.
 *
 * Source of the hash: Wellons, "Prospecting for Hash Functions", 2018 (lowbias32).
 */
export function fillMask(mask: Float32Array, keep: number, key: number): void {
  const scale = 1 / keep;
  const limit = keep * 2 ** 32;
  for (let i = 0; i < mask.length; i++) mask[i] = hash((Math.imul(i, 0x9e3779b9) + key) | 0) >>> 0 < limit ? scale : 0;
}

/** A key for mask number `index` of the step with this seed. */
export const maskKey = (seed: number, index: number): number => hash(hash(seed | 0) ^ Math.imul(index + 1, 0x85ebca6b));

function hash(value: number): number {
  let h = value;
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return h ^ (h >>> 16);
}
