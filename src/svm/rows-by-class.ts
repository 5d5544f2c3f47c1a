import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';

/** Rows class by class. */
export interface GroupedRows {
  /** Rows whose weight is above 0, those of the first class first; in their own order within a class. */
  rows: Int32Array;
  /** Where each class's rows start in `rows`, and the end. */
  starts: Int32Array;
}

/** @throws DataError when all rows of a class weigh 0 */
export function rowsByClass(owner: string, classes: readonly Label[], codes: Int32Array, sampleWeight: Float64Array | undefined): GroupedRows {
  const starts = new Int32Array(classes.length + 1);
  const counts = (i: number): boolean => !sampleWeight || sampleWeight[i] > 0;
  for (let i = 0; i < codes.length; i++) if (counts(i)) starts[codes[i] + 1]++;
  const lost = classes.filter((_, k) => starts[k + 1] === 0);
  if (lost.length > 0) {
    throw new DataError(`${owner}: every class must have a row whose weight is above 0, got none of ${lost.map(show).join(', ')}. Leave the class out.`);
  }
  for (let k = 0; k < classes.length; k++) starts[k + 1] += starts[k];
  const next = starts.slice();
  const rows = new Int32Array(starts[classes.length]);
  for (let i = 0; i < codes.length; i++) if (counts(i)) rows[next[codes[i]]++] = i;
  return { rows, starts };
}
