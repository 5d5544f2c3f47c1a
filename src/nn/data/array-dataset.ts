import { DataError, ShapeError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { DenseMatrix } from '../../matrix/dense-matrix.ts';
import { asMatrix, isMatrix, type Matrix } from '../../matrix/matrix.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import { sizeOf } from '../shape.ts';
import type { Dataset, Sample } from './dataset.ts';
import { isNdArray, type NdArray } from './nd-array.ts';

/** One array of a data set, a row a sample: a Matrix (sparse ones become dense by the batch), an array with a shape, rows of numbers, or one number a sample. */
export type SampleArray = Matrix | NdArray | ArrayLike<number> | readonly ArrayLike<number>[];

interface Source {
  rows: number;
  /** All numbers of an array; undefined where they are not plain numbers in one place. */
  data: Float32Array | Float64Array | Int32Array | undefined;
  /** Numbers per sample. */
  size: number;
  integers: boolean;
  /** Whether only what differs from zero is copied. */
  isSparse?: boolean;
  /** Writes row i at a place of the batch. */
  copy: (row: number, into: Float32Array | Int32Array, at: number) => void;
}

/**
 * Arrays that are in memory, a sample a row.
 *
 * Counterpart: torch.utils.data.TensorDataset.
 *
 * @throws ShapeError for arrays of different numbers of rows
 * @example
 * const data = new ArrayDataset({ x: X, target: y }); // X: DenseMatrix, CsrMatrix, rows or { shape: [n, 1, 28, 28], data }
 */
export class ArrayDataset implements Dataset {
  readonly length: number;
  readonly #sources: ReadonlyMap<string, Source>;

  constructor(arrays: Readonly<Record<string, SampleArray>>) {
    this.#sources = new Map(Object.entries(arrays).map(([name, array]) => [name, sourceOf(name, array)]));
    const [first] = this.#sources;
    if (first === undefined) throw new DataError('ArrayDataset: arrays must hold at least one, got none.');
    this.length = first[1].rows;
    for (const [name, { rows }] of this.#sources) {
      if (rows !== this.length) throw new ShapeError(`ArrayDataset: ${first[0]} has ${this.length} rows, but ${name} has ${rows}. Give one row per sample.`);
    }
  }

  at(index: number): Sample {
    return this.batch(Int32Array.of(index));
  }

  isFinite(name: string): boolean {
    return staysFinite(this.#sources.get(name)?.data);
  }

  batch(indices: Int32Array, spare: Batch = {}, shared = false): Batch {
    const batch: Record<string, Float32Array | Int32Array> = {};
    for (const [name, { size, integers, isSparse, copy }] of this.#sources) {
      const length = indices.length * size;
      const used = spare[name];
      const values = used?.length === length && used instanceof Int32Array === integers ? used : numbersIn(memoryOf(4 * length, shared), integers);
      if (isSparse) values.fill(0);
      for (let i = 0; i < indices.length; i++) copy(indices[i], values, i * size);
      batch[name] = values;
    }
    return batch;
  }
}

function sourceOf(name: string, array: SampleArray): Source {
  if (isMatrix(array)) return matrixSource(array);
  if (isNdArray(array)) {
    const [rows, ...rest] = array.shape;
    const size = sizeOf(rest);
    if (rows * size !== array.data.length) throw new ShapeError(`ArrayDataset: ${name} of shape ${array.shape.join(' × ')} needs ${rows * size} values, got ${array.data.length}.`);
    return flatSource(rows, size, array.data);
  }
  if (ArrayBuffer.isView(array) || (Array.isArray(array) && array.every((value) => typeof value === 'number' || typeof value === 'boolean'))) {
    return flatSource((array as ArrayLike<number>).length, 1, array as ArrayLike<number>);
  }
  if (Array.isArray(array)) return matrixSource(asMatrix(`ArrayDataset: ${name}`, array as ArrayLike<number>[], { allowNaN: true }));
  throw new DataError(`ArrayDataset: ${name} must be a Matrix, an array with a shape, or numbers, got ${show(array)}.`);
}

const memoryOf = (bytes: number, shared: boolean): ArrayBufferLike => (shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));

const numbersIn = (memory: ArrayBufferLike, integers: boolean): Float32Array | Int32Array => (integers ? new Int32Array(memory) : new Float32Array(memory));

/** Whether numbers are finite in single precision. */
function staysFinite(data: Source['data']): boolean {
  if (data === undefined || data instanceof Int32Array) return data !== undefined;
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]) <= LARGEST)) return false;
  return true;
}

/** The largest number of single precision, (2 − 2⁻²³)·2¹²⁷. */
const LARGEST = 3.4028234663852886e38;

function flatSource(rows: number, size: number, data: ArrayLike<number>): Source {
  const integers = data instanceof Int32Array;
  const isTyped = ArrayBuffer.isView(data);
  return {
    rows,
    size,
    integers,
    data: data instanceof Float32Array || data instanceof Float64Array || integers ? data : undefined,
    copy: (row, into, at) => {
      if (isTyped && size > 1) into.set((data as unknown as Float32Array).subarray(row * size, (row + 1) * size), at);
      else for (let j = 0; j < size; j++) into[at + j] = Number(data[row * size + j]);
    },
  };
}

function matrixSource(matrix: Matrix): Source {
  if (matrix instanceof DenseMatrix) return flatSource(matrix.rows, matrix.cols, matrix.data);
  const { rows, cols, indptr, indices, data } = matrix;
  return {
    rows,
    size: cols,
    integers: false,
    // What is not stored is zero.
    data,
    isSparse: true,
    copy: (row, into, at) => {
      for (let p = indptr[row]; p < indptr[row + 1]; p++) into[at + indices[p]] = data[p];
    },
  };
}
