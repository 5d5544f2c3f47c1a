import { withArena } from '../kernels/arena.ts';
import { addSelfProducts, addUpProducts } from '../kernels/panels.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import { cut } from '../kernels/thread-jobs.ts';
import { axpy, copy } from '../kernels/vector-operations.ts';
import { DenseMatrix } from './dense-matrix.ts';

/** Elements of a sum that are packed at a time: what is packed, and the rows it comes from, stay in the second-level cache. */
const DEPTH = 128;
/** Most columns: their panels of one depth fit the second-level cache. */
export const WIDEST = 512;
/** Most numbers that are looked at in one go: 32 MB. */
const MOST_ELEMENTS = 4_194_304;
/** Most parts that rows are cut into. */
const MOST_PARTS = 16;
/** Rows of a part, for each column: adding up the parts stays a small share of the work. */
const ROWS_PER_COLUMN = 2;

interface Look {
  /** Taken from each column first. */
  shift?: Float64Array;
  /** From the arena: a copy of the matrix is left there. */
  held?: Float64Array;
  /** From the arena, 4·⌈cols / 4⌉ elements: sums of the shifted columns are added. */
  sums?: Float64Array;
}

/**
 * AᵀA on and below the diagonal, for up to WIDEST columns. With `shift`, (A − 1·shiftᵀ)ᵀ(A − 1·shiftᵀ).
 *
 * Rows are cut into parts, each with a sum of its own, so that a thread works on what lies in its own caches. This thread
 * brings part after part, from the last one back, where the kernels reach it, while others work on those that are there.
 */
export function narrowSelfProduct(rows: number, cols: number, data: Float64Array, { shift, held, sums }: Look): DenseMatrix {
  const G = new DenseMatrix(cols, cols);
  if (rows === 0 || cols === 0) return G;
  const width = 4 * Math.ceil(cols / 4);
  const height = Math.min(rows, Math.floor(MOST_ELEMENTS / cols));
  const count = Math.max(1, Math.min(MOST_PARTS, Math.floor(height / (ROWS_PER_COLUMN * cols))));
  withArena((arena) => {
    const team = sharedTeam((rows * cols * cols) / 2);
    // Parts are packed in steps of about the same depth.
    const longest = Math.ceil(height / count);
    const depth = Math.ceil(longest / Math.ceil(longest / DEPTH));
    const each = {
      count,
      sums: arena.unsetFloat64(count * width),
      products: arena.unsetFloat64(count * width * width),
      depth,
      packed: arena.unsetFloat64((team?.threads ?? 1) * depth * width),
    };
    const shifts = shift && arena.copyFloat64(shift);
    const room = held ?? arena.unsetFloat64(height * cols);
    for (let from = 0; from < rows; from += height) {
      const n = Math.min(height, rows - from);
      const source = data.subarray(from * cols, (from + n) * cols);
      const there = held ? held.subarray(from * cols, (from + n) * cols) : room.subarray(0, n * cols);
      addSelfProducts(n, cols, there, shifts, { ...each, isFirst: from === 0 }, team, (isReady) => {
        for (let part = count - 1; part >= 0; part--) {
          const [first, end] = [cut(0, n, part, count) * cols, cut(0, n, part + 1, count) * cols];
          copy(source.subarray(first, end), there.subarray(first, end));
          isReady(count - part);
        }
      });
    }
    addUpProducts(width, count, each.products);
    for (let part = 0; sums && part < count; part++) axpy(1, each.sums.subarray(part * width, (part + 1) * width), sums);
    for (let i = 0; i < cols; i++) G.data.set(each.products.subarray(i * width, i * width + cols), i * cols);
  });
  return G;
}
