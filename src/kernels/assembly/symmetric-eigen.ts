import { axpy, dot } from './vector-operations.ts';

/** Parts of the eigenvalue problem of a symmetric n × n matrix. Twin: ../twins/symmetric-eigen.ts. */

/** a − (vi·w + wi·v), stored at `to`. */
// @ts-ignore: decorator
@inline
function lessRankTwo(to: usize, vi: v128, w: v128, wi: v128, v: v128): v128 {
  const value = f64x2.sub(v128.load(to), f64x2.add(f64x2.mul(vi, w), f64x2.mul(wi, v)));
  v128.store(to, value);
  return value;
}

/** The same of one number. */
// @ts-ignore: decorator
@inline
function oneLessRankTwo(to: usize, vi: f64, w: f64, wi: f64, v: f64): f64 {
  const value = load<f64>(to) - (vi * w + wi * v);
  store<f64>(to, value);
  return value;
}

/**
 * a[i, j] −= v[i]·w[j] + w[i]·v[j] for j ≤ i from `from` on, and p = A·x of what results, the symmetric matrix whose lower
 * triangle that is: each number is read and written once, two rows at a time.
 */
export function reduceTrailing(n: i32, from: i32, a: usize, v: usize, w: usize, x: usize, p: usize): void {
  const start = (<usize>from) << 3;
  const end = (<usize>n) << 3;
  for (let i = start; i < end; i += 16) {
    const row = a + i * <usize>n;
    const vi = load<f64>(v + i);
    const wi = load<f64>(w + i);
    const xi = load<f64>(x + i);
    const vs = f64x2.splat(vi);
    const ws = f64x2.splat(wi);
    const xs = f64x2.splat(xi);
    let sums = f64x2.splat(0);
    if (i + 8 === end) {
      for (let j = start; j < i; j += 16) {
        const value = lessRankTwo(row + j, vs, v128.load(w + j), ws, v128.load(v + j));
        sums = f64x2.add(sums, f64x2.mul(value, v128.load(x + j)));
        v128.store(p + j, f64x2.add(v128.load(p + j), f64x2.mul(value, xs)));
      }
      store<f64>(p + i, f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1) + oneLessRankTwo(row + i, vi, wi, wi, vi) * xi);
      return;
    }
    const next = row + end;
    const vn = load<f64>(v + i, 8);
    const wn = load<f64>(w + i, 8);
    const xn = load<f64>(x + i, 8);
    const vt = f64x2.splat(vn);
    const wt = f64x2.splat(wn);
    const xt = f64x2.splat(xn);
    let nextSums = f64x2.splat(0);
    for (let j = start; j < i; j += 16) {
      const wj = v128.load(w + j);
      const vj = v128.load(v + j);
      const xj = v128.load(x + j);
      const value = lessRankTwo(row + j, vs, wj, ws, vj);
      const below = lessRankTwo(next + j, vt, wj, wt, vj);
      sums = f64x2.add(sums, f64x2.mul(value, xj));
      nextSums = f64x2.add(nextSums, f64x2.mul(below, xj));
      v128.store(p + j, f64x2.add(f64x2.add(v128.load(p + j), f64x2.mul(value, xs)), f64x2.mul(below, xt)));
    }
    const corner = oneLessRankTwo(next + i, vn, wi, wn, vi);
    store<f64>(p + i, f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1) + oneLessRankTwo(row + i, vi, wi, wi, vi) * xi + corner * xn);
    store<f64>(p + i, f64x2.extract_lane(nextSums, 0) + corner * xi + f64x2.extract_lane(nextSums, 1) + oneLessRankTwo(next + i + 8, vn, wn, wn, vn) * xn, 8);
  }
}

/**
 * Row i of `vectors` becomes H₀·H₁·…·Hᵢ₋₁·eᵢ for the reflections Hₖ = I − 2vvᵀ, where v is row k of `reflectors` from
 * element k + 1 on. `vectors` begins as zeros.
 */
export function reflectAxes(n: i32, reflectors: usize, vectors: usize): void {
  const width = (<usize>n) << 3;
  for (let i = 0; i < n; i++) {
    const row = vectors + <usize>i * width;
    store<f64>(row + ((<usize>i) << 3), 1);
    for (let k = i - 1; k >= 0; k--) {
      const skip = (<usize>(k + 1)) << 3;
      const v = reflectors + <usize>k * width + skip;
      axpy(-2 * dot(v, row + skip, n - k - 1), v, row + skip, n - k - 1);
    }
  }
}

/** One rotation of a pair of numbers from two rows: stores the upper one, returns the lower one, which the next rotation takes on. */
// @ts-ignore: decorator
@inline
function turn(above: usize, below: v128, cs: v128, sn: v128, to: usize): v128 {
  const x = v128.load(above);
  v128.store(to, f64x2.add(f64x2.mul(sn, x), f64x2.mul(cs, below)));
  return f64x2.sub(f64x2.mul(cs, x), f64x2.mul(sn, below));
}

/**
 * Rotates rows i and i + 1 of an n-column matrix by (c[i], s[i]), for i from `last` down to `first`:
 * (x, y) ← (c·x − s·y, s·x + c·y). Eight columns go through all rotations together, so that each number is read and
 * written once.
 */
export function rotateRows(n: i32, first: i32, last: i32, rows: usize, c: usize, s: usize): void {
  const width = (<usize>n) << 3;
  const top = rows + <usize>(last + 1) * width;
  let column: usize = 0;
  for (; column + 64 <= width; column += 64) {
    let at = top + column;
    let y0 = v128.load(at);
    let y1 = v128.load(at, 16);
    let y2 = v128.load(at, 32);
    let y3 = v128.load(at, 48);
    for (let i = last; i >= first; i--) {
      const cs = v128.load64_splat(c + ((<usize>i) << 3));
      const sn = v128.load64_splat(s + ((<usize>i) << 3));
      const above = at - width;
      y0 = turn(above, y0, cs, sn, at);
      y1 = turn(above + 16, y1, cs, sn, at + 16);
      y2 = turn(above + 32, y2, cs, sn, at + 32);
      y3 = turn(above + 48, y3, cs, sn, at + 48);
      at = above;
    }
    v128.store(at, y0);
    v128.store(at, y1, 16);
    v128.store(at, y2, 32);
    v128.store(at, y3, 48);
  }
  for (; column < width; column += 8) {
    let at = top + column;
    let y = load<f64>(at);
    for (let i = last; i >= first; i--) {
      const cs = load<f64>(c + ((<usize>i) << 3));
      const sn = load<f64>(s + ((<usize>i) << 3));
      const above = at - width;
      const x = load<f64>(above);
      store<f64>(at, sn * x + cs * y);
      y = cs * x - sn * y;
      at = above;
    }
    store<f64>(at, y);
  }
}

/** Rows x of `rows`, count × n, become H₀·H₁·…·Hₙ₋₂·x, with the reflectors of reflectAxes. */
export function reflectRows(n: i32, count: i32, reflectors: usize, rows: usize): void {
  const width = (<usize>n) << 3;
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>i * width;
    for (let k = n - 2; k >= 0; k--) {
      const skip = (<usize>(k + 1)) << 3;
      const v = reflectors + <usize>k * width + skip;
      axpy(-2 * dot(v, row + skip, n - k - 1), v, row + skip, n - k - 1);
    }
  }
}

/** One rotation back of a pair of numbers from two rows: stores the upper one, returns the lower one, which the next rotation takes on. */
// @ts-ignore: decorator
@inline
function turnBack(above: v128, below: usize, cs: v128, sn: v128, to: usize): v128 {
  const y = v128.load(below);
  v128.store(to, f64x2.add(f64x2.mul(cs, above), f64x2.mul(sn, y)));
  return f64x2.sub(f64x2.mul(cs, y), f64x2.mul(sn, above));
}

/**
 * Turns rows i and i + 1, each of `width` numbers, by (c[i − first], s[i − first]) for i from `first` up to `last`:
 * (x, y) ← (c·x + s·y, c·y − s·x). Eight columns go through all rotations together, as in rotateRows.
 */
export function turnBackRows(width: i32, first: i32, last: i32, rows: usize, c: usize, s: usize): void {
  const row = (<usize>width) << 3;
  const top = rows + <usize>first * row;
  const end = c + ((<usize>(last - first + 1)) << 3);
  const shift = s - c;
  let column: usize = 0;
  for (; column + 64 <= row; column += 64) {
    let at = top + column;
    let x0 = v128.load(at);
    let x1 = v128.load(at, 16);
    let x2 = v128.load(at, 32);
    let x3 = v128.load(at, 48);
    for (let p = c; p < end; p += 8) {
      const cs = v128.load64_splat(p);
      const sn = v128.load64_splat(p + shift);
      const below = at + row;
      x0 = turnBack(x0, below, cs, sn, at);
      x1 = turnBack(x1, below + 16, cs, sn, at + 16);
      x2 = turnBack(x2, below + 32, cs, sn, at + 32);
      x3 = turnBack(x3, below + 48, cs, sn, at + 48);
      at = below;
    }
    v128.store(at, x0);
    v128.store(at, x1, 16);
    v128.store(at, x2, 32);
    v128.store(at, x3, 48);
  }
  for (; column < row; column += 8) {
    let at = top + column;
    let x = load<f64>(at);
    for (let p = c; p < end; p += 8) {
      const cs = load<f64>(p);
      const sn = load<f64>(p + shift);
      const y = load<f64>(at + row);
      store<f64>(at, cs * x + sn * y);
      x = cs * y - sn * x;
      at += row;
    }
    store<f64>(at, x);
  }
}
