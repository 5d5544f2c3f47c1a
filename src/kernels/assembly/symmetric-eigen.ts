import { axpy, dot } from './vector-operations.ts';

/** Parts of the eigenvalue problem of a symmetric matrix, n × n and stored in full. Twin: ../twins/symmetric-eigen.ts. */

/** p[i] = Σ a[i, j]·v[j] for i and j from … n − 1. */
export function trailingTimesVector(n: i32, from: i32, a: usize, v: usize, p: usize): void {
  const skip = (<usize>from) << 3;
  for (let i = from; i < n; i++) {
    store<f64>(p + ((<usize>i) << 3), dot(a + ((<usize>i * <usize>n) << 3) + skip, v + skip, n - from));
  }
}

/** a[i, j] −= 2·v[i]·p[j] + 2·p[i]·v[j] for i and j from … n − 1. */
export function subtractRankTwo(n: i32, from: i32, a: usize, v: usize, p: usize): void {
  const start = (<usize>from) << 3;
  const end = (<usize>n) << 3;
  const whole = start + ((<usize>((n - from) & ~1)) << 3);
  for (let i = from; i < n; i++) {
    const row = a + ((<usize>i * <usize>n) << 3);
    const vi = 2 * load<f64>(v + ((<usize>i) << 3));
    const pi = 2 * load<f64>(p + ((<usize>i) << 3));
    const vs = f64x2.splat(vi);
    const ps = f64x2.splat(pi);
    let j = start;
    for (; j < whole; j += 16) {
      const change = f64x2.add(f64x2.mul(vs, v128.load(p + j)), f64x2.mul(ps, v128.load(v + j)));
      v128.store(row + j, f64x2.sub(v128.load(row + j), change));
    }
    if (j < end) store<f64>(row + j, load<f64>(row + j) - (vi * load<f64>(p + j) + pi * load<f64>(v + j)));
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
