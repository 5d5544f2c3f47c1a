import { DataError, ShapeError } from './errors.ts';

/**
 * Checks weights and copies them to doubles; undefined stays undefined.
 * @throws ShapeError for a wrong length, DataError for a negative or non-finite weight or a zero sum.
 */
export function checkSampleWeight(owner: string, weights: ArrayLike<number> | undefined, rows: number): Float64Array | undefined {
  if (weights === undefined) return undefined;
  if (weights.length !== rows) {
    throw new ShapeError(`${owner}: sampleWeight must have one weight per row (${rows}), got ${weights.length}.`);
  }
  const checked = Float64Array.from(weights);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    if (!(checked[i] >= 0 && checked[i] < Infinity)) {
      throw new DataError(`${owner}: sampleWeight must be finite and not negative, row ${i} has ${checked[i]}.`);
    }
    sum += checked[i];
  }
  if (sum === 0) throw new DataError(`${owner}: sampleWeight must not be zero in every row.`);
  return checked;
}
