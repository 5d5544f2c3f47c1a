import type { Arena } from '../kernels/arena.ts';
import { mergeLoneColumns, spreadLoneColumns } from '../kernels/lone-columns.ts';
import type { CsrArrays } from '../kernels/matrix-arrays.ts';
import type { MergedColumns } from '../kernels/merged-columns.ts';

/**
 * A sparse matrix in fewer columns, for a model with an L2 penalty that is fitted from zero.
 *
 * Most words of a text stand in one document only. Columns whose only entry is in row i move together: started from zero,
 * their coefficients stay in proportion to their entries, whatever the loss. One column with the entry √Σx² stands for
 * them. As a rotation of the coefficients this changes neither penalty nor scores nor the path of a minimiser that looks
 * at products of vectors only; for the one that looks at max |gradient|, `sizes` turn it back.
 */
export class FewerColumns {
  readonly X: CsrArrays;
  /** One per column of X: the largest share that a column it stands for has of it; 1 for one that stands for itself. */
  readonly sizes: Float64Array;
  /** How many columns stand for themselves; they come first. */
  readonly own: number;

  readonly #columns: MergedColumns;
  readonly #spread: Float64Array;

  /** @param X in the arena; it is changed */
  constructor(X: CsrArrays, arena: Arena) {
    const places = arena.int32(X.cols);
    const largest = arena.float64(X.rows);
    this.#columns = { places, shares: arena.float64(X.cols), largest };
    this.X = mergeLoneColumns(arena, X, this.#columns);
    let last = -1;
    for (let j = 0; j < places.length; j++) if (places[j] > last) last = places[j];
    this.own = last + 1;
    this.#spread = arena.unsetFloat64(places.length);
    this.sizes = arena.float64(this.X.cols).fill(1);
    this.sizes.set(largest.subarray(0, this.X.cols - this.own), this.own);
  }

  /** Coefficients w of X by the columns as they were. */
  coefficients(w: Float64Array): Float64Array {
    spreadLoneColumns(this.#columns, w, this.#spread);
    return this.#spread.slice();
  }
}
