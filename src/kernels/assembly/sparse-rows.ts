/** Twin: ../twins/sparse-rows.ts. */

/**
 * out[indices[p]] += values[e]·data[p] for all p of row columns[e], for each entry e: a sparse vector times a CSR
 * matrix, given by its entries.
 */
export function addSparseRows(entries: i32, columns: usize, values: usize, indptr: usize, indices: usize, data: usize, out: usize): void {
  for (let e = 0; e < entries; e++) {
    const factor = load<f64>(values + ((<usize>e) << 3));
    const at = indptr + ((<usize>load<u32>(columns + ((<usize>e) << 2))) << 2);
    const start = load<i32>(at);
    let c = indices + ((<usize>start) << 2);
    const end = indices + ((<usize>load<i32>(at, 4)) << 2);
    let d = data + ((<usize>start) << 3);
    for (; c < end; c += 4) {
      const target = out + ((<usize>load<u32>(c)) << 3);
      store<f64>(target, load<f64>(target) + factor * load<f64>(d));
      d += 8;
    }
  }
}
