import type { Bins } from '../kernels/histogram-arrays.ts';
import type { SplitColumns } from '../kernels/split-arrays.ts';

/** Bins of all rows, one byte each, by row and by column. */
export interface BinnedArrays extends Bins, SplitColumns {
  rows: number;
  /** Cells of a whole histogram. */
  cells: number;
}
