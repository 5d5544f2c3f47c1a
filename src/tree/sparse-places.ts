import type { Arena } from '../kernels/arena.ts';

/** Where each row lies in `samples`; −1 for rows that do not. */
export function placesOf(arena: Arena, samples: Int32Array, rows: number): Int32Array {
  const places = arena.int32(rows).fill(-1);
  for (let p = 0; p < samples.length; p++) places[samples[p]] = p;
  return places;
}
