import { DataError } from '../core/errors.ts';
import { kernelsFor } from './kernel-memory.ts';
import { allBelow } from './twins/grams.ts';

/** Kernels look up memory by token numbers. */
export function checkTokens(owner: string, ids: Int32Array, tokens: number): void {
  const kernels = kernelsFor(ids);
  if (kernels ? kernels.allBelow(ids.byteOffset, ids.length, tokens) !== 0 : allBelow(ids, tokens)) return;
  const p = ids.findIndex((id) => !(id >= 0 && id < tokens));
  throw new DataError(`${owner}: token numbers must be from 0 to ${tokens - 1}, got ${ids[p]} at position ${p}.`);
}
