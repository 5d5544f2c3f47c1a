/** Pointers are byte addresses, lengths are elements. Twin: ../twins/compensated.ts. */

/** Bytes of the 64 elements that are added before their sum joins the total. */
const BLOCK: usize = 512;

/** What a running total has lost to rounding by taking in `sum`, with `next` the rounded result. */
function lostBy(total: f64, sum: f64, next: f64): f64 {
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

/** out = [s·t, y·z, s·z, t·y] in one pass: two lanes a product within blocks, blocks added with compensation. */
export function crossDots(s: usize, y: usize, t: usize, z: usize, n: i32, out: usize): void {
  let total0: f64 = 0;
  let total1: f64 = 0;
  let total2: f64 = 0;
  let total3: f64 = 0;
  let lost0: f64 = 0;
  let lost1: f64 = 0;
  let lost2: f64 = 0;
  let lost3: f64 = 0;
  const end = s + ((<usize>n) << 3);
  while (s < end) {
    const blockEnd = min<usize>(s + BLOCK, end);
    const whole = s + ((blockEnd - s) & ~15);
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    while (s < whole) {
      const si = v128.load(s);
      const yi = v128.load(y);
      const ti = v128.load(t);
      const zi = v128.load(z);
      a = f64x2.add(a, f64x2.mul(si, ti));
      b = f64x2.add(b, f64x2.mul(yi, zi));
      c = f64x2.add(c, f64x2.mul(si, zi));
      d = f64x2.add(d, f64x2.mul(ti, yi));
      s += 16;
      y += 16;
      t += 16;
      z += 16;
    }
    let a0 = f64x2.extract_lane(a, 0);
    let b0 = f64x2.extract_lane(b, 0);
    let c0 = f64x2.extract_lane(c, 0);
    let d0 = f64x2.extract_lane(d, 0);
    if (s < blockEnd) {
      a0 += load<f64>(s) * load<f64>(t);
      b0 += load<f64>(y) * load<f64>(z);
      c0 += load<f64>(s) * load<f64>(z);
      d0 += load<f64>(t) * load<f64>(y);
      s += 8;
      y += 8;
      t += 8;
      z += 8;
    }
    a0 += f64x2.extract_lane(a, 1);
    b0 += f64x2.extract_lane(b, 1);
    c0 += f64x2.extract_lane(c, 1);
    d0 += f64x2.extract_lane(d, 1);
    const next0 = total0 + a0;
    const next1 = total1 + b0;
    const next2 = total2 + c0;
    const next3 = total3 + d0;
    lost0 += lostBy(total0, a0, next0);
    lost1 += lostBy(total1, b0, next1);
    lost2 += lostBy(total2, c0, next2);
    lost3 += lostBy(total3, d0, next3);
    total0 = next0;
    total1 = next1;
    total2 = next2;
    total3 = next3;
  }
  store<f64>(out, total0 + lost0);
  store<f64>(out, total1 + lost1, 8);
  store<f64>(out, total2 + lost2, 16);
  store<f64>(out, total3 + lost3, 24);
}

/** out += a·x + b·y + c·z + d·u, adding from left to right. */
export function addFour(out: usize, x: usize, a: f64, y: usize, b: f64, z: usize, c: f64, u: usize, d: f64, n: i32): void {
  const va = f64x2.splat(a);
  const vb = f64x2.splat(b);
  const vc = f64x2.splat(c);
  const vd = f64x2.splat(d);
  const whole = out + ((<usize>(n & ~1)) << 3);
  while (out < whole) {
    let value = f64x2.add(v128.load(out), f64x2.mul(va, v128.load(x)));
    value = f64x2.add(value, f64x2.mul(vb, v128.load(y)));
    value = f64x2.add(value, f64x2.mul(vc, v128.load(z)));
    v128.store(out, f64x2.add(value, f64x2.mul(vd, v128.load(u))));
    out += 16;
    x += 16;
    y += 16;
    z += 16;
    u += 16;
  }
  if (n & 1) store<f64>(out, load<f64>(out) + a * load<f64>(x) + b * load<f64>(y) + c * load<f64>(z) + d * load<f64>(u));
}
