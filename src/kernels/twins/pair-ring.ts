import { BLOCK, lostBy } from './compensated.ts';

/** Twins of assembly/pair-ring.ts: the same operations in the same order, so the same bits. */

export function pairProducts(
  slots: Int32Array,
  size: number,
  vectorsOf: (slot: number) => { s: Float64Array; y: Float64Array },
  s: Float64Array,
  y: Float64Array,
  g: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < size; i++) {
    const { s: S, y: Y } = vectorsOf(slots[i]);
    out.set([pairDot(s, S), pairDot(y, Y), pairDot(s, Y), pairDot(y, S), pairDot(g, S), pairDot(g, Y)], 6 * i);
  }
}

function pairDot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (let from = 0; from < x.length; from += BLOCK) {
    const end = Math.min(from + BLOCK, x.length);
    const whole = end - ((end - from) % 2);
    let even = 0;
    let odd = 0;
    for (let i = from; i < whole; i += 2) {
      even += x[i] * y[i];
      odd += x[i + 1] * y[i + 1];
    }
    if (whole < end) even += x[whole] * y[whole];
    const sum = even + odd;
    const next = total + sum;
    lost += lostBy(total, sum, next);
    total = next;
  }
  return total + lost;
}

export function combinePairs(
  slots: Int32Array,
  size: number,
  vectorsOf: (slot: number) => { s: Float64Array; y: Float64Array },
  coefficients: Float64Array,
  g: Float64Array,
  factor: number,
  out: Float64Array,
): void {
  for (let e = 0; e < out.length; e++) out[e] = -g[e];
  for (let i = 0; i < size; i++) {
    const { s, y } = vectorsOf(slots[i]);
    const b = coefficients[2 * i];
    const a = coefficients[2 * i + 1];
    for (let e = 0; e < out.length; e++) out[e] = out[e] + b * y[e] + a * s[e];
  }
  for (let e = 0; e < out.length; e++) out[e] *= factor;
}
