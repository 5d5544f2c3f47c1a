/**
 * Products of a sparse matrix whose rows are alike: `numbers` columns that every row has, and `ones` columns per row
 * with the entry 1, such as measurements beside one-hot categories (see ../one-hot-rows.ts).
 *
 * `columns` is u32[numbers], `values` f64[rows × numbers], `places` u16[rows × ones]: the columns of a row's ones.
 * The bits are those of csrRowsTimesVector and csrRowsTransposedTimesVector, whose twins are these kernels' too.
 */

/** out[i] = Σ data·w + bias for rows from … to − 1, four rows side by side; `before` of a row's ones come before its numbers. */
export function oneHotRowsTimesVector(from: i32, to: i32, numbers: i32, ones: i32, before: i32, columns: usize, values: usize, places: usize, w: usize, bias: f64, out: usize): void {
  const wide = (<usize>numbers) << 3;
  const tall = (<usize>ones) << 1;
  const lead = (<usize>before) << 1;
  const last = columns + ((<usize>numbers) << 2);
  let i = from;
  let v = values + <usize>from * wide;
  let p = places + <usize>from * tall;
  let q = out + ((<usize>from) << 3);
  for (; i + 3 < to; i += 4, v += 4 * wide, p += 4 * tall, q += 32) {
    let s0: f64 = 0;
    let s1: f64 = 0;
    let s2: f64 = 0;
    let s3: f64 = 0;
    let one = p;
    for (const end = p + lead; one < end; one += 2) {
      s0 += at(w, one);
      s1 += at(w, one + tall);
      s2 += at(w, one + 2 * tall);
      s3 += at(w, one + 3 * tall);
    }
    let value = v;
    for (let c = columns; c < last; c += 4, value += 8) {
      const factor = load<f64>(w + ((<usize>load<u32>(c)) << 3));
      s0 += load<f64>(value) * factor;
      s1 += load<f64>(value + wide) * factor;
      s2 += load<f64>(value + 2 * wide) * factor;
      s3 += load<f64>(value + 3 * wide) * factor;
    }
    for (const end = p + tall; one < end; one += 2) {
      s0 += at(w, one);
      s1 += at(w, one + tall);
      s2 += at(w, one + 2 * tall);
      s3 += at(w, one + 3 * tall);
    }
    store<f64>(q, s0 + bias);
    store<f64>(q, s1 + bias, 8);
    store<f64>(q, s2 + bias, 16);
    store<f64>(q, s3 + bias, 24);
  }
  for (; i < to; i++, v += wide, p += tall, q += 8) {
    let sum: f64 = 0;
    let one = p;
    for (const end = p + lead; one < end; one += 2) sum += at(w, one);
    let value = v;
    for (let c = columns; c < last; c += 4, value += 8) sum += load<f64>(value) * load<f64>(w + ((<usize>load<u32>(c)) << 3));
    for (const end = p + tall; one < end; one += 2) sum += at(w, one);
    store<f64>(q, sum + bias);
  }
}

/** The element of w that a place names. */
// @ts-ignore: decorator
@inline
function at(w: usize, place: usize): f64 {
  return load<f64>(w + ((<usize>load<u16>(place)) << 3));
}

/** out[j] += Σ r[i]·X[i, j] over rows from … to − 1, row after row; the numbers two columns at a time. */
export function oneHotRowsTransposedTimesVector(from: i32, to: i32, numbers: i32, ones: i32, columns: usize, values: usize, places: usize, r: usize, out: usize): void {
  const wide = (<usize>numbers) << 3;
  const first = r + ((<usize>from) << 3);
  const end = r + ((<usize>to) << 3);
  let v = values + <usize>from * wide;
  let j = 0;
  for (; j + 1 < numbers; j += 2, v += 16) {
    const q0 = out + ((<usize>load<u32>(columns + ((<usize>j) << 2))) << 3);
    const q1 = out + ((<usize>load<u32>(columns + ((<usize>j) << 2), 4)) << 3);
    let sum = f64x2.replace_lane(f64x2.splat(load<f64>(q0)), 1, load<f64>(q1));
    let value = v;
    for (let factor = first; factor < end; factor += 8, value += wide) sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(factor), v128.load(value)));
    store<f64>(q0, f64x2.extract_lane(sum, 0));
    store<f64>(q1, f64x2.extract_lane(sum, 1));
  }
  if (j < numbers) {
    const q = out + ((<usize>load<u32>(columns + ((<usize>j) << 2))) << 3);
    let sum = load<f64>(q);
    for (let factor = first; factor < end; factor += 8, v += wide) sum += load<f64>(factor) * load<f64>(v);
    store<f64>(q, sum);
  }
  let place = places + ((<usize>(from * ones)) << 1);
  for (let at = first; at < end; at += 8) {
    const factor = load<f64>(at);
    // The columns of a row differ, so that four updates cannot meet.
    let k = 0;
    for (; k + 3 < ones; k += 4, place += 8) {
      const q0 = out + ((<usize>load<u16>(place)) << 3);
      const q1 = out + ((<usize>load<u16>(place, 2)) << 3);
      const q2 = out + ((<usize>load<u16>(place, 4)) << 3);
      const q3 = out + ((<usize>load<u16>(place, 6)) << 3);
      const v0 = load<f64>(q0) + factor;
      const v1 = load<f64>(q1) + factor;
      const v2 = load<f64>(q2) + factor;
      const v3 = load<f64>(q3) + factor;
      store<f64>(q0, v0);
      store<f64>(q1, v1);
      store<f64>(q2, v2);
      store<f64>(q3, v3);
    }
    for (; k < ones; k++, place += 2) {
      const q = out + ((<usize>load<u16>(place)) << 3);
      store<f64>(q, load<f64>(q) + factor);
    }
  }
}

/**
 * Looks whether all rows have `width` entries of which those of some positions, the same in every row, are numbers in the
 * same columns, and the others 1. @returns where the numbers begin and, in the upper half, where they end; −1 for other rows
 */
export function oneHotShape(rows: i32, width: i32, indptr: usize, indices: usize, data: usize): i32 {
  for (let i = 0; i <= rows; i++) if (load<i32>(indptr + ((<usize>i) << 2)) != i * width) return -1;
  let from = width;
  let to = 0;
  let row = data;
  for (let i = 0; i < rows; i++, row += (<usize>width) << 3) {
    for (let j = 0; j < from; j++) if (load<f64>(row + ((<usize>j) << 3)) != 1) from = j;
    for (let j = width - 1; j >= to; j--) if (load<f64>(row + ((<usize>j) << 3)) != 1) to = j + 1;
  }
  if (from > to) from = to;
  const bytes = (<usize>(to - from)) << 2;
  const first = indices + ((<usize>from) << 2);
  let own = first;
  for (let i = 0; i < rows; i++, own += (<usize>width) << 2) if (memory.compare(own, first, bytes) != 0) return -1;
  return (to << 16) | from;
}

/** Writes the numbers, at positions from … to − 1, and the columns of the ones of all rows, which are as oneHotShape says. */
export function packOneHotRows(rows: i32, width: i32, from: i32, to: i32, indices: usize, data: usize, values: usize, places: usize): void {
  for (let i = 0; i < rows; i++, indices += (<usize>width) << 2, data += (<usize>width) << 3) {
    for (let j = from; j < to; j++, values += 8) store<f64>(values, load<f64>(data + ((<usize>j) << 3)));
    for (let j = 0; j < from; j++, places += 2) store<u16>(places, load<u16>(indices + ((<usize>j) << 2)));
    for (let j = to; j < width; j++, places += 2) store<u16>(places, load<u16>(indices + ((<usize>j) << 2)));
  }
}
