/** Twin: ../twins/dual-hinge.ts. */

/** Gradients smaller than this leave a coordinate as it is. */
const STILL: f64 = 1e-12;

/**
 * One pass of coordinate descent over the dual of a linear support vector machine; see ../dual-hinge.ts.
 * `order` is of 32-bit integers, everything per row of doubles, `range` of four doubles.
 * @returns how many rows of `order` are still active
 */
export function dualHingePass(
  active: i32,
  order: usize,
  indptr: usize,
  indices: usize,
  data: usize,
  signs: usize,
  bounds: usize,
  diagonal: usize,
  curvature: usize,
  alpha: usize,
  w: usize,
  bias: f64,
  biasWeight: usize,
  range: usize,
): i32 {
  const highest = load<f64>(range);
  const lowest = load<f64>(range, 8);
  let newHighest = -Infinity;
  let newLowest = Infinity;
  for (let s = 0; s < active; s++) {
    const slot = order + ((<usize>s) << 2);
    const i = load<i32>(slot);
    const at = (<usize>i) << 3;
    const start = load<i32>(indptr + ((<usize>i) << 2));
    const end = load<i32>(indptr + ((<usize>i) << 2), 4);
    const first = indices + ((<usize>start) << 2);
    const last = indices + ((<usize>end) << 2);
    const sign = load<f64>(signs + at);
    const bound = load<f64>(bounds + at);
    const before = load<f64>(alpha + at);

    // Four sums side by side: one alone would wait for itself.
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    let value = data + ((<usize>start) << 3);
    const whole = first + ((last - first) & ~15);
    let column = first;
    for (; column < whole; column += 16) {
      s0 += load<f64>(w + ((<usize>load<u32>(column)) << 3)) * load<f64>(value);
      s1 += load<f64>(w + ((<usize>load<u32>(column, 4)) << 3)) * load<f64>(value, 8);
      s2 += load<f64>(w + ((<usize>load<u32>(column, 8)) << 3)) * load<f64>(value, 16);
      s3 += load<f64>(w + ((<usize>load<u32>(column, 12)) << 3)) * load<f64>(value, 24);
      value += 32;
    }
    for (; column < last; column += 4) {
      s0 += load<f64>(w + ((<usize>load<u32>(column)) << 3)) * load<f64>(value);
      value += 8;
    }
    let score = s0 + s1 + (s2 + s3);
    if (bias != 0) score += load<f64>(biasWeight) * bias;
    const gradient = score * sign - 1 + before * load<f64>(diagonal + at);

    let projected = gradient;
    if (before == 0) {
      if (gradient > highest) {
        active--;
        const swapped = order + ((<usize>active) << 2);
        store<i32>(slot, load<i32>(swapped));
        store<i32>(swapped, i);
        s--;
        continue;
      }
      if (gradient > 0) projected = 0;
    } else if (before == bound) {
      if (gradient < lowest) {
        active--;
        const swapped = order + ((<usize>active) << 2);
        store<i32>(slot, load<i32>(swapped));
        store<i32>(swapped, i);
        s--;
        continue;
      }
      if (gradient < 0) projected = 0;
    }
    if (projected > newHighest) newHighest = projected;
    if (projected < newLowest) newLowest = projected;
    if (abs(projected) <= STILL) continue;

    let after = before - gradient / load<f64>(curvature + at);
    if (!(after > 0)) after = 0;
    else if (after > bound) after = bound;
    store<f64>(alpha + at, after);
    const step = (after - before) * sign;
    value = data + ((<usize>start) << 3);
    for (column = first; column < whole; column += 16) {
      const w0 = w + ((<usize>load<u32>(column)) << 3);
      const w1 = w + ((<usize>load<u32>(column, 4)) << 3);
      const w2 = w + ((<usize>load<u32>(column, 8)) << 3);
      const w3 = w + ((<usize>load<u32>(column, 12)) << 3);
      store<f64>(w0, load<f64>(w0) + step * load<f64>(value));
      store<f64>(w1, load<f64>(w1) + step * load<f64>(value, 8));
      store<f64>(w2, load<f64>(w2) + step * load<f64>(value, 16));
      store<f64>(w3, load<f64>(w3) + step * load<f64>(value, 24));
      value += 32;
    }
    for (; column < last; column += 4) {
      const weight = w + ((<usize>load<u32>(column)) << 3);
      store<f64>(weight, load<f64>(weight) + step * load<f64>(value));
      value += 8;
    }
    if (bias != 0) store<f64>(biasWeight, load<f64>(biasWeight) + step * bias);
  }
  store<f64>(range, newHighest, 16);
  store<f64>(range, newLowest, 24);
  return active;
}
