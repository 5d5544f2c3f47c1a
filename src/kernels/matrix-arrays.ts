/** The arrays of a sparse matrix, as CsrMatrix has them: columns ascending within a row, none twice. */
export interface CsrArrays {
  readonly kind: 'csr';
  readonly rows: number;
  readonly cols: number;
  /** rows + 1 offsets. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float64Array;
}

/** The values of a dense row-major matrix, as DenseMatrix has them. */
export interface DenseArrays {
  readonly kind: 'dense';
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export type MatrixArrays = CsrArrays | DenseArrays;
