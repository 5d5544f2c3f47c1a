/** Cells of a column's grid; assembly/binning.ts has the twin of this number and of `cellOf`. */
export const GRID_CELLS = 1024;
/** Columns with fewer edges are looked through as fast without a grid; with more, a look beyond the last would leave the table. */
const FEWEST_EDGES = 128;
const MOST_EDGES = 254;
/** Edges of one cell that two looks tell apart. */
const MOST_IN_CELL = 3;
/** Adding it rounds a small number to a whole one. */
const ROUNDER = 2 ** 52;

/** Never falls as x rises, so that edges in cells before that of x lie below x. */
const cellOf = (x: number, lowest: number, scale: number): number => Math.min(Math.max((x - lowest) * scale, 0), GRID_CELLS - 1) + ROUNDER - ROUNDER;

/**
 * Lays cells of equal width over a column's edges and writes how many edges lie in the cells before each one, so that a value
 * is compared with the few edges of its cell alone.
 *
 * @param edges ascending @param grid room for a byte for each cell
 * @returns cells per unit; 0 where there is no such grid: for few edges, or many in one cell
 */
export function fillGrid(edges: ArrayLike<number>, grid: Uint8Array): number {
  const { length } = edges;
  if (length < FEWEST_EDGES || length > MOST_EDGES) return 0;
  const scale = (GRID_CELLS - 1) / (edges[length - 1] - edges[0]);
  if (!(scale > 0 && scale < Infinity)) return 0;
  let before = 0;
  for (let cell = 0; cell < GRID_CELLS; cell++) {
    grid[cell] = before;
    while (before < length && cellOf(edges[before], edges[0], scale) === cell) before++;
    if (before - grid[cell] > MOST_IN_CELL) return 0;
  }
  return scale;
}
