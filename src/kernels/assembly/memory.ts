/** Writes zeros. */
export function clear(start: usize, bytes: usize): void {
  memory.fill(start, 0, bytes);
}

/**
 * Whether offsets ascend from 0 to `entries` and every column lies in [0, cols): what the products rely on,
 * since they look up memory by these numbers. Twin: ../twins/is-csr.ts.
 */
export function isCsr(rows: i32, cols: i32, entries: i32, indptr: usize, indices: usize): bool {
  let before = 0;
  if (load<i32>(indptr) != 0) return false;
  for (let i = 1; i <= rows; i++) {
    const offset = load<i32>(indptr + ((<usize>i) << 2));
    if (offset < before) return false;
    before = offset;
  }
  if (before != entries) return false;
  let largest: u32 = 0;
  for (let p = 0; p < entries; p++) largest = max<u32>(largest, load<u32>(indices + ((<usize>p) << 2)));
  return entries == 0 || largest < <u32>cols;
}
