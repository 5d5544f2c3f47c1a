import type { CsrMatrix } from '../matrix/csr-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

/**
 * Products of one row with many rows of a matrix B, whose rows may be listed in any order.
 *
 * Sparse rows go through B's transpose: only columns that the row has are touched. Dense rows go four at a time,
 * so that each element of the row is read once for four sums.
 */
export class RowProducts {
  readonly B: Matrix;
  readonly #transposed: CsrMatrix | undefined;
  readonly #sums: Float64Array;

  constructor(B: Matrix) {
    this.B = B;
    this.#transposed = B.kind === 'csr' ? B.transpose() : undefined;
    this.#sums = new Float64Array(B.kind === 'csr' ? B.rows : 0);
  }

  /** out[j] = A[i]·B[order[j]] for j in [from, to). A is of B's kind, with as many columns. */
  products(A: Matrix, i: number, order: Int32Array, from: number, to: number, out: Float64Array): void {
    if (A.kind === 'csr') this.#sparse(A, i, order, from, to, out);
    else denseProducts(A.data, i * A.cols, this.B.data, A.cols, order, from, to, out);
  }

  #sparse(A: CsrMatrix, i: number, order: Int32Array, from: number, to: number, out: Float64Array): void {
    const sums = this.#sums;
    const { indptr, indices, data } = this.#transposed!;
    for (let p = A.indptr[i]; p < A.indptr[i + 1]; p++) {
      const value = A.data[p];
      const column = A.indices[p];
      for (let q = indptr[column], end = indptr[column + 1]; q < end; q++) sums[indices[q]] += value * data[q];
    }
    for (let j = from; j < to; j++) out[j] = sums[order[j]];
    sums.fill(0);
  }
}

function denseProducts(a: Float64Array, aStart: number, b: Float64Array, n: number, order: Int32Array, from: number, to: number, out: Float64Array): void {
  let j = from;
  for (; j + 3 < to; j += 4) {
    let p0 = order[j] * n;
    let p1 = order[j + 1] * n;
    let p2 = order[j + 2] * n;
    let p3 = order[j + 3] * n;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let p = aStart, end = aStart + n; p < end; p++) {
      const x = a[p];
      s0 += x * b[p0++];
      s1 += x * b[p1++];
      s2 += x * b[p2++];
      s3 += x * b[p3++];
    }
    out[j] = s0;
    out[j + 1] = s1;
    out[j + 2] = s2;
    out[j + 3] = s3;
  }
  for (; j < to; j++) {
    let q = order[j] * n;
    let sum = 0;
    for (let p = aStart, end = aStart + n; p < end; p++) sum += a[p] * b[q++];
    out[j] = sum;
  }
}
