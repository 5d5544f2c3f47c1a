import { ShapeError } from '../core/errors.ts';
import { type Arena, withArena } from '../kernels/arena.ts';
import { multiplyPanels, multiplyRows } from '../kernels/panels.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import type { ThreadTeam } from '../kernels/thread-team.ts';
import { DenseMatrix } from './dense-matrix.ts';
import { narrowSelfProduct, WIDEST } from './narrow-self-product.ts';

/** A factor as it lies in memory: element (i, j) is data[i · rowStep + j · colStep]. */
interface Strided {
  rows: number;
  cols: number;
  data: Float64Array;
  rowStep: number;
  colStep: number;
}

const NONE = new Float64Array(4);
/** Elements of a sum that are packed at a time: five panels of them fit the first-level cache. */
const DEPTH = 256;
/** Panels of four rows or columns that are packed at a time: they fit the second-level cache. */
const PANELS = 128;
/** Numbers of a row that are copied one by one. */
const SHORT = 128;
/** Most numbers of a factor that are copied at a time: 16 MB. */
const MOST_ELEMENTS = 2_097_152;

/**
 * A·B, or A·B + 1·biasᵀ, blocked for the caches. Sums run in blocks of 256 elements; the last bits differ from a plain loop's.
 * Counterpart: A @ B in numpy.
 * Source: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34(3), 2008.
 */
export function multiply(A: DenseMatrix, B: DenseMatrix, bias?: Float64Array): DenseMatrix {
  return rowsTimes(A, asIs(B), bias);
}

/** Aᵀ·B. */
export function transposedMultiply(A: DenseMatrix, B: DenseMatrix): DenseMatrix {
  return product(turned(A), asIs(B));
}

/** A·Bᵀ. */
export function multiplyTransposed(A: DenseMatrix, B: DenseMatrix): DenseMatrix {
  return rowsTimes(A, turned(B));
}

/**
 * AᵀA, exactly symmetric: half the work of transposedMultiply(A, A). With `shift`, one number per column,
 * (A − 1·shiftᵀ)ᵀ(A − 1·shiftᵀ).
 */
export function selfProduct(A: DenseMatrix, shift?: Float64Array): DenseMatrix {
  const G = A.cols <= WIDEST ? narrowSelfProduct(A.rows, A.cols, A.data, { shift }) : product(turned(A), asIs(A), { shift });
  mirrorLower(G);
  return G;
}

/** Sets what is above the diagonal to what is below. */
function mirrorLower({ rows: n, data }: DenseMatrix): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j];
}

const asIs = ({ rows, cols, data }: DenseMatrix): Strided => ({ rows, cols, data, rowStep: cols, colStep: 1 });
const turned = ({ rows, cols, data }: DenseMatrix): Strided => ({ rows: cols, cols: rows, data, rowStep: 1, colStep: cols });

/** A·B + 1·biasᵀ for a row-major A, which is not packed. */
function rowsTimes(A: DenseMatrix, B: Strided, bias?: Float64Array): DenseMatrix {
  checkFit(A.cols, B.rows);
  const C = new DenseMatrix(A.rows, B.cols);
  if (C.data.length === 0) return C;
  if (A.cols === 0) {
    if (bias) for (let i = 0; i < C.rows; i++) C.data.set(bias, i * C.cols);
    return C;
  }
  const columns = PANELS * 4;
  const height = 4 * Math.ceil(MOST_ELEMENTS / Math.max(A.cols, Math.min(B.cols, columns)) / 4);
  withArena((arena) => {
    const team = sharedTeam(A.rows * A.cols * B.cols);
    for (let j = 0; j < B.cols; j += columns) {
      const right = Math.min(PANELS, Math.ceil((B.cols - j) / 4));
      const panels = arena.float64(A.cols * right * 4);
      for (let k = 0; k < A.cols; k += DEPTH) {
        const to = Math.min(A.cols, k + DEPTH);
        pack(B.data, B.colStep, B.rowStep, j, B.cols, k, to - k, panels.subarray(k * right * 4, to * right * 4), undefined);
      }
      for (let i = 0; i < A.rows; i += height) withArena((inner) => fillRows(A, panels, right, C, i, Math.min(A.rows, i + height), j, bias, inner, team));
    }
  });
  return C;
}

/** Rows i … end − 1 of C from column j on. */
function fillRows(A: DenseMatrix, panels: Float64Array, right: number, C: DenseMatrix, i: number, end: number, j: number, bias: Float64Array | undefined, arena: Arena, team: ThreadTeam | undefined): void {
  const { cols } = A;
  const rows = end - i;
  const a = arena.heldFloat64(A.data.subarray(i * cols, end * cols));
  const out = arena.unsetFloat64(rows * right * 4);
  const start = arena.float64(right * 4);
  if (bias) start.set(bias.subarray(j, j + right * 4));
  for (let k = 0; k < cols; k += DEPTH) {
    const to = Math.min(cols, k + DEPTH);
    multiplyRows(rows, cols, to - k, a.subarray(k, (rows - 1) * cols + to), right, panels.subarray(k * right * 4, to * right * 4), out, k === 0 ? start : undefined, team);
  }
  const width = Math.min(right * 4, C.cols - j);
  if (width === C.cols && width === right * 4) C.data.set(out, i * C.cols);
  else copyRows(rows, width, out, right * 4, C.data, i * C.cols + j, C.cols);
}

/** Rows of `width` numbers that begin `fromStep` apart, to where they begin `toStep` apart. */
function copyRows(rows: number, width: number, from: Float64Array, fromStep: number, to: Float64Array, start: number, toStep: number): void {
  for (let r = 0; r < rows; r++) {
    const p = r * fromStep;
    const q = start + r * toStep;
    // A view for each short row takes longer than its numbers do.
    if (width > SHORT) to.set(from.subarray(p, p + width), q);
    else for (let c = 0; c < width; c++) to[q + c] = from[p + c];
  }
}

function checkFit(left: number, right: number): void {
  if (left !== right) throw new ShapeError(`multiply: the left columns must be as many as the right rows, got ${left} and ${right}.`);
}

/**
 * With `self`, for A = Bᵀ, elements right of the diagonal's blocks are left out, and `shift` is taken from both.
 */
function product(A: Strided, B: Strided, self?: { shift: Float64Array | undefined }): DenseMatrix {
  checkFit(A.cols, B.rows);
  const C = new DenseMatrix(A.rows, B.cols);
  if (C.data.length === 0 || A.cols === 0) return C;
  withArena((arena) => {
    const team = sharedTeam((A.rows * A.cols * B.cols) / (self ? 2 : 1));
    const columns = Math.min(Math.ceil(B.cols / 4), PANELS);
    const rows = Math.min(Math.ceil(A.rows / 4), PANELS);
    const depth = Math.min(A.cols, DEPTH);
    const space = { a: arena.float64(rows * depth * 4), b: arena.float64(columns * depth * 4), out: arena.float64(rows * columns * 16) };
    for (let j = 0; j < B.cols; j += columns * 4) {
      for (let i = self ? j : 0; i < A.rows; i += rows * 4) fillBlock(A, B, C, i, j, space, rows, columns, self, team);
    }
  });
  return C;
}

type Space = Record<'a' | 'b' | 'out', ReturnType<Arena['float64']>>;

/** The block of C that starts at (i, j). */
function fillBlock(A: Strided, B: Strided, C: DenseMatrix, i: number, j: number, space: Space, mostRows: number, mostColumns: number, self: { shift: Float64Array | undefined } | undefined, team: ThreadTeam | undefined): void {
  const left = Math.min(mostRows, Math.ceil((A.rows - i) / 4));
  const right = Math.min(mostColumns, Math.ceil((B.cols - j) / 4));
  const out = space.out.subarray(0, left * right * 16).fill(0);
  for (let k = 0; k < A.cols; k += DEPTH) {
    const depth = Math.min(DEPTH, A.cols - k);
    const a = space.a.subarray(0, left * depth * 4);
    const b = space.b.subarray(0, right * depth * 4);
    pack(A.data, A.rowStep, A.colStep, i, A.rows, k, depth, a, self?.shift);
    // On the diagonal both factors are the same columns.
    const isSame = self !== undefined && i === j;
    if (!isSame) pack(B.data, B.colStep, B.rowStep, j, B.cols, k, depth, b, self?.shift);
    multiplyPanels(left, right, depth, a, isSame ? a : b, out, self ? (i - j) / 4 : null, team);
  }
  const width = Math.min(right * 4, B.cols - j);
  copyRows(Math.min(left * 4, A.rows - i), width, out, right * 4, C.data, i * C.cols + j, C.cols);
}

/** Panels of lanes from `first` on, less what each lane is shifted by; lanes beyond `lanes` are zero. */
function pack(
  data: Float64Array,
  laneStep: number,
  step: number,
  first: number,
  lanes: number,
  k: number,
  depth: number,
  target: Float64Array,
  shift: Float64Array | undefined,
): void {
  for (let lane = first, at = 0; at < target.length; lane += 4, at += depth * 4) {
    let p = lane * laneStep + k * step;
    const end = at + depth * 4;
    if (lane + 3 < lanes) {
      const q = p + laneStep;
      const r = q + laneStep;
      const s = r + laneStep;
      const [a, b, c, d] = shift ? shift.subarray(lane, lane + 4) : NONE;
      for (let to = at, more = 0; to < end; to += 4, more += step) {
        target[to] = data[p + more] - a;
        target[to + 1] = data[q + more] - b;
        target[to + 2] = data[r + more] - c;
        target[to + 3] = data[s + more] - d;
      }
    } else {
      for (let to = at; to < end; to += 4, p += step) {
        for (let c = 0; c < 4; c++) target[to + c] = lane + c < lanes ? data[p + c * laneStep] - (shift ? shift[lane + c] : 0) : 0;
      }
    }
  }
}
