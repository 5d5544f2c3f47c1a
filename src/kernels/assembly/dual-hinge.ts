/** Twin: ../twins/dual-hinge.ts. */

/** Gradients smaller than this leave a coordinate as it is. */
const STILL: f64 = 1e-12;
/** Bytes of a block. */
const BLOCK: usize = 48;

/**
 * One pass of coordinate descent over the dual of a linear support vector machine; see ../dual-hinge.ts.
 * `order` and `starts` are of 32-bit integers, everything else per row of doubles, `range` of four doubles; `blocks` as in
 * ../dual-hinge-rows.ts.
 * @returns how many rows of `order` are still active
 */
export function dualHingePass(
  active: i32,
  order: usize,
  starts: usize,
  blocks: usize,
  signs: usize,
  bounds: usize,
  diagonal: usize,
  curvature: usize,
  alpha: usize,
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
    const first = blocks + <usize>load<u32>(starts + ((<usize>i) << 2)) * BLOCK;
    const last = blocks + <usize>load<u32>(starts + ((<usize>i) << 2), 4) * BLOCK;
    const sign = load<f64>(signs + at);
    const bound = load<f64>(bounds + at);
    const before = load<f64>(alpha + at);

    // Four sums side by side: one alone would wait for itself.
    let even = f64x2.splat(0);
    let odd = f64x2.splat(0);
    for (let q = first; q < last; q += BLOCK) {
      const w01 = v128.load64_lane(<usize>load<u32>(q, 4), v128.load64_zero(<usize>load<u32>(q)), 1);
      const w23 = v128.load64_lane(<usize>load<u32>(q, 12), v128.load64_zero(<usize>load<u32>(q, 8)), 1);
      even = f64x2.add(even, f64x2.mul(w01, v128.load(q, 16)));
      odd = f64x2.add(odd, f64x2.mul(w23, v128.load(q, 32)));
    }
    const sums = f64x2.add(even, odd);
    let score = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
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
    // The next row is brought near meanwhile.
    const next = starts + ((<usize>load<i32>(order + ((<usize>min(s + 1, active - 1)) << 2))) << 2);
    let ahead = blocks + <usize>load<u32>(next) * BLOCK;
    const aheadEnd = blocks + <usize>load<u32>(next, 4) * BLOCK;
    for (let q = first; q < last; q += BLOCK) {
      if (ahead < aheadEnd) {
        load<u32>(ahead);
        ahead += BLOCK;
      }
      const w0 = <usize>load<u32>(q);
      const w1 = <usize>load<u32>(q, 4);
      const w2 = <usize>load<u32>(q, 8);
      const w3 = <usize>load<u32>(q, 12);
      store<f64>(w0, load<f64>(w0) + step * load<f64>(q, 16));
      store<f64>(w1, load<f64>(w1) + step * load<f64>(q, 24));
      store<f64>(w2, load<f64>(w2) + step * load<f64>(q, 32));
      store<f64>(w3, load<f64>(w3) + step * load<f64>(q, 40));
    }
    if (bias != 0) store<f64>(biasWeight, load<f64>(biasWeight) + step * bias);
  }
  store<f64>(range, newHighest, 16);
  store<f64>(range, newLowest, 24);
  return active;
}
