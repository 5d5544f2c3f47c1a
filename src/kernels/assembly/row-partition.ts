/** Pointers are byte addresses, lengths are elements. Twin: ../twins/row-partition.ts. */

/**
 * Copies the rows that go left to one place and those that go right to another; both keep their order.
 *
 * @param rows numbers of rows, of which those from `from` to `to` are looked at
 * @param bins the column's byte of each row
 * @param left 256 bytes: 1 for a bin that goes left, else 0
 * @param lefts room for to − from i32, which may be where those rows lie
 * @param rights the same, elsewhere
 * @returns how many go left; what lies behind the copies is undefined
 */
export function divideRows(rows: usize, from: i32, to: i32, bins: usize, left: usize, lefts: usize, rights: usize): i32 {
  const end = rows + ((<usize>to) << 2);
  let l = lefts;
  let r = rights;
  for (let p = rows + ((<usize>from) << 2); p < end; p += 4) {
    const row = load<u32>(p);
    const goes = (<usize>load<u8>(left + load<u8>(bins + row))) << 2;
    store<u32>(l, row);
    store<u32>(r, row);
    l += goes;
    r += 4 - goes;
  }
  return <i32>((l - lefts) >> 2);
}

/** The same of all rows from `from` to `to`, which no list has to hold. */
export function divideInOrder(from: i32, to: i32, bins: usize, left: usize, lefts: usize, rights: usize): i32 {
  let l = lefts;
  let r = rights;
  for (let row = from; row < to; row++) {
    const goes = (<usize>load<u8>(left + load<u8>(bins + <usize>row))) << 2;
    store<i32>(l, row);
    store<i32>(r, row);
    l += goes;
    r += 4 - goes;
  }
  return <i32>((l - lefts) >> 2);
}

/**
 * Moves the rows that go left before those that go right; both keep their order. As divideRows.
 * @param other room for to − from i32
 */
export function partitionRows(rows: usize, from: i32, to: i32, bins: usize, left: usize, other: usize): i32 {
  const start = rows + ((<usize>from) << 2);
  const count = divideRows(rows, from, to, bins, left, start, other);
  memory.copy(start + ((<usize>count) << 2), other, (<usize>(to - from - count)) << 2);
  return count;
}

/** The same of rows that are to be in order, and are not listed yet. */
export function partitionInOrder(rows: usize, from: i32, to: i32, bins: usize, left: usize, other: usize): i32 {
  const start = rows + ((<usize>from) << 2);
  const count = divideInOrder(from, to, bins, left, start, other);
  memory.copy(start + ((<usize>count) << 2), other, (<usize>(to - from - count)) << 2);
  return count;
}

/** rows[i] = i. */
export function numberRows(rows: usize, count: i32): void {
  for (let i: i32 = 0; i < count; i++) store<i32>(rows + ((<usize>i) << 2), i);
}

/** target = source, which may overlap. */
export function copyRows(source: usize, target: usize, count: i32): void {
  memory.copy(target, source, (<usize>count) << 2);
}

/** leaves[row] = leaf for the listed rows, 16 bits each. */
export function markRows(rows: usize, from: i32, to: i32, leaf: i32, leaves: usize): void {
  const end = rows + ((<usize>to) << 2);
  for (let p = rows + ((<usize>from) << 2); p < end; p += 4) store<u16>(leaves + ((<usize>load<u32>(p)) << 1), <u16>leaf);
}

/** out[i] += values[leaves[i]] for i from … to − 1. */
export function addLeafValues(from: i32, to: i32, leaves: usize, values: usize, out: usize): void {
  for (let i = <usize>from; i < <usize>to; i++) {
    const p = out + (i << 3);
    store<f64>(p, load<f64>(p) + load<f64>(values + ((<usize>load<u16>(leaves + (i << 1))) << 3)));
  }
}

/** values[i] = values[order[i]], bytes. @param room for `count` bytes */
export function permuteBytes(values: usize, order: usize, count: i32, room: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) store<u8>(room + i, load<u8>(values + <usize>load<u32>(order + (i << 2))));
  memory.copy(values, room, count);
}

/** The same of doubles. */
export function permuteDoubles(values: usize, order: usize, count: i32, room: usize): void {
  for (let i: usize = 0; i < <usize>count; i++) store<f64>(room + (i << 3), load<f64>(values + ((<usize>load<u32>(order + (i << 2))) << 3)));
  memory.copy(values, room, (<usize>count) << 3);
}

/** Rows that are laid out together: their bytes stay in the nearest cache. */
const TOGETHER: i32 = 256;

/** byRow[i · stride + j] = byColumn[j · height + i] for `count` rows. */
export function layOutRows(byColumn: usize, height: i32, cols: i32, count: i32, byRow: usize, stride: i32): void {
  for (let first = 0; first < count; first += TOGETHER) {
    const last = min<i32>(first + TOGETHER, count);
    for (let j = 0; j < cols; j++) {
      const column = byColumn + <usize>j * height;
      let target = byRow + <usize>first * stride + j;
      for (let i = first; i < last; i++, target += stride) store<u8>(target, load<u8>(column + i));
    }
  }
}
