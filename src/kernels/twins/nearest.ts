import type { CsrArrays } from '../matrix-arrays.ts';

/** Twin of assembly/nearest.ts: the same operations on each element, so the same bits. */

export function productsToBounds(values: Float64Array, squares: Float64Array, square: number, norms: Float64Array, slack: number): void {
  for (let j = 0; j < values.length; j++) values[j] = square + squares[j] - 2 * (values[j] + slack * norms[j]);
}

export function listWithin(values: Float64Array, limit: number, list: Int32Array): number {
  let count = 0;
  for (let j = 0; j < values.length; j++) if (values[j] <= limit) list[count++] = j;
  return count;
}

export function listSmallest(values: Float64Array, smallest: Float64Array, indices: Int32Array): number {
  const k = smallest.length;
  let count = 0;
  for (let j = 0; j < values.length; j++) {
    const value = values[j];
    if (!(value < Infinity) || (count === k && value >= smallest[k - 1])) continue;
    let at = count < k ? count++ : k - 1;
    for (; at > 0 && smallest[at - 1] > value; at--) {
      smallest[at] = smallest[at - 1];
      indices[at] = indices[at - 1];
    }
    smallest[at] = value;
    indices[at] = j;
  }
  return count;
}

export function listedRowsTimesVector(rows: Int32Array, { indptr, indices, data }: CsrArrays, w: Float64Array, out: Float64Array): void {
  for (let e = 0; e < rows.length; e++) {
    let p = indptr[rows[e]];
    const end = indptr[rows[e] + 1];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (; p + 3 < end; p += 4) {
      s0 += data[p] * w[indices[p]];
      s1 += data[p + 1] * w[indices[p + 1]];
      s2 += data[p + 2] * w[indices[p + 2]];
      s3 += data[p + 3] * w[indices[p + 3]];
    }
    for (; p < end; p++) s0 += data[p] * w[indices[p]];
    out[e] = s0 + s1 + (s2 + s3);
  }
}
