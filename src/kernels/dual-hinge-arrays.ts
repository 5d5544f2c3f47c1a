import type { DualHingeRows } from './dual-hinge-rows.ts';

/** What a pass of coordinate descent works on; lists have one element per row unless said otherwise. */
export interface DualHingeArrays {
  /** Rows in the order of visiting, the active ones in front. */
  order: Int32Array;
  /** The rows, and the weights Σ α·sign·x, one per column and one for a last column that holds `bias` in every row; changed. */
  X: DualHingeRows;
  /** +1 or −1. */
  signs: Float64Array;
  /** Upper bound of α. */
  bounds: Float64Array;
  /** Added to the diagonal of the dual's matrix. */
  diagonal: Float64Array;
  /** ‖x‖² + bias² + diagonal. */
  curvature: Float64Array;
  /** Dual variables; changed. */
  alpha: Float64Array;
  /** 0 where there is no such column. */
  bias: number;
  /**
   * Four numbers: the largest and smallest projected gradient beyond which a row at a bound is left out, and, after
   * the pass, the largest and smallest that were met.
   */
  range: Float64Array;
}
