/** Twins of assembly/compensated.ts: the same operations in the same order, so the same bits. */

const BLOCK = 64;

function lostBy(total: number, sum: number, next: number): number {
  return Math.abs(total) >= Math.abs(sum) ? total - next + sum : sum - next + total;
}

export function compensatedDot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (let from = 0; from < x.length; from += BLOCK) {
    const end = Math.min(from + BLOCK, x.length);
    const whole = end - ((end - from) % 4);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = from; i < whole; i += 4) {
      s0 += x[i] * y[i];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
    }
    for (let i = whole; i < end; i++) s0 += x[i] * y[i];
    const sum = s0 + s1 + (s2 + s3);
    const next = total + sum;
    lost += lostBy(total, sum, next);
    total = next;
  }
  return total + lost;
}

export function crossDots(s: Float64Array, y: Float64Array, t: Float64Array, z: Float64Array, out: Float64Array): void {
  pairDot(s, t, out, 0);
  pairDot(y, z, out, 1);
  pairDot(s, z, out, 2);
  pairDot(t, y, out, 3);
}

function pairDot(x: Float64Array, y: Float64Array, out: Float64Array, at: number): void {
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
  out[at] = total + lost;
}

export function addFour(
  out: Float64Array,
  x: Float64Array,
  a: number,
  y: Float64Array,
  b: number,
  z: Float64Array,
  c: number,
  u: Float64Array,
  d: number,
): void {
  for (let e = 0; e < out.length; e++) out[e] = out[e] + a * x[e] + b * y[e] + c * z[e] + d * u[e];
}
