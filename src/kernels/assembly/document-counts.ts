/** Twin: ../twins/document-counts.ts, which says what is computed. Pointers to `rowIds` and `counts` may be 0. */

/** frequencies[f] += the number of the given rows that have an entry of f. */
export function addDocumentFrequencies(rows: i32, rowIds: usize, indptr: usize, indices: usize, frequencies: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = indptr + ((<usize>(rowIds ? load<i32>(rowIds + ((<usize>i) << 2)) : i)) << 2);
    const end = indices + ((<usize>load<i32>(row, 4)) << 2);
    for (let p = indices + ((<usize>load<i32>(row)) << 2); p < end; p += 4) {
      const frequency = frequencies + ((<usize>load<u32>(p)) << 2);
      store<i32>(frequency, load<i32>(frequency) + 1);
    }
  }
}

/** Numbers the features within bounds; −1 for the others. @returns how many are within */
export function numberFeatures(features: i32, frequencies: usize, least: i32, most: i32, columns: usize): i32 {
  let kept = 0;
  for (let at: usize = 0, end = (<usize>features) << 2; at < end; at += 4) {
    const frequency = load<i32>(frequencies + at);
    const isKept = frequency >= least && frequency <= most;
    store<i32>(columns + at, isKept ? kept : -1);
    kept += i32(isKept);
  }
  return kept;
}

/** Entries of the given rows that have a column, in their order. @returns their number */
export function takeCounts(
  rows: i32,
  rowIds: usize,
  indptr: usize,
  indices: usize,
  counts: usize,
  columns: usize,
  outIndptr: usize,
  outIndices: usize,
  outData: usize,
): i32 {
  let at: usize = 0;
  store<i32>(outIndptr, 0);
  for (let i = 0; i < rows; i++) {
    const row = indptr + ((<usize>(rowIds ? load<i32>(rowIds + ((<usize>i) << 2)) : i)) << 2);
    const end = (<usize>load<i32>(row, 4)) << 2;
    for (let p = (<usize>load<i32>(row)) << 2; p < end; p += 4) {
      const column = load<i32>(columns + ((<usize>load<u32>(indices + p)) << 2));
      // Written in any case, and overwritten by the next entry if it has no column: branches would be guessed wrong.
      store<i32>(outIndices + (at << 2), column);
      store<f64>(outData + (at << 3), counts ? <f64>load<i32>(counts + p) : 1);
      at += usize(column >= 0);
    }
    store<i32>(outIndptr + ((<usize>i) << 2), <i32>at, 4);
  }
  return <i32>at;
}
