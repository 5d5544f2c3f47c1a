import { checkCsr } from './check-csr.ts';
import { allocate, kernelsFor, withMemory } from './kernel-memory.ts';
import type { CsrArrays, DenseArrays, MatrixArrays } from './matrix-arrays.ts';
import { type PackedTexts, SLACK } from './packed-texts.ts';

/**
 * Runs `work` with an arena, then takes back everything the arena handed out, also after an error.
 * Arenas nest. `work` must be done when it returns: it cannot be asynchronous.
 *
 * The arrays lie in the memory of this thread's WebAssembly instance. Where the kernels were not built, they
 * are ordinary arrays, and the plain-TypeScript twins give the same bits more slowly. `work` that exceeds 4 GiB is run
 * again that way, so it must not leave traces.
 *
 * @example
 * const best = withArena((arena) => {
 *   const x = arena.copyFloat64(start);          // copied in once
 *   for (let i = 0; i < 100; i++) improve(x);    // kernels run on x where it lies
 *   return x.slice();                            // copied out
 * });
 */
export function withArena<Result>(work: (arena: Arena) => Result): Result {
  return withMemory(() => work(new Arena()));
}

/**
 * Hands out typed arrays where the kernels can reach them. They hold zeros, as new arrays do, and are good
 * until `withArena` returns: what is to last must be copied out.
 */
export class Arena {
  float64(length: number): Float64Array {
    const { buffer, offset } = allocate(length * 8, 0);
    return new Float64Array(buffer, offset, length);
  }

  float32(length: number): Float32Array {
    const { buffer, offset } = allocate(length * 4, 0);
    return new Float32Array(buffer, offset, length);
  }

  int32(length: number): Int32Array {
    const { buffer, offset } = allocate(length * 4, 0);
    return new Int32Array(buffer, offset, length);
  }

  uint16(length: number): Uint16Array {
    const { buffer, offset } = allocate(length * 2, 0);
    return new Uint16Array(buffer, offset, length);
  }

  uint8(length: number): Uint8Array {
    const { buffer, offset } = allocate(length, 0);
    return new Uint8Array(buffer, offset, length);
  }

  /** A copy with room for at least `length` elements, and for twice as many as before. */
  longerInt32(values: Int32Array, length: number): Int32Array {
    const room = Math.max(length, values.length * 2);
    const { buffer, offset } = allocate(room * 4, values.length * 4);
    const longer = new Int32Array(buffer, offset, room);
    longer.set(values);
    return longer;
  }

  /** A copy with room for at least `length` elements, and for twice as many as before. */
  longerUint8(values: Uint8Array, length: number): Uint8Array {
    const room = Math.max(length, values.length * 2);
    const { buffer, offset } = allocate(room, values.length);
    const longer = new Uint8Array(buffer, offset, room);
    longer.set(values);
    return longer;
  }

  /** Room for numbers that are written before they are read: it holds whatever was there. */
  unsetFloat64(length: number): Float64Array {
    const { buffer, offset } = allocate(length * 8);
    return new Float64Array(buffer, offset, length);
  }

  /** The same for singles. */
  unsetFloat32(length: number): Float32Array {
    const { buffer, offset } = allocate(length * 4);
    return new Float32Array(buffer, offset, length);
  }

  /** The same for bytes. */
  unsetUint8(length: number): Uint8Array {
    const { buffer, offset } = allocate(length);
    return new Uint8Array(buffer, offset, length);
  }

  /** As unsetFloat64. */
  unsetInt32(length: number): Int32Array {
    const { buffer, offset } = allocate(length * 4);
    return new Int32Array(buffer, offset, length);
  }

  copyFloat64(values: ArrayLike<number>): Float64Array {
    const copy = this.unsetFloat64(values.length);
    copy.set(values);
    return copy;
  }

  copyFloat32(values: ArrayLike<number>): Float32Array {
    const { buffer, offset } = allocate(values.length * 4);
    const copy = new Float32Array(buffer, offset, values.length);
    copy.set(values);
    return copy;
  }

  copyInt32(values: ArrayLike<number>): Int32Array {
    const copy = this.unsetInt32(values.length);
    copy.set(values);
    return copy;
  }

  /** The values where kernels reach them: themselves if they lie there, else a copy. Not to be changed. */
  heldFloat64(values: Float64Array): Float64Array {
    return kernelsFor(values) ? values : this.copyFloat64(values);
  }

  /** The values where kernels reach them: themselves if they lie there, else a copy. Not to be changed. */
  heldInt32(values: Int32Array): Int32Array {
    return kernelsFor(values) ? values : this.copyInt32(values);
  }

  /** The texts where kernels reach them: themselves if they lie there, else a copy. Not to be changed. */
  heldTexts({ bytes, starts }: PackedTexts): PackedTexts {
    if (kernelsFor(bytes, starts)) return { bytes, starts };
    const used = starts[starts.length - 1];
    const copy = this.uint8(used + SLACK);
    copy.set(bytes.subarray(0, used));
    return { bytes: copy, starts: this.copyInt32(starts) };
  }

  copyUint16(values: ArrayLike<number>): Uint16Array {
    const { buffer, offset } = allocate(values.length * 2);
    const copy = new Uint16Array(buffer, offset, values.length);
    copy.set(values);
    return copy;
  }

  copyUint8(values: ArrayLike<number>): Uint8Array {
    const { buffer, offset } = allocate(values.length);
    const copy = new Uint8Array(buffer, offset, values.length);
    copy.set(values);
    return copy;
  }

  /** @throws DataError unless offsets ascend and columns lie in the matrix, since kernels follow them blindly. */
  copyCsr(X: CsrArrays): CsrArrays {
    const { rows, cols } = X;
    const indptr = this.copyInt32(X.indptr);
    const indices = this.copyInt32(X.indices);
    const data = this.copyFloat64(X.data);
    const copy: CsrArrays = { kind: 'csr', rows, cols, indptr, indices, data };
    checkCsr(copy);
    return copy;
  }

  /**
   * A sparse matrix to change: itself where its arrays lie where kernels reach them, since such a matrix is lent to be used up
   * (see core/at-once.ts), else a copy.
   */
  ownCsr(X: CsrArrays): CsrArrays {
    return kernelsFor(X.indptr, X.indices, X.data) ? X : this.copyCsr(X);
  }

  copyDense(X: DenseArrays): DenseArrays {
    return { kind: 'dense', rows: X.rows, cols: X.cols, data: this.copyFloat64(X.data) };
  }

  /** A dense or sparse matrix, copied. */
  copyMatrix(X: MatrixArrays): MatrixArrays {
    return X.kind === 'csr' ? this.copyCsr(X) : this.copyDense(X);
  }
}
