import type { DualHingeArrays } from '../dual-hinge-arrays.ts';
import { BLOCK, BLOCK_DOUBLES } from '../dual-hinge-rows.ts';

/** Gradients smaller than this leave a coordinate as it is. */
const STILL = 1e-12;

/** Twin of assembly/dual-hinge.ts: the same operations in the same order, so the same bits. */
export function dualHingePass(active: number, { order, X, signs, bounds, diagonal, curvature, alpha, bias, range }: DualHingeArrays): number {
  const { cols, starts, blocks, w } = X;
  const addresses = new Uint32Array(blocks.buffer, blocks.byteOffset, 2 * blocks.length);
  const at = (address: number): number => (address - w.byteOffset) / 8;
  const highest = range[0];
  const lowest = range[1];
  let newHighest = -Infinity;
  let newLowest = Infinity;
  for (let s = 0; s < active; s++) {
    const i = order[s];
    const first = starts[i] * BLOCK_DOUBLES;
    const last = starts[i + 1] * BLOCK_DOUBLES;
    const sign = signs[i];
    const bound = bounds[i];
    const before = alpha[i];
    const sums = new Float64Array(BLOCK);
    for (let q = first; q < last; q += BLOCK_DOUBLES) for (let lane = 0; lane < BLOCK; lane++) sums[lane] += w[at(addresses[2 * q + lane])] * blocks[q + 2 + lane];
    let score = sums[0] + sums[2] + (sums[1] + sums[3]);
    if (bias !== 0) score += w[cols] * bias;
    const gradient = score * sign - 1 + before * diagonal[i];

    if ((before === 0 && gradient > highest) || (before !== 0 && before === bound && gradient < lowest)) {
      active--;
      order[s] = order[active];
      order[active] = i;
      s--;
      continue;
    }
    let projected = gradient;
    if (before === 0) projected = gradient > 0 ? 0 : gradient;
    else if (before === bound) projected = gradient < 0 ? 0 : gradient;
    if (projected > newHighest) newHighest = projected;
    if (projected < newLowest) newLowest = projected;
    if (Math.abs(projected) <= STILL) continue;

    let after = before - gradient / curvature[i];
    if (!(after > 0)) after = 0;
    else if (after > bound) after = bound;
    alpha[i] = after;
    const step = (after - before) * sign;
    for (let q = first; q < last; q += BLOCK_DOUBLES) for (let lane = 0; lane < BLOCK; lane++) w[at(addresses[2 * q + lane])] += step * blocks[q + 2 + lane];
    if (bias !== 0) w[cols] += step * bias;
  }
  range[2] = newHighest;
  range[3] = newLowest;
  return active;
}
