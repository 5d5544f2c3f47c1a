import type { CsrArrays } from '../matrix-arrays.ts';
import { ABSENT, type MergedColumns } from '../merged-columns.ts';

const LONE = -1;
const SHARED = ABSENT;
const CLASSES = 64;
const SMALL = 1e-280;
const LARGE = 1e280;

const classOf = (count: number): number => (count < 32 ? count : 58 - Math.clz32(count));

/** Twin of assembly/lone-columns.ts: the same operations in the same order, so the same bits. */
export function mergeLoneColumns({ rows, indptr, indices, data }: CsrArrays, { places, shares, largest }: MergedColumns): number {
  places.fill(0);
  const entries = indptr[rows];
  for (let p = 0; p < entries; p++) places[indices[p]]++;
  let kept = 0;
  const next = new Int32Array(CLASSES);
  for (let j = 0; j < places.length; j++) {
    const count = places[j];
    places[j] = count > 1 ? SHARED + classOf(count) : count === 1 ? LONE : ABSENT;
    if (count > 1) next[classOf(count)]++;
  }
  for (let c = CLASSES - 1; c > 1; c--) {
    const count = next[c];
    next[c] = kept;
    kept += count;
  }
  let merged = 0;
  let start = 0;
  let out = 0;
  for (let i = 0; i < rows; i++) {
    const end = indptr[i + 1];
    let most = 0;
    let squares = 0;
    for (let p = start; p < end; p++) {
      if (places[indices[p]] !== LONE) continue;
      most = Math.max(most, Math.abs(data[p]));
      squares += data[p] * data[p];
    }
    let length = Math.sqrt(squares);
    if (most > 0 && !(squares > SMALL && squares < LARGE)) {
      squares = 0;
      for (let p = start; p < end; p++) if (places[indices[p]] === LONE) squares += (data[p] / most) * (data[p] / most);
      length = most * Math.sqrt(squares);
    }
    for (let p = start; p < end; p++) {
      const column = indices[p];
      const value = data[p];
      if (places[column] > SHARED && places[column] < SHARED + CLASSES) places[column] = next[places[column] - SHARED]++;
      if (places[column] !== LONE) {
        indices[out] = places[column];
        data[out++] = value;
      } else if (most > 0) {
        places[column] = ~(kept + merged);
        shares[column] = value / length;
      } else {
        places[column] = ABSENT;
      }
    }
    if (most > 0) {
      largest[merged] = most / length;
      indices[out] = kept + merged++;
      data[out++] = length;
    }
    indptr[i + 1] = out;
    start = end;
  }
  return kept + merged;
}

export function spreadLoneColumns({ places, shares }: MergedColumns, w: Float64Array, out: Float64Array): void {
  for (let j = 0; j < places.length; j++) {
    const place = places[j];
    if (place >= 0) out[j] = w[place];
    else out[j] = place === ABSENT ? 0 : shares[j] * w[~place];
  }
}
