import { madd, nmadd } from './madd.ts';
import { axpy, dot } from './vector-operations.ts';

/** Parts of the eigenvalue problem of a symmetric n × n matrix. Twin: ../twins/symmetric-eigen.ts. */

/**
 * A = Q·T·Qᵀ for a tridiagonal T and Q = H₀·H₁·…, Hₖ = I − 2vvᵀ. Uses up the lower triangle of a.
 *
 * H·A·H is A − v·wᵀ − w·vᵀ with w = 2(p − (vᵀp)v), p = A·v. Each step takes this from the lower triangle together with the
 * next product; from the column that gives the next reflector it is taken before.
 *
 * @param offDiagonal element i couples i and i + 1; of the last one nothing is said
 * @param reflectors zeros; row k gets the unit reflector v of step k in elements k + 1 … n − 1, nothing where none was needed
 * @param room 2n elements
 */
export function tridiagonalise(n: i32, a: usize, diagonal: usize, offDiagonal: usize, reflectors: usize, room: usize): void {
  const width = (<usize>n) << 3;
  const last = <usize>(n - 1);
  // The last row of reflectors stays zero.
  let before = reflectors + last * width;
  let w = room;
  let p = room + width;
  memory.fill(w, 0, width);
  for (let k: usize = 0; k < last; k++) {
    const skip = k << 3;
    const v = reflectors + k * width;
    const bk = load<f64>(before + skip);
    const wk = load<f64>(w + skip);
    let at = a + k * width + skip;
    for (let i = skip; i < width; i += 8) {
      store<f64>(v + i, load<f64>(at) - load<f64>(before + i) * wk - load<f64>(w + i) * bk);
      at += width;
    }
    store<f64>(diagonal + skip, load<f64>(v + skip));
    store<f64>(v + skip, 0);
    const tail = v + skip + 8;
    const rest = n - <i32>k - 1;
    store<f64>(offDiagonal + skip, reflector(tail, rest));
    reduceTrailing(n, <i32>k + 1, a, before, w, v, p);
    const product = p + skip + 8;
    const along = dot(product, tail, rest);
    for (let i: usize = 0; i < (<usize>rest) << 3; i += 8) store<f64>(product + i, 2 * (load<f64>(product + i) - along * load<f64>(tail + i)));
    const free = w;
    before = v;
    w = p;
    p = free;
  }
  store<f64>(diagonal + (last << 3), load<f64>(a + last * (width + 8)));
}

/** x becomes the unit v for which (I − 2vvᵀ)·x is a multiple of the first axis, zero where x is one. @returns the multiple */
function reflector(x: usize, n: i32): f64 {
  const first = load<f64>(x);
  if (euclideanNorm(x + 8, n - 1) === 0) {
    store<f64>(x, 0);
    return first;
  }
  const norm = euclideanNorm(x, n);
  const target = first > 0 ? -norm : norm;
  store<f64>(x, first - target);
  const size = euclideanNorm(x, n);
  const end = x + ((<usize>n) << 3);
  for (let at = x; at < end; at += 8) store<f64>(at, load<f64>(at) / size);
  return target;
}

/** √Σx², safe from overflow and underflow. */
function euclideanNorm(x: usize, n: i32): f64 {
  const sum = dot(x, x, n);
  if (sum > 1e-280 && sum < 1e280) return sqrt(sum);
  const end = x + ((<usize>n) << 3);
  let largest: f64 = 0;
  for (let at = x; at < end; at += 8) largest = max(largest, abs(load<f64>(at)));
  if (largest === 0 || !(largest < Infinity)) return largest;
  let scaled: f64 = 0;
  for (let at = x; at < end; at += 8) {
    const share = load<f64>(at) / largest;
    scaled += share * share;
  }
  return largest * sqrt(scaled);
}

/** a − vi·w − wi·v, stored at `to`. */
// @ts-ignore: decorator
@inline
function lessRankTwo(to: usize, vi: v128, w: v128, wi: v128, v: v128): v128 {
  const value = nmadd(wi, v, nmadd(vi, w, v128.load(to)));
  v128.store(to, value);
  return value;
}

/** The same of one number. */
// @ts-ignore: decorator
@inline
function oneLessRankTwo(to: usize, vi: f64, w: f64, wi: f64, v: f64): f64 {
  const value = load<f64>(to) - vi * w - wi * v;
  store<f64>(to, value);
  return value;
}

/**
 * a[i, j] −= v[i]·w[j] + w[i]·v[j] for j ≤ i from `from` on, and p = A·x of what results, the symmetric matrix whose lower
 * triangle that is: each number is read and written once, two rows at a time.
 *
 * Pairs of columns begin at even ones, so that none straddles two lines of the cache: column from − 1 may be touched too, where
 * x holds 0.
 */
function reduceTrailing(n: i32, from: i32, a: usize, v: usize, w: usize, x: usize, p: usize): void {
  const start = (<usize>(from & ~1)) << 3;
  const end = (<usize>n) << 3;
  let i = (<usize>from) << 3;
  if (from & 1) {
    store<f64>(p + i, oneLessRankTwo(a + i * <usize>n + i, load<f64>(v + i), load<f64>(w + i), load<f64>(w + i), load<f64>(v + i)) * load<f64>(x + i));
    i += 8;
  }
  for (; i < end; i += 16) {
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
        sums = madd(value, v128.load(x + j), sums);
        v128.store(p + j, madd(value, xs, v128.load(p + j)));
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
      sums = madd(value, xj, sums);
      nextSums = madd(below, xj, nextSums);
      v128.store(p + j, madd(below, xt, madd(value, xs, v128.load(p + j))));
    }
    const corner = oneLessRankTwo(next + i, vn, wi, wn, vi);
    store<f64>(p + i, f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1) + oneLessRankTwo(row + i, vi, wi, wi, vi) * xi + corner * xn);
    store<f64>(p + i, f64x2.extract_lane(nextSums, 0) + corner * xi + f64x2.extract_lane(nextSums, 1) + oneLessRankTwo(next + i + 8, vn, wn, wn, vn) * xn, 8);
  }
}

/**
 * Eigenvalues of a tridiagonal matrix with diagonal d and e[i] between i and i + 1, by QL without square roots. They take the
 * place of d; e is used up.
 *
 * @returns whether the iteration settled
 * Source: Parlett, "The Symmetric Eigenvalue Problem", §8.15 (Pal, Walker and Kahan).
 */
export function tridiagonalValues(n: i32, d: usize, e: usize): bool {
  let largest: f64 = 0;
  const end = (<usize>n) << 3;
  for (let i: usize = 0; i < end; i += 8) largest = max(largest, max(abs(load<f64>(d + i)), i + 8 < end ? abs(load<f64>(e + i)) : 0));
  if (!(largest > 0 && largest < Infinity)) return true;
  // Squares neither overflow nor vanish unless they are negligible.
  for (let i: usize = 0; i < end; i += 8) {
    store<f64>(d + i, load<f64>(d + i) / largest);
    const coupling = load<f64>(e + i) / largest;
    store<f64>(e + i, coupling * coupling);
  }
  for (let l: usize = 0; l < end; l += 8) {
    for (let round = 0; ; round++) {
      let m = l;
      for (; m + 8 < end; m += 8) {
        const size = f64.EPSILON * (abs(load<f64>(d + m)) + abs(load<f64>(d + m, 8)));
        if (load<f64>(e + m) <= size * size) break;
      }
      if (m === l) break;
      if (round === 60) return false;
      squareFreeRound(l, m, d, e);
    }
  }
  for (let i: usize = 0; i < end; i += 8) store<f64>(d + i, load<f64>(d + i) * largest);
  return true;
}

/** One round of that on the elements at bytes l … m, with the eigenvalue nearest to d[l] of the first two as shift; e holds squares. */
function squareFreeRound(l: usize, m: usize, d: usize, e: usize): void {
  const first = load<f64>(d + l);
  const coupling = sqrt(load<f64>(e + l));
  const half = (load<f64>(d + l, 8) - first) / (2 * coupling);
  const root = sqrt(half * half + 1);
  const shift = first - coupling / (half + (half >= 0 ? root : -root));
  let c: f64 = 1;
  let s: f64 = 0;
  let gamma = load<f64>(d + m) - shift;
  let p = gamma * gamma;
  for (let i = m; i > l; i -= 8) {
    const square = load<f64>(e + i - 8);
    const r = p + square;
    if (i < m) store<f64>(e + i, s * r);
    const before = c;
    c = p / r;
    s = square / r;
    const old = gamma;
    const alpha = load<f64>(d + i - 8);
    gamma = c * (alpha - shift) - s * old;
    store<f64>(d + i, old + (alpha - gamma));
    p = c !== 0 ? (gamma * gamma) / c : before * square;
  }
  store<f64>(e + l, s * p);
  store<f64>(d + l, shift + gamma);
}

/**
 * One round of implicit QL on elements l … m of a tridiagonal matrix with diagonal d and e[i] between i and i + 1, from
 * `start`, d[m] less the shift. Turns i and i + 1 for i from m − 1 down to l, and stores cosine and sine of each at
 * turns[2·(i − l)].
 *
 * @returns the last i that was turned: l, or more where the matrix falls apart, and e[m] is 0
 */
export function implicitQlRound(l: i32, m: i32, start: f64, d: usize, e: usize, turns: usize): i32 {
  const top = (<usize>l) << 3;
  const end = (<usize>m) << 3;
  let g = start;
  let s: f64 = 1;
  let c: f64 = 1;
  let p: f64 = 0;
  let above = load<f64>(d + end);
  let to = turns + ((<usize>(m - l)) << 4);
  for (let i = end - 8; ; i -= 8) {
    const coupling = load<f64>(e + i);
    const f = s * coupling;
    const b = c * coupling;
    const r = hypotenuse(f, g);
    store<f64>(e + i, r, 8);
    if (r === 0) {
      store<f64>(d + i, above - p, 8);
      store<f64>(e + end, 0);
      return <i32>(i >> 3) + 1;
    }
    s = f / r;
    c = g / r;
    g = above - p;
    above = load<f64>(d + i);
    const t = (above - g) * s + 2 * c * b;
    p = s * t;
    store<f64>(d + i, g + p, 8);
    g = c * t - b;
    to -= 16;
    store<f64>(to, c);
    store<f64>(to, s, 8);
    if (i === top) break;
  }
  store<f64>(d + top, above - p);
  store<f64>(e + top, g);
  store<f64>(e + end, 0);
  return l;
}

/** √(x² + y²), safe from overflow and underflow. */
// @ts-ignore: decorator
@inline
function hypotenuse(x: f64, y: f64): f64 {
  const square = x * x + y * y;
  return square > 1e-280 && square < 1e280 ? sqrt(square) : scaledHypotenuse(abs(x), abs(y));
}

function scaledHypotenuse(x: f64, y: f64): f64 {
  const large = max(x, y);
  const share = min(x, y) / large;
  return large > 0 ? large * sqrt(1 + share * share) : 0;
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
  v128.store(to, madd(sn, x, f64x2.mul(cs, below)));
  return nmadd(sn, below, f64x2.mul(cs, x));
}

/**
 * Turns rows i and i + 1 of an n-column matrix by the cosine c and sine s at turns[2·(i − first)], for i from `last` down to
 * `first`: (x, y) ← (c·x − s·y, s·x + c·y). Eight columns go through all turns together, so that each number is read and
 * written once.
 */
export function turnRows(n: i32, first: i32, last: i32, rows: usize, turns: usize): void {
  const width = (<usize>n) << 3;
  const top = rows + <usize>(last + 1) * width;
  const end = turns + ((<usize>(last - first + 1)) << 4);
  let column: usize = 0;
  for (; column + 64 <= width; column += 64) {
    let at = top + column;
    let y0 = v128.load(at);
    let y1 = v128.load(at, 16);
    let y2 = v128.load(at, 32);
    let y3 = v128.load(at, 48);
    for (let q = end; q > turns; ) {
      q -= 16;
      const cs = v128.load64_splat(q);
      const sn = v128.load64_splat(q, 8);
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
    for (let q = end; q > turns; ) {
      q -= 16;
      const cs = load<f64>(q);
      const sn = load<f64>(q, 8);
      const above = at - width;
      const x = load<f64>(above);
      store<f64>(at, sn * x + cs * y);
      y = cs * x - sn * y;
      at = above;
    }
    store<f64>(at, y);
  }
}

/** X ← H₀·H₁·…·Hₙ₋₂·X with the reflectors of reflectAxes, for X of n rows of `width` numbers. */
export function reflectBack(n: i32, width: i32, reflectors: usize, rows: usize): void {
  const row = (<usize>width) << 3;
  const line = (<usize>n) << 3;
  let column = rows;
  for (; column + 64 <= rows + row; column += 64) {
    for (let k = n - 2; k >= 0; k--) {
      const v = reflectors + <usize>k * line;
      const start = (<usize>(k + 1)) << 3;
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let s2 = f64x2.splat(0);
      let s3 = f64x2.splat(0);
      let at = column + <usize>(k + 1) * row;
      for (let i = start; i < line; i += 8) {
        const vi = v128.load64_splat(v + i);
        s0 = madd(vi, v128.load(at), s0);
        s1 = madd(vi, v128.load(at, 16), s1);
        s2 = madd(vi, v128.load(at, 32), s2);
        s3 = madd(vi, v128.load(at, 48), s3);
        at += row;
      }
      s0 = f64x2.add(s0, s0);
      s1 = f64x2.add(s1, s1);
      s2 = f64x2.add(s2, s2);
      s3 = f64x2.add(s3, s3);
      at = column + <usize>(k + 1) * row;
      for (let i = start; i < line; i += 8) {
        const vi = v128.load64_splat(v + i);
        v128.store(at, nmadd(vi, s0, v128.load(at)));
        v128.store(at, nmadd(vi, s1, v128.load(at, 16)), 16);
        v128.store(at, nmadd(vi, s2, v128.load(at, 32)), 32);
        v128.store(at, nmadd(vi, s3, v128.load(at, 48)), 48);
        at += row;
      }
    }
  }
  for (; column < rows + row; column += 8) {
    for (let k = n - 2; k >= 0; k--) {
      const v = reflectors + <usize>k * line;
      const start = (<usize>(k + 1)) << 3;
      let sum: f64 = 0;
      let at = column + <usize>(k + 1) * row;
      for (let i = start; i < line; i += 8, at += row) sum += load<f64>(v + i) * load<f64>(at);
      sum += sum;
      at = column + <usize>(k + 1) * row;
      for (let i = start; i < line; i += 8, at += row) store<f64>(at, load<f64>(at) - load<f64>(v + i) * sum);
    }
  }
}

/** One rotation back of a pair of numbers from two rows: stores the upper one, returns the lower one, which the next rotation takes on. */
// @ts-ignore: decorator
@inline
function turnBack(above: v128, below: usize, cs: v128, sn: v128, to: usize): v128 {
  const y = v128.load(below);
  v128.store(to, madd(cs, above, f64x2.mul(sn, y)));
  return nmadd(sn, above, f64x2.mul(cs, y));
}

/** The inverse of turnRows, for rows of `width` numbers: (x, y) ← (c·x + s·y, c·y − s·x) for i from `first` up to `last`. */
export function turnBackRows(width: i32, first: i32, last: i32, rows: usize, turns: usize): void {
  const row = (<usize>width) << 3;
  const top = rows + <usize>first * row;
  const end = turns + ((<usize>(last - first + 1)) << 4);
  let column: usize = 0;
  for (; column + 64 <= row; column += 64) {
    let at = top + column;
    let x0 = v128.load(at);
    let x1 = v128.load(at, 16);
    let x2 = v128.load(at, 32);
    let x3 = v128.load(at, 48);
    for (let q = turns; q < end; q += 16) {
      const cs = v128.load64_splat(q);
      const sn = v128.load64_splat(q, 8);
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
    for (let q = turns; q < end; q += 16) {
      const cs = load<f64>(q);
      const sn = load<f64>(q, 8);
      const y = load<f64>(at + row);
      store<f64>(at, cs * x + sn * y);
      x = cs * y - sn * x;
      at += row;
    }
    store<f64>(at, x);
  }
}
