import { withArena } from '../kernels/arena.ts';
import { addSelfProduct, packColumns } from '../kernels/panels.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import { DenseMatrix } from './dense-matrix.ts';

/** Elements of a sum that are packed at a time: two panels of them fit the first-level cache. */
export const DEPTH = 256;
/** Rows that are packed at a time: with 200 columns they fit the second-level cache. */
const ROWS = 1024;
/** Most columns: their panels of one depth fit the second-level cache. */
export const WIDEST = 512;

interface Look {
  /** Taken from each column first. */
  shift?: Float64Array;
  /** From the arena: a copy of the matrix is left there. */
  held?: Float64Array;
  /** From the arena, 4·⌈cols / 4⌉ elements: sums of the shifted columns are added. */
  sums?: Float64Array;
}

/**
 * AᵀA on and below the diagonal, for up to WIDEST columns: the next rows are brought where the kernels reach them while
 * other threads multiply those before. With `shift`, (A − 1·shiftᵀ)ᵀ(A − 1·shiftᵀ).
 */
export function narrowSelfProduct(rows: number, cols: number, data: Float64Array, { shift, held, sums }: Look): DenseMatrix {
  const G = new DenseMatrix(cols, cols);
  const panels = Math.ceil(cols / 4);
  withArena((arena) => {
    const team = sharedTeam((rows * cols * cols) / 2);
    const size = Math.min(rows, ROWS) * panels * 4;
    const spaces = [arena.float64(size), arena.float64(size)];
    const out = arena.float64((panels * 4) ** 2);
    const shifts = shift && arena.copyFloat64(shift);
    const pack = (from: number): Float64Array => {
      const to = Math.min(rows, from + ROWS);
      const lanes = spaces[(from / ROWS) % 2].subarray(0, (to - from) * panels * 4);
      withArena((inner) => {
        const source = data.subarray(from * cols, to * cols);
        const part = held ? held.subarray(from * cols, to * cols) : inner.heldFloat64(source);
        if (held) part.set(source);
        packColumns(to - from, cols, DEPTH, part, shifts, lanes, sums);
      });
      return lanes;
    };
    let lanes = pack(0);
    for (let from = 0; from < rows; from += ROWS) {
      let next = lanes;
      addSelfProduct(Math.min(rows - from, ROWS), panels, DEPTH, lanes, out, team, () => {
        if (from + ROWS < rows) next = pack(from + ROWS);
      });
      lanes = next;
    }
    for (let i = 0; i < cols; i++) G.data.set(out.subarray(i * panels * 4, i * panels * 4 + cols), i * cols);
  });
  return G;
}
