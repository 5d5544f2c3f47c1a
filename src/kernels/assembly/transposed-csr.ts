/** Twin: ../twins/transposed-csr.ts. */

/** Xᵀ by counting; `starts` has cols + 1 zeros, `places` and `values` room for all entries. */
export function transposeCsr(rows: i32, cols: i32, indptr: usize, indices: usize, data: usize, starts: usize, places: usize, values: usize): void {
  // While entries are laid out, behind[j] is where the next one of column j goes: at the end that is where the next column begins.
  const behind = starts + 4;
  const end = indices + ((<usize>load<i32>(indptr + ((<usize>rows) << 2))) << 2);
  for (let c = indices; c < end; c += 4) {
    const count = behind + ((<usize>load<u32>(c)) << 2);
    store<i32>(count, load<i32>(count) + 1);
  }
  let before = 0;
  for (let at = behind; at < behind + ((<usize>cols) << 2); at += 4) {
    const count = load<i32>(at);
    store<i32>(at, before);
    before += count;
  }
  for (let i = 0; i < rows; i++) {
    const from = load<i32>(indptr + ((<usize>i) << 2));
    const to = load<i32>(indptr + ((<usize>i) << 2), 4);
    for (let p = <usize>from; p < <usize>to; p++) {
      const next = behind + ((<usize>load<u32>(indices + (p << 2))) << 2);
      const at = <usize>load<i32>(next);
      store<i32>(next, <i32>at + 1);
      store<i32>(places + (at << 2), i);
      store<f64>(values + (at << 3), load<f64>(data + (p << 3)));
    }
  }
}
