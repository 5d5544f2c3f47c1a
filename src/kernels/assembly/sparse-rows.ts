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
    const whole = c + ((end - c) & ~15);
    for (; c < whole; c += 16) {
      const t0 = out + ((<usize>load<u32>(c)) << 3);
      const t1 = out + ((<usize>load<u32>(c, 4)) << 3);
      const t2 = out + ((<usize>load<u32>(c, 8)) << 3);
      const t3 = out + ((<usize>load<u32>(c, 12)) << 3);
      store<f64>(t0, load<f64>(t0) + factor * load<f64>(d));
      store<f64>(t1, load<f64>(t1) + factor * load<f64>(d, 8));
      store<f64>(t2, load<f64>(t2) + factor * load<f64>(d, 16));
      store<f64>(t3, load<f64>(t3) + factor * load<f64>(d, 24));
      d += 32;
    }
    for (; c < end; c += 4) {
      const target = out + ((<usize>load<u32>(c)) << 3);
      store<f64>(target, load<f64>(target) + factor * load<f64>(d));
      d += 8;
    }
  }
}
