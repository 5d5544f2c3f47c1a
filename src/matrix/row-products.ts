import type { Arena } from '../kernels/arena.ts';
import type { CsrArrays, DenseArrays, MatrixArrays } from '../kernels/matrix-arrays.ts';
import { pairwiseRowProducts } from '../kernels/kernel-row.ts';
import { addSparseRows } from '../kernels/sparse-rows.ts';
import type { Matrix } from './matrix.ts';

/** Products of single rows with all rows of a matrix B, which can be put in another order. Lies in an arena. */
export interface RowProducts {
  /** ‖B[j]‖² by position. */
  readonly squares: Float64Array;
  /** out[j] = A[i]·B[j] for positions j in [from, to); A is in the arena, of B's kind, with as many columns. */
  ofRow(A: MatrixArrays, i: number, from: number, to: number, out: Float64Array): void;
  /** The same for B's own row at position i. */
  own(i: number, from: number, to: number, out: Float64Array): void;
  swap(i: number, j: number): void;
}

export function rowProducts(arena: Arena, B: Matrix): RowProducts {
  return B.kind === 'csr' ? new SparseProducts(arena, arena.copyCsr(B), arena.copyCsr(B.transpose())) : new DenseProducts(arena, arena.copyDense(B));
}

/** ‖X[i]‖², summed in the order in which products are, so that two equal rows are exactly 0 apart. */
export function squareOf(X: MatrixArrays, i: number): number {
  if (X.kind === 'dense') {
    const row = X.data.subarray(i * X.cols, (i + 1) * X.cols);
    const square = new Float64Array(1);
    pairwiseRowProducts(row, row, square);
    return square[0];
  }
  let sum = 0;
  for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) sum += X.data[p] * X.data[p];
  return sum;
}

function squaresOf(arena: Arena, X: MatrixArrays): Float64Array {
  const squares = arena.float64(X.rows);
  for (let i = 0; i < X.rows; i++) squares[i] = squareOf(X, i);
  return squares;
}

/** Rows are moved themselves, so that those in front lie together. */
class DenseProducts implements RowProducts {
  readonly squares: Float64Array;
  readonly #B: DenseArrays;

  constructor(arena: Arena, B: DenseArrays) {
    this.squares = squaresOf(arena, B);
    this.#B = B;
  }

  ofRow(A: MatrixArrays, i: number, from: number, to: number, out: Float64Array): void {
    const { cols, data } = this.#B;
    pairwiseRowProducts(data.subarray(from * cols, to * cols), A.data.subarray(i * cols, (i + 1) * cols), out.subarray(from, to));
  }

  own(i: number, from: number, to: number, out: Float64Array): void {
    this.ofRow(this.#B, i, from, to, out);
  }

  swap(i: number, j: number): void {
    const { cols, data } = this.#B;
    swapElements(this.squares, i, j);
    for (let c = 0; c < cols; c++) swapElements(data, i * cols + c, j * cols + c);
  }
}

/** By way of B's transpose: only columns that the row has are touched. */
class SparseProducts implements RowProducts {
  readonly squares: Float64Array;
  readonly #B: CsrArrays;
  readonly #transposed: CsrArrays;
  readonly #sums: Float64Array;
  /** Row of B at each position. */
  readonly #order: Int32Array;

  constructor(arena: Arena, B: CsrArrays, transposed: CsrArrays) {
    this.squares = squaresOf(arena, B);
    this.#B = B;
    this.#transposed = transposed;
    this.#sums = arena.float64(B.rows);
    this.#order = Int32Array.from({ length: B.rows }, (_, i) => i);
  }

  ofRow(A: MatrixArrays, i: number, from: number, to: number, out: Float64Array): void {
    const { indptr, indices, data } = A as CsrArrays;
    const sums = this.#sums;
    const order = this.#order;
    sums.fill(0);
    addSparseRows(indices.subarray(indptr[i], indptr[i + 1]), data.subarray(indptr[i], indptr[i + 1]), this.#transposed, sums);
    for (let j = from; j < to; j++) out[j] = sums[order[j]];
  }

  own(i: number, from: number, to: number, out: Float64Array): void {
    this.ofRow(this.#B, this.#order[i], from, to, out);
  }

  swap(i: number, j: number): void {
    swapElements(this.squares, i, j);
    swapElements(this.#order, i, j);
  }
}

export function swapElements(list: { [index: number]: number }, i: number, j: number): void {
  const moved = list[i];
  list[i] = list[j];
  list[j] = moved;
}
