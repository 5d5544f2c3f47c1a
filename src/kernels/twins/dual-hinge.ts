import type { DualHingeArrays } from '../dual-hinge-arrays.ts';

/** Gradients smaller than this leave a coordinate as it is. */
const STILL = 1e-12;

/** Twin of assembly/dual-hinge.ts: the same operations in the same order, so the same bits. */
export function dualHingePass(active: number, { order, X, signs, bounds, diagonal, curvature, alpha, w, bias, range }: DualHingeArrays): number {
  const { indptr, indices, data } = X;
  const highest = range[0];
  const lowest = range[1];
  let newHighest = -Infinity;
  let newLowest = Infinity;
  for (let s = 0; s < active; s++) {
    const i = order[s];
    const start = indptr[i];
    const end = indptr[i + 1];
    const sign = signs[i];
    const bound = bounds[i];
    const before = alpha[i];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    let q = start;
    for (; q + 3 < end; q += 4) {
      s0 += w[indices[q]] * data[q];
      s1 += w[indices[q + 1]] * data[q + 1];
      s2 += w[indices[q + 2]] * data[q + 2];
      s3 += w[indices[q + 3]] * data[q + 3];
    }
    for (; q < end; q++) s0 += w[indices[q]] * data[q];
    let score = s0 + s1 + (s2 + s3);
    if (bias !== 0) score += w[X.cols] * bias;
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
    for (let p = start; p < end; p++) w[indices[p]] += step * data[p];
    if (bias !== 0) w[X.cols] += step * bias;
  }
  range[2] = newHighest;
  range[3] = newLowest;
  return active;
}
