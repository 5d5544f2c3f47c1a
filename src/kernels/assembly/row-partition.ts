/** Pointers are byte addresses, lengths are elements. Twin: ../twins/row-partition.ts. */

/**
 * Moves the rows that go left to the front and copies those that go right to `other`; both keep their order.
 *
 * @param rows numbers of rows, of which those from `from` to `to` are moved
 * @param bins the column's byte of each row
 * @param left 256 bytes: 1 for a bin that goes left, else 0
 * @param other room for to − from i32
 * @returns how many go left; what lies behind them is undefined
 */
export function divideRows(rows: usize, from: i32, to: i32, bins: usize, left: usize, other: usize): i32 {
  const start = rows + ((<usize>from) << 2);
  const end = rows + ((<usize>to) << 2);
  let l = start;
  let r = other;
  for (let p = start; p < end; p += 4) {
    const row = load<u32>(p);
    const goes = (<usize>load<u8>(left + load<u8>(bins + row))) << 2;
    store<u32>(l, row);
    store<u32>(r, row);
    l += goes;
    r += 4 - goes;
  }
  return <i32>((l - start) >> 2);
}

/** The same, with those that go right copied behind those that go left. */
export function partitionRows(rows: usize, from: i32, to: i32, bins: usize, left: usize, other: usize): i32 {
  const count = divideRows(rows, from, to, bins, left, other);
  memory.copy(rows + ((<usize>(from + count)) << 2), other, (<usize>(to - from - count)) << 2);
  return count;
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
