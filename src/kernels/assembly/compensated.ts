/** Pointers are byte addresses, lengths are elements. Twin: ../twins/compensated.ts. */

/** Bytes of the 64 elements that are added before their sum joins the total. */
export const BLOCK: usize = 512;

/** What a running total has lost to rounding by taking in `sum`, with `next` the rounded result. */
export function lostBy(total: f64, sum: f64, next: f64): f64 {
  return abs<f64>(total) >= abs<f64>(sum) ? total - next + sum : sum - next + total;
}

/** Σ x[i]·y[i]: four lanes within blocks, blocks added with compensation. */
export function compensatedDot(x: usize, y: usize, n: i32): f64 {
  let total: f64 = 0;
  let lost: f64 = 0;
  const end = x + ((<usize>n) << 3);
  while (x < end) {
    const blockEnd = min<usize>(x + BLOCK, end);
    const whole = x + ((blockEnd - x) & ~31);
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    while (x < whole) {
      a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
      b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
      x += 32;
      y += 32;
    }
    let first = f64x2.extract_lane(a, 0);
    while (x < blockEnd) {
      first += load<f64>(x) * load<f64>(y);
      x += 8;
      y += 8;
    }
    const sum = first + f64x2.extract_lane(a, 1) + (f64x2.extract_lane(b, 0) + f64x2.extract_lane(b, 1));
    const next = total + sum;
    lost += lostBy(total, sum, next);
    total = next;
  }
  return total + lost;
}
