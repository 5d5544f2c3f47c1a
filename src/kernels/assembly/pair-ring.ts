import { BLOCK, lostBy } from './compensated.ts';

/** Twin: ../twins/pair-ring.ts. Vectors S and Y of slot j lie at pairs + 2·j·stride and one stride behind. */

/** Bytes of each vector that are worked on before the next pair's, so that what all pairs share stays in the cache. */
const TILE: usize = 8192;

/** Where S of the i-th oldest pair lies. */
// @ts-ignore: decorator
@inline
function pairAt(pairs: usize, stride: usize, slots: usize, i: i32): usize {
  return pairs + (<usize>load<i32>(slots + ((<usize>i) << 2)) << 1) * stride;
}

/** Adds `sum` to a total, with compensation. */
function take(sum: f64, total: usize, lost: usize): void {
  const before = load<f64>(total);
  const next = before + sum;
  store<f64>(lost, load<f64>(lost) + lostBy(before, sum, next));
  store<f64>(total, next);
}

/**
 * out[6·i …] = [s·S, y·Y, s·Y, y·S, g·S, g·Y] for the pair in slots[i]: two lanes a product within blocks, blocks added
 * with compensation. `lost` has room for 6 · size numbers.
 */
export function pairProducts(size: i32, n: i32, pairs: usize, stride: usize, slots: usize, s: usize, y: usize, g: usize, out: usize, lost: usize): void {
  memory.fill(out, 0, <usize>size * 48);
  memory.fill(lost, 0, <usize>size * 48);
  const length = (<usize>n) << 3;
  for (let tile: usize = 0; tile < length; tile += TILE) {
    const tileEnd = min<usize>(tile + TILE, length);
    for (let i = 0; i < size; i++) {
      const S = pairAt(pairs, stride, slots, i);
      const Y = S + stride;
      const totals = out + <usize>i * 48;
      const losses = lost + <usize>i * 48;
      for (let at = tile; at < tileEnd; at += BLOCK) {
        const end = min<usize>(at + BLOCK, tileEnd);
        const whole = at + ((end - at) & ~15);
        let a = f64x2.splat(0);
        let b = f64x2.splat(0);
        let c = f64x2.splat(0);
        let d = f64x2.splat(0);
        let e = f64x2.splat(0);
        let f = f64x2.splat(0);
        let p = at;
        for (; p < whole; p += 16) {
          const si = v128.load(s + p);
          const yi = v128.load(y + p);
          const gi = v128.load(g + p);
          const Si = v128.load(S + p);
          const Yi = v128.load(Y + p);
          a = f64x2.add(a, f64x2.mul(si, Si));
          b = f64x2.add(b, f64x2.mul(yi, Yi));
          c = f64x2.add(c, f64x2.mul(si, Yi));
          d = f64x2.add(d, f64x2.mul(yi, Si));
          e = f64x2.add(e, f64x2.mul(gi, Si));
          f = f64x2.add(f, f64x2.mul(gi, Yi));
        }
        let a0 = f64x2.extract_lane(a, 0);
        let b0 = f64x2.extract_lane(b, 0);
        let c0 = f64x2.extract_lane(c, 0);
        let d0 = f64x2.extract_lane(d, 0);
        let e0 = f64x2.extract_lane(e, 0);
        let f0 = f64x2.extract_lane(f, 0);
        if (p < end) {
          a0 += load<f64>(s + p) * load<f64>(S + p);
          b0 += load<f64>(y + p) * load<f64>(Y + p);
          c0 += load<f64>(s + p) * load<f64>(Y + p);
          d0 += load<f64>(y + p) * load<f64>(S + p);
          e0 += load<f64>(g + p) * load<f64>(S + p);
          f0 += load<f64>(g + p) * load<f64>(Y + p);
        }
        take(a0 + f64x2.extract_lane(a, 1), totals, losses);
        take(b0 + f64x2.extract_lane(b, 1), totals + 8, losses + 8);
        take(c0 + f64x2.extract_lane(c, 1), totals + 16, losses + 16);
        take(d0 + f64x2.extract_lane(d, 1), totals + 24, losses + 24);
        take(e0 + f64x2.extract_lane(e, 1), totals + 32, losses + 32);
        take(f0 + f64x2.extract_lane(f, 1), totals + 40, losses + 40);
      }
    }
  }
  for (let at: usize = 0; at < <usize>size * 48; at += 8) store<f64>(out + at, load<f64>(out + at) + load<f64>(lost + at));
}

/** Adds a pair's numbers at one place, times its coefficients. */
// @ts-ignore: decorator
@inline
function addPair(sum: usize, y: usize, s: usize, coefficients: usize): void {
  store<f64>(sum, load<f64>(sum) + load<f64>(coefficients) * load<f64>(y) + load<f64>(coefficients, 8) * load<f64>(s));
}

/**
 * out = factor·(Σ (coefficients[2i]·Y + coefficients[2i + 1]·S of slots[i]) − g), adding in that order to −g.
 * From the last tile to the first, since pairProducts has just read the last ones, which are still in the cache.
 */
export function combinePairs(size: i32, n: i32, pairs: usize, stride: usize, slots: usize, coefficients: usize, g: usize, factor: f64, out: usize): void {
  const length = (<usize>n) << 3;
  const last = f64x2.splat(factor);
  for (let tiles = (length + TILE - 1) / TILE; tiles > 0; tiles--) {
    const tile = (tiles - 1) * TILE;
    const end = min<usize>(tile + TILE, length);
    const whole = tile + ((end - tile) & ~15);
    for (let p = tile; p < whole; p += 16) v128.store(out + p, f64x2.neg(v128.load(g + p)));
    if (whole < end) store<f64>(out + whole, -load<f64>(g + whole));
    let i = 0;
    // Two pairs at a time: sums are read and written half as often.
    for (; i + 1 < size; i += 2) {
      const S = pairAt(pairs, stride, slots, i);
      const Y = S + stride;
      const S1 = pairAt(pairs, stride, slots, i + 1);
      const Y1 = S1 + stride;
      const own = coefficients + ((<usize>i) << 4);
      const b = v128.load64_splat(own);
      const a = v128.load64_splat(own, 8);
      const b1 = v128.load64_splat(own, 16);
      const a1 = v128.load64_splat(own, 24);
      for (let p = tile; p < whole; p += 16) {
        let sum = f64x2.add(v128.load(out + p), f64x2.mul(b, v128.load(Y + p)));
        sum = f64x2.add(sum, f64x2.mul(a, v128.load(S + p)));
        sum = f64x2.add(sum, f64x2.mul(b1, v128.load(Y1 + p)));
        v128.store(out + p, f64x2.add(sum, f64x2.mul(a1, v128.load(S1 + p))));
      }
      if (whole < end) addPair(out + whole, Y + whole, S + whole, own);
      if (whole < end) addPair(out + whole, Y1 + whole, S1 + whole, own + 16);
    }
    if (i < size) {
      const S = pairAt(pairs, stride, slots, i);
      const Y = S + stride;
      const own = coefficients + ((<usize>i) << 4);
      const b = v128.load64_splat(own);
      const a = v128.load64_splat(own, 8);
      for (let p = tile; p < whole; p += 16) {
        const sum = f64x2.add(v128.load(out + p), f64x2.mul(b, v128.load(Y + p)));
        v128.store(out + p, f64x2.add(sum, f64x2.mul(a, v128.load(S + p))));
      }
      if (whole < end) addPair(out + whole, Y + whole, S + whole, own);
    }
    for (let p = tile; p < whole; p += 16) v128.store(out + p, f64x2.mul(last, v128.load(out + p)));
    if (whole < end) store<f64>(out + whole, factor * load<f64>(out + whole));
  }
}
