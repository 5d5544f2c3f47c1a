import { addScaled, dotProduct } from '../matrix/vector.ts';

/** Fewest changes of a square matrix until its inverse is worked out anew; a larger one has more, as many as it has rows. */
const REFRESH = 64;

/**
 * The inverse of a small square matrix B of which rows and columns come, go and change one at a time, as simplex methods do.
 * Counterpart: the factor of the basis in an LP solver, as a plain inverse.
 * Source: Golub and Van Loan, "Matrix Computations", 4th ed., §2.1.4.
 */
export class BasisInverse {
  /** Row c of the inverse: one number for each row of B. */
  #inverse: Float64Array[] = [];
  #changes = 0;

  get size(): number {
    return this.#inverse.length;
  }

  /** Whether so many changes were made that rounding may have gathered. */
  get isWorn(): boolean {
    return this.#changes >= Math.max(REFRESH, this.size);
  }

  /** Column q of the inverse: the x with B·x = e_q. */
  column(q: number): Float64Array {
    return Float64Array.from(this.#inverse, (row) => row[q]);
  }

  /** The x with B·x = b. */
  solve(b: Float64Array): Float64Array {
    return Float64Array.from(this.#inverse, (row) => dotProduct(row, 0, b, 0, row.length));
  }

  /** The x with x·B = b. */
  solveLeft(b: Float64Array): Float64Array {
    const x = new Float64Array(this.size);
    this.#inverse.forEach((row, c) => addScaled(b[c], row, 0, x, 0, x.length));
    return x;
  }

  replaceRow(q: number, row: Float64Array): void {
    const along = this.solveLeft(row);
    for (const own of this.#inverse) {
      const value = own[q] / along[q];
      addScaled(-value, along, 0, own, 0, own.length);
      own[q] = value;
    }
    this.#changes++;
  }

  replaceColumn(c: number, column: Float64Array): void {
    const along = this.solve(column);
    const pivot = this.#inverse[c].map((value) => value / along[c]);
    this.#inverse.forEach((own, a) => a !== c && addScaled(-along[a], pivot, 0, own, 0, own.length));
    this.#inverse[c] = pivot;
    this.#changes++;
  }

  /** Takes row q and column c of B out. */
  remove(q: number, c: number): void {
    const [gone] = this.#inverse.splice(c, 1);
    this.#inverse = this.#inverse.map((own) => {
      addScaled(-own[q] / gone[q], gone, 0, own, 0, own.length);
      return own.copyWithin(q, q + 1).slice(0, -1);
    });
    this.#changes++;
  }

  /** Adds a last row and a last column to B, which meet in `corner`. */
  add(row: Float64Array, column: Float64Array, corner: number): void {
    const right = this.solve(column);
    const left = this.solveLeft(row);
    const rest = corner - dotProduct(row, 0, right, 0, row.length);
    this.#inverse = this.#inverse.map((own, a) => {
      addScaled(right[a] / rest, left, 0, own, 0, own.length);
      return longer(own, -right[a] / rest);
    });
    this.#inverse.push(longer(left.map((value) => -value / rest), 1 / rest));
    this.#changes++;
  }

  /** Works the inverse of B out anew, by Gauss and Jordan in place, with the largest pivots. */
  refresh(B: readonly Float64Array[]): void {
    const rows = B.map((row) => row.slice());
    const swaps = rows.map((_, k) => reduce(rows, k));
    for (let k = swaps.length - 1; k >= 0; k--) {
      for (const row of rows) [row[k], row[swaps[k]]] = [row[swaps[k]], row[k]];
    }
    this.#inverse = rows;
    this.#changes = 0;
  }
}

function longer(values: Float64Array, last: number): Float64Array {
  const result = new Float64Array(values.length + 1);
  result.set(values);
  result[values.length] = last;
  return result;
}

/** One step of elimination, over all rows. @returns the row that took the place of row k */
function reduce(rows: Float64Array[], k: number): number {
  let best = k;
  for (let i = k + 1; i < rows.length; i++) if (Math.abs(rows[i][k]) > Math.abs(rows[best][k])) best = i;
  [rows[k], rows[best]] = [rows[best], rows[k]];
  const pivot = rows[k];
  const inverse = 1 / pivot[k];
  pivot[k] = 1;
  for (let j = 0; j < pivot.length; j++) pivot[j] *= inverse;
  for (const row of rows) {
    const factor = row[k];
    if (row === pivot || factor === 0) continue;
    row[k] = 0;
    addScaled(-factor, pivot, 0, row, 0, row.length);
  }
  return best;
}
