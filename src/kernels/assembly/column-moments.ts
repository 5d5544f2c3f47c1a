/** Sums run in the order of rows. Twin: ../twins/column-moments.ts, which says what is computed. */

/** Bytes of a column's record: its sum (later its mean), the weight stored, Σw(x − m) and Σw(x − m)². */
const RECORD_SHIFT: usize = 5;

/** The first of a row's entries p … end − 1 that lies in column `col` or behind it. */
function firstFrom(col: i32, p: i32, end: i32, indices: usize): i32 {
  while (p < end) {
    const middle = (p + end) >> 1;
    if (load<i32>(indices + ((<usize>middle) << 2)) < col) p = middle + 1;
    else end = middle;
  }
  return p;
}

/**
 * Out: mean, variance and weight of columns first … last − 1, one per column. Scratch, zeros: `records`, four doubles per column,
 * so that an entry meets one line of the cache, and `entries`, one Int32 per column, used where there are weights.
 */
export function csrMoments(
  first: i32,
  last: i32,
  rows: i32,
  cols: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  weights: usize,
  total: f64,
  mean: usize,
  variance: usize,
  weight: usize,
  records: usize,
  entries: usize,
): void {
  for (let j = first; j < last; j++) store<f64>(weight + ((<usize>j) << 3), total);
  for (let i = 0; i < rows; i++) {
    const w = weights ? load<f64>(weights + ((<usize>i) << 3)) : 1;
    let p = load<i32>(indptr + ((<usize>i) << 2));
    let end = load<i32>(indptr + ((<usize>i) << 2), 4);
    if (first > 0) p = firstFrom(first, p, end, indices);
    if (last < cols) end = firstFrom(last, p, end, indices);
    for (; p < end; p++) {
      const col = <usize>load<u32>(indices + ((<usize>p) << 2));
      const x = load<f64>(data + ((<usize>p) << 3));
      if (weights) {
        const count = entries + (col << 2);
        store<i32>(count, load<i32>(count) + 1);
      }
      if (x == x) {
        const record = records + (col << RECORD_SHIFT);
        v128.store(record, f64x2.add(v128.load(record), f64x2.replace_lane(f64x2.splat(x * w), 1, w)));
      } else {
        const left = weight + (col << 3);
        store<f64>(left, load<f64>(left) - w);
      }
    }
  }
  for (let j = first; j < last; j++) {
    const record = records + ((<usize>j) << RECORD_SHIFT);
    store<f64>(record, load<f64>(record) / load<f64>(weight + ((<usize>j) << 3)));
  }
  for (let i = 0; i < rows; i++) {
    const w = weights ? load<f64>(weights + ((<usize>i) << 3)) : 1;
    let p = load<i32>(indptr + ((<usize>i) << 2));
    let end = load<i32>(indptr + ((<usize>i) << 2), 4);
    if (first > 0) p = firstFrom(first, p, end, indices);
    if (last < cols) end = firstFrom(last, p, end, indices);
    for (; p < end; p++) {
      const x = load<f64>(data + ((<usize>p) << 3));
      if (x != x) continue;
      const record = records + ((<usize>load<u32>(indices + ((<usize>p) << 2))) << RECORD_SHIFT);
      const gap = x - load<f64>(record);
      v128.store(record, f64x2.add(v128.load(record, 16), f64x2.replace_lane(f64x2.splat(gap * w), 1, gap * gap * w)), 16);
    }
  }
  for (let j = first; j < last; j++) {
    const record = records + ((<usize>j) << RECORD_SHIFT);
    const at = (<usize>j) << 3;
    const m = load<f64>(record);
    const stored = load<f64>(record, 8);
    let off = load<f64>(record, 16);
    let spread = load<f64>(record, 24);
    const sum = load<f64>(weight + at);
    // Without weights each entry, NaN too, counts 1.
    const met = weights ? <f64>load<i32>(entries + ((<usize>j) << 2)) : stored + (total - sum);
    if (met < <f64>rows) {
      const zeros = sum - stored;
      off -= zeros * m;
      spread += zeros * (m * m);
    }
    store<f64>(mean + at, m);
    store<f64>(variance + at, (spread - (off * off) / sum) / sum);
  }
}

/** Out: mean, variance and weight, one per column. Scratch, zeros: correction. */
export function denseMoments(
  rows: i32,
  cols: i32,
  data: usize,
  weights: usize,
  mean: usize,
  variance: usize,
  weight: usize,
  correction: usize,
): void {
  const width = (<usize>cols) << 3;
  let p = data;
  for (let i = 0; i < rows; i++) {
    const w = weights ? load<f64>(weights + ((<usize>i) << 3)) : 1;
    for (let at: usize = 0; at < width; at += 8) {
      const x = load<f64>(p);
      p += 8;
      if (x != x) continue;
      store<f64>(mean + at, load<f64>(mean + at) + x * w);
      store<f64>(weight + at, load<f64>(weight + at) + w);
    }
  }
  for (let at: usize = 0; at < width; at += 8) store<f64>(mean + at, load<f64>(mean + at) / load<f64>(weight + at));
  p = data;
  for (let i = 0; i < rows; i++) {
    const w = weights ? load<f64>(weights + ((<usize>i) << 3)) : 1;
    for (let at: usize = 0; at < width; at += 8) {
      const gap = load<f64>(p) - load<f64>(mean + at);
      p += 8;
      if (gap != gap) continue;
      store<f64>(correction + at, load<f64>(correction + at) + gap * w);
      store<f64>(variance + at, load<f64>(variance + at) + gap * gap * w);
    }
  }
  for (let at: usize = 0; at < width; at += 8) {
    const off = load<f64>(correction + at);
    const sum = load<f64>(weight + at);
    store<f64>(variance + at, (load<f64>(variance + at) - (off * off) / sum) / sum);
  }
}

/** out[p] = data[p]·factors[indices[p]]; out may be data. */
export function csrScaleColumns(entries: i32, indices: usize, data: usize, factors: usize, out: usize): void {
  for (let p = 0; p < entries; p++) {
    const at = (<usize>p) << 3;
    const col = <usize>load<u32>(indices + ((<usize>p) << 2));
    store<f64>(out + at, load<f64>(data + at) * load<f64>(factors + (col << 3)));
  }
}

/** out[i, j] = data[i, j]·factors[j]; out may be data. */
export function denseScaleColumns(rows: i32, cols: i32, data: usize, factors: usize, out: usize): void {
  const whole = (<usize>(cols & ~1)) << 3;
  for (let i = 0; i < rows; i++) {
    for (let at: usize = 0; at < whole; at += 16) v128.store(out + at, f64x2.mul(v128.load(data + at), v128.load(factors + at)));
    if (cols & 1) store<f64>(out + whole, load<f64>(data + whole) * load<f64>(factors + whole));
    data += (<usize>cols) << 3;
    out += (<usize>cols) << 3;
  }
}

/** sums[j] += Σ x[i, j] in the order of rows; x is row-major. */
export function addColumnSums(rows: i32, cols: i32, x: usize, sums: usize): void {
  const width = (<usize>cols) << 3;
  const whole = (<usize>(cols & ~1)) << 3;
  let i = 0;
  // Four rows at a time, still added one after the other.
  for (; i + 3 < rows; i += 4) {
    const b = x + width;
    const c = b + width;
    const d = c + width;
    for (let at: usize = 0; at < whole; at += 16) {
      const two = f64x2.add(f64x2.add(v128.load(sums + at), v128.load(x + at)), v128.load(b + at));
      v128.store(sums + at, f64x2.add(f64x2.add(two, v128.load(c + at)), v128.load(d + at)));
    }
    if (cols & 1) store<f64>(sums + whole, load<f64>(sums + whole) + load<f64>(x + whole) + load<f64>(b + whole) + load<f64>(c + whole) + load<f64>(d + whole));
    x = d + width;
  }
  for (; i < rows; i++, x += width) {
    for (let at: usize = 0; at < width; at += 8) store<f64>(sums + at, load<f64>(sums + at) + load<f64>(x + at));
  }
}
