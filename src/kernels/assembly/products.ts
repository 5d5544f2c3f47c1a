import { dot } from './vector-operations.ts';

/**
 * Matrices are row-major; CSR offsets and columns are 32-bit integers, values are doubles.
 * Sparse sums run in the order of a row's entries, as scipy's do. Twin: ../twins/products.ts.
 */

/** Finishes Σ data[p]·w[indices[p]] for p in [p, end). */
function rest(p: i32, end: i32, sum: f64, indices: usize, data: usize, w: usize): f64 {
  for (; p < end; p++) {
    sum += load<f64>(data + ((<usize>p) << 3)) * load<f64>(w + ((<usize>load<u32>(indices + ((<usize>p) << 2))) << 3));
  }
  return sum;
}

/**
 * out[i] = Σ data·w + bias for rows from … to − 1.
 *
 * Each sum is one chain of additions, and a chain waits for itself. Four rows therefore run side by side,
 * and a row that is done is replaced by the next: four chains at a time, each in its own order.
 */
export function csrRowsTimesVector(from: i32, to: i32, indptr: usize, indices: usize, data: usize, w: usize, bias: f64, out: usize): void {
  let row = from;
  if (to - from >= 4) {
    let i0 = row;
    let i1 = row + 1;
    let i2 = row + 2;
    let i3 = row + 3;
    let p0 = load<i32>(indptr + ((<usize>i0) << 2));
    let p1 = load<i32>(indptr + ((<usize>i1) << 2));
    let p2 = load<i32>(indptr + ((<usize>i2) << 2));
    let p3 = load<i32>(indptr + ((<usize>i3) << 2));
    let e0 = p1;
    let e1 = p2;
    let e2 = p3;
    let e3 = load<i32>(indptr + ((<usize>i3) << 2), 4);
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    row += 4;
    for (;;) {
      const n = min(min(e0 - p0, e1 - p1), min(e2 - p2, e3 - p3));
      let c0 = indices + ((<usize>p0) << 2);
      let c1 = indices + ((<usize>p1) << 2);
      let c2 = indices + ((<usize>p2) << 2);
      let c3 = indices + ((<usize>p3) << 2);
      let d0 = data + ((<usize>p0) << 3);
      let d1 = data + ((<usize>p1) << 3);
      let d2 = data + ((<usize>p2) << 3);
      let d3 = data + ((<usize>p3) << 3);
      let k = 0;
      for (; k + 1 < n; k += 2) {
        s0 += load<f64>(d0) * load<f64>(w + ((<usize>load<u32>(c0)) << 3));
        s1 += load<f64>(d1) * load<f64>(w + ((<usize>load<u32>(c1)) << 3));
        s2 += load<f64>(d2) * load<f64>(w + ((<usize>load<u32>(c2)) << 3));
        s3 += load<f64>(d3) * load<f64>(w + ((<usize>load<u32>(c3)) << 3));
        s0 += load<f64>(d0, 8) * load<f64>(w + ((<usize>load<u32>(c0, 4)) << 3));
        s1 += load<f64>(d1, 8) * load<f64>(w + ((<usize>load<u32>(c1, 4)) << 3));
        s2 += load<f64>(d2, 8) * load<f64>(w + ((<usize>load<u32>(c2, 4)) << 3));
        s3 += load<f64>(d3, 8) * load<f64>(w + ((<usize>load<u32>(c3, 4)) << 3));
        c0 += 8;
        c1 += 8;
        c2 += 8;
        c3 += 8;
        d0 += 16;
        d1 += 16;
        d2 += 16;
        d3 += 16;
      }
      if (k < n) {
        s0 += load<f64>(d0) * load<f64>(w + ((<usize>load<u32>(c0)) << 3));
        s1 += load<f64>(d1) * load<f64>(w + ((<usize>load<u32>(c1)) << 3));
        s2 += load<f64>(d2) * load<f64>(w + ((<usize>load<u32>(c2)) << 3));
        s3 += load<f64>(d3) * load<f64>(w + ((<usize>load<u32>(c3)) << 3));
      }
      p0 += n;
      p1 += n;
      p2 += n;
      p3 += n;
      if (p0 == e0) {
        if (row >= to) break;
        store<f64>(out + ((<usize>i0) << 3), s0 + bias);
        i0 = row++;
        p0 = load<i32>(indptr + ((<usize>i0) << 2));
        e0 = load<i32>(indptr + ((<usize>i0) << 2), 4);
        s0 = 0;
      }
      if (p1 == e1) {
        if (row >= to) break;
        store<f64>(out + ((<usize>i1) << 3), s1 + bias);
        i1 = row++;
        p1 = load<i32>(indptr + ((<usize>i1) << 2));
        e1 = load<i32>(indptr + ((<usize>i1) << 2), 4);
        s1 = 0;
      }
      if (p2 == e2) {
        if (row >= to) break;
        store<f64>(out + ((<usize>i2) << 3), s2 + bias);
        i2 = row++;
        p2 = load<i32>(indptr + ((<usize>i2) << 2));
        e2 = load<i32>(indptr + ((<usize>i2) << 2), 4);
        s2 = 0;
      }
      if (p3 == e3) {
        if (row >= to) break;
        store<f64>(out + ((<usize>i3) << 3), s3 + bias);
        i3 = row++;
        p3 = load<i32>(indptr + ((<usize>i3) << 2));
        e3 = load<i32>(indptr + ((<usize>i3) << 2), 4);
        s3 = 0;
      }
    }
    store<f64>(out + ((<usize>i0) << 3), rest(p0, e0, s0, indices, data, w) + bias);
    store<f64>(out + ((<usize>i1) << 3), rest(p1, e1, s1, indices, data, w) + bias);
    store<f64>(out + ((<usize>i2) << 3), rest(p2, e2, s2, indices, data, w) + bias);
    store<f64>(out + ((<usize>i3) << 3), rest(p3, e3, s3, indices, data, w) + bias);
  }
  for (; row < to; row++) {
    const at = indptr + ((<usize>row) << 2);
    store<f64>(out + ((<usize>row) << 3), rest(load<i32>(at), load<i32>(at, 4), 0, indices, data, w) + bias);
  }
}

/** out[j] += Σ r[i]·X[i, j] over rows from … to − 1, row after row. */
export function csrRowsTransposedTimesVector(from: i32, to: i32, indptr: usize, indices: usize, data: usize, r: usize, out: usize): void {
  for (let i = from; i < to; i++) {
    const factor = load<f64>(r + ((<usize>i) << 3));
    const at = indptr + ((<usize>i) << 2);
    let c = indices + ((<usize>load<i32>(at)) << 2);
    const end = indices + ((<usize>load<i32>(at, 4)) << 2);
    let d = data + ((<usize>load<i32>(at)) << 3);
    // The columns of a row differ, so that four updates cannot meet.
    while (c + 12 < end) {
      const q0 = out + ((<usize>load<u32>(c)) << 3);
      const q1 = out + ((<usize>load<u32>(c, 4)) << 3);
      const q2 = out + ((<usize>load<u32>(c, 8)) << 3);
      const q3 = out + ((<usize>load<u32>(c, 12)) << 3);
      const v0 = load<f64>(q0) + factor * load<f64>(d);
      const v1 = load<f64>(q1) + factor * load<f64>(d, 8);
      const v2 = load<f64>(q2) + factor * load<f64>(d, 16);
      const v3 = load<f64>(q3) + factor * load<f64>(d, 24);
      store<f64>(q0, v0);
      store<f64>(q1, v1);
      store<f64>(q2, v2);
      store<f64>(q3, v3);
      c += 16;
      d += 32;
    }
    while (c < end) {
      const q = out + ((<usize>load<u32>(c)) << 3);
      store<f64>(q, load<f64>(q) + factor * load<f64>(d));
      c += 4;
      d += 8;
    }
  }
}

/** y[c] += alpha·x[c] for c < k. */
function addScaled(alpha: f64, x: usize, y: usize, k: i32): void {
  const factor = f64x2.splat(alpha);
  const whole = x + ((<usize>(k & ~1)) << 3);
  while (x < whole) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(factor, v128.load(x))));
    x += 16;
    y += 16;
  }
  if (k & 1) store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
}

/** From this many outputs on, whole rows of W are read, which lie side by side in memory, rather than parts of all of them. */
const WIDE: i32 = 16;

/** y[c] = Σ d[p]·W[p, c] over entries in their order, four of them in one pass over y. */
function addRows(c: usize, end: usize, d: usize, w: usize, width: usize, y: usize, k: i32): void {
  memory.fill(y, 0, width);
  const whole = y + ((<usize>(k & ~1)) << 3);
  for (; c + 12 < end; c += 16, d += 32) {
    const f0 = v128.load64_splat(d);
    const f1 = v128.load64_splat(d, 8);
    const f2 = v128.load64_splat(d, 16);
    const f3 = v128.load64_splat(d, 24);
    let w0 = w + <usize>load<u32>(c) * width;
    let w1 = w + <usize>load<u32>(c, 4) * width;
    let w2 = w + <usize>load<u32>(c, 8) * width;
    let w3 = w + <usize>load<u32>(c, 12) * width;
    let q = y;
    while (q < whole) {
      let sum = f64x2.add(v128.load(q), f64x2.mul(f0, v128.load(w0)));
      sum = f64x2.add(sum, f64x2.mul(f1, v128.load(w1)));
      sum = f64x2.add(sum, f64x2.mul(f2, v128.load(w2)));
      v128.store(q, f64x2.add(sum, f64x2.mul(f3, v128.load(w3))));
      q += 16;
      w0 += 16;
      w1 += 16;
      w2 += 16;
      w3 += 16;
    }
    if (k & 1) {
      let sum = load<f64>(q) + load<f64>(d) * load<f64>(w0);
      sum += load<f64>(d, 8) * load<f64>(w1);
      sum += load<f64>(d, 16) * load<f64>(w2);
      store<f64>(q, sum + load<f64>(d, 24) * load<f64>(w3));
    }
  }
  for (; c < end; c += 4, d += 8) addScaled(load<f64>(d), w + <usize>load<u32>(c) * width, y, k);
}

/** Most pairs of outputs that `gatherPairs` and `scatterPairs` take at a time. */
const MOST_PAIRS: i32 = 5;

/** y[c] = Σ d[p]·W[p, c] over entries in their order, for two outputs c a pair. `pairs` is a constant where it is called. */
// @ts-ignore: decorator
@inline
export function gatherPairs(pairs: i32, c: usize, end: usize, d: usize, w: usize, width: usize, y: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let s4 = f64x2.splat(0);
  for (; c < end; c += 4, d += 8) {
    const factor = v128.load64_splat(d);
    const q = w + <usize>load<u32>(c) * width;
    s0 = f64x2.add(s0, f64x2.mul(factor, v128.load(q)));
    if (pairs > 1) s1 = f64x2.add(s1, f64x2.mul(factor, v128.load(q, 16)));
    if (pairs > 2) s2 = f64x2.add(s2, f64x2.mul(factor, v128.load(q, 32)));
    if (pairs > 3) s3 = f64x2.add(s3, f64x2.mul(factor, v128.load(q, 48)));
    if (pairs > 4) s4 = f64x2.add(s4, f64x2.mul(factor, v128.load(q, 64)));
  }
  v128.store(y, s0);
  if (pairs > 1) v128.store(y, s1, 16);
  if (pairs > 2) v128.store(y, s2, 32);
  if (pairs > 3) v128.store(y, s3, 48);
  if (pairs > 4) v128.store(y, s4, 64);
}

/** W[p, c] += d[p]·x[c], likewise. */
// @ts-ignore: decorator
@inline
export function scatterPairs(pairs: i32, c: usize, end: usize, d: usize, w: usize, width: usize, x: usize): void {
  const x0 = v128.load(x);
  const x1 = pairs > 1 ? v128.load(x, 16) : x0;
  const x2 = pairs > 2 ? v128.load(x, 32) : x0;
  const x3 = pairs > 3 ? v128.load(x, 48) : x0;
  const x4 = pairs > 4 ? v128.load(x, 64) : x0;
  for (; c < end; c += 4, d += 8) {
    const factor = v128.load64_splat(d);
    const q = w + <usize>load<u32>(c) * width;
    v128.store(q, f64x2.add(v128.load(q), f64x2.mul(factor, x0)));
    if (pairs > 1) v128.store(q, f64x2.add(v128.load(q, 16), f64x2.mul(factor, x1)), 16);
    if (pairs > 2) v128.store(q, f64x2.add(v128.load(q, 32), f64x2.mul(factor, x2)), 32);
    if (pairs > 3) v128.store(q, f64x2.add(v128.load(q, 48), f64x2.mul(factor, x3)), 48);
    if (pairs > 4) v128.store(q, f64x2.add(v128.load(q, 64), f64x2.mul(factor, x4)), 64);
  }
}

/** out[i, c] = Σ X[i, j]·W[j, c] + bias[c]; W is cols × k, out rows × k, bias k values or 0. */
export function csrRowsTimesMatrix(
  from: i32,
  to: i32,
  k: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  w: usize,
  bias: usize,
  out: usize,
): void {
  const width = (<usize>k) << 3;
  for (let i = from; i < to; i++) {
    const at = indptr + ((<usize>i) << 2);
    const first = indices + ((<usize>load<i32>(at)) << 2);
    const end = indices + ((<usize>load<i32>(at, 4)) << 2);
    const values = data + ((<usize>load<i32>(at)) << 3);
    let y = out + <usize>i * width;
    if (k >= WIDE) {
      addRows(first, end, values, w, width, y, k);
      if (bias) addScaled(1, bias, y, k);
      continue;
    }
    // As many outputs at a time as have their sums in registers.
    let column = w;
    for (let pairs = k >> 1; pairs > 0; pairs -= MOST_PAIRS) {
      if (pairs >= 5) gatherPairs(5, first, end, values, column, width, y);
      else if (pairs == 4) gatherPairs(4, first, end, values, column, width, y);
      else if (pairs == 3) gatherPairs(3, first, end, values, column, width, y);
      else if (pairs == 2) gatherPairs(2, first, end, values, column, width, y);
      else gatherPairs(1, first, end, values, column, width, y);
      const done = (<usize>min(pairs, MOST_PAIRS)) << 4;
      y += done;
      column += done;
    }
    if (k & 1) {
      let sum: f64 = 0;
      let d = values;
      for (let c = first; c < end; c += 4) {
        sum += load<f64>(d) * load<f64>(column + <usize>load<u32>(c) * width);
        d += 8;
      }
      store<f64>(y, sum);
    }
    if (bias) addScaled(1, bias, out + <usize>i * width, k);
  }
}

/** out[j, c] += Σ X[i, j]·R[i, c] over rows from … to − 1; R is rows × k, out cols × k. */
export function csrRowsTransposedTimesMatrix(
  from: i32,
  to: i32,
  k: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  r: usize,
  out: usize,
): void {
  const width = (<usize>k) << 3;
  for (let i = from; i < to; i++) {
    const at = indptr + ((<usize>i) << 2);
    const first = indices + ((<usize>load<i32>(at)) << 2);
    const end = indices + ((<usize>load<i32>(at, 4)) << 2);
    const values = data + ((<usize>load<i32>(at)) << 3);
    let x = r + <usize>i * width;
    let column = out;
    for (let pairs = k >> 1; pairs > 0; pairs -= MOST_PAIRS) {
      if (pairs >= 5) scatterPairs(5, first, end, values, column, width, x);
      else if (pairs == 4) scatterPairs(4, first, end, values, column, width, x);
      else if (pairs == 3) scatterPairs(3, first, end, values, column, width, x);
      else if (pairs == 2) scatterPairs(2, first, end, values, column, width, x);
      else scatterPairs(1, first, end, values, column, width, x);
      const done = (<usize>min(pairs, MOST_PAIRS)) << 4;
      x += done;
      column += done;
    }
    if (k & 1) {
      const single = load<f64>(x);
      let d = values;
      for (let c = first; c < end; c += 4) {
        const q = column + <usize>load<u32>(c) * width;
        store<f64>(q, load<f64>(q) + load<f64>(d) * single);
        d += 8;
      }
    }
  }
}

/** out[i] = X[i, :]·w + bias, each in the lanes of `dot`. */
export function denseRowsTimesVector(from: i32, to: i32, cols: i32, data: usize, w: usize, bias: f64, out: usize): void {
  for (let i = from; i < to; i++) {
    store<f64>(out + ((<usize>i) << 3), dot(data + (((<usize>i) * <usize>cols) << 3), w, cols) + bias);
  }
}

/** out[j] += Σ r[i]·X[i, j] over rows from … to − 1, in the order of rows; four rows share a pass over out. */
export function denseRowsTransposedTimesVector(from: i32, to: i32, cols: i32, data: usize, r: usize, out: usize): void {
  const width = (<usize>cols) << 3;
  let i = from;
  for (; i + 3 < to; i += 4) {
    const at = r + ((<usize>i) << 3);
    let x0 = data + <usize>i * width;
    const f0 = f64x2.splat(load<f64>(at));
    const f1 = f64x2.splat(load<f64>(at, 8));
    const f2 = f64x2.splat(load<f64>(at, 16));
    const f3 = f64x2.splat(load<f64>(at, 24));
    let x1 = x0 + width;
    let x2 = x1 + width;
    let x3 = x2 + width;
    let y = out;
    const whole = out + ((<usize>(cols & ~1)) << 3);
    while (y < whole) {
      let sum = f64x2.add(v128.load(y), f64x2.mul(f0, v128.load(x0)));
      sum = f64x2.add(sum, f64x2.mul(f1, v128.load(x1)));
      sum = f64x2.add(sum, f64x2.mul(f2, v128.load(x2)));
      sum = f64x2.add(sum, f64x2.mul(f3, v128.load(x3)));
      v128.store(y, sum);
      x0 += 16;
      x1 += 16;
      x2 += 16;
      x3 += 16;
      y += 16;
    }
    if (cols & 1) {
      let sum = load<f64>(y) + load<f64>(at) * load<f64>(x0);
      sum += load<f64>(at, 8) * load<f64>(x1);
      sum += load<f64>(at, 16) * load<f64>(x2);
      sum += load<f64>(at, 24) * load<f64>(x3);
      store<f64>(y, sum);
    }
  }
  for (; i < to; i++) addScaled(load<f64>(r + ((<usize>i) << 3)), data + <usize>i * width, out, cols);
}

/** out[i, c] = Σ X[i, j]·W[j, c] + bias[c], in the order of columns. */
export function denseRowsTimesMatrix(from: i32, to: i32, cols: i32, k: i32, data: usize, w: usize, bias: usize, out: usize): void {
  const width = (<usize>k) << 3;
  for (let i = from; i < to; i++) {
    const y = out + <usize>i * width;
    let x = data + (((<usize>i) * <usize>cols) << 3);
    memory.fill(y, 0, width);
    for (let j = 0; j < cols; j++) {
      addScaled(load<f64>(x), w + <usize>j * width, y, k);
      x += 8;
    }
    if (bias) addScaled(1, bias, y, k);
  }
}

/** out[j, c] += Σ X[i, j]·R[i, c] over rows from … to − 1, in the order of rows. */
export function denseRowsTransposedTimesMatrix(from: i32, to: i32, cols: i32, k: i32, data: usize, r: usize, out: usize): void {
  const width = (<usize>k) << 3;
  for (let i = from; i < to; i++) {
    let x = data + (((<usize>i) * <usize>cols) << 3);
    for (let j = 0; j < cols; j++) {
      addScaled(load<f64>(x), r + <usize>i * width, out + <usize>j * width, k);
      x += 8;
    }
  }
}
