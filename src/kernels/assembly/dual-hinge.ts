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

    let score: f64 = 0;
    let value = data + ((<usize>start) << 3);
    for (let column = first; column < last; column += 4) {
      score += load<f64>(w + ((<usize>load<u32>(column)) << 3)) * load<f64>(value);
      value += 8;
    }
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
    for (let column = first; column < last; column += 4) {
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
