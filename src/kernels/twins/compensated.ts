/** Twins of assembly/compensated.ts: the same operations in the same order, so the same bits. */

/** Elements that are added before their sum joins the total. */
export const BLOCK = 64;

/** What a running total has lost to rounding by taking in `sum`, with `next` the rounded result. */
export function lostBy(total: number, sum: number, next: number): number {
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
