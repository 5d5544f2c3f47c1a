/**
 * The entries of a sparse matrix once more, where its rows are alike: numbers in columns that every row has, one beside
 * the other, and ones in other columns. Less than half as much to read as columns and values of all entries.
 */
export interface OneHotRows {
  /** Numbers and ones of every row. */
  readonly numbers: number;
  readonly ones: number;
  /** How many of a row's ones come before its numbers. */
  readonly before: number;
  /** Columns of the numbers. */
  readonly columns: Int32Array;
  /** Numbers, row by row. */
  readonly values: Float64Array;
  /** Columns of the ones, row by row. */
  readonly places: Uint16Array;
}

/** The arrays of a sparse matrix, as CsrMatrix has them: columns ascending within a row, none twice. */
export interface CsrArrays {
  readonly kind: 'csr';
  readonly rows: number;
  readonly cols: number;
  /** rows + 1 offsets. */
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float64Array;
  /** The same entries in the form of one-hot rows, for kernels that work on those. */
  readonly oneHot?: OneHotRows;
}

/** The values of a dense row-major matrix, as DenseMatrix has them. */
export interface DenseArrays {
  readonly kind: 'dense';
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export type MatrixArrays = CsrArrays | DenseArrays;
