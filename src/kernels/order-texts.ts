import type { Arena } from './arena.ts';
import { kernelsFor } from './kernel-memory.ts';
import type { PackedTexts } from './packed-texts.ts';
import * as twins from './twins/words.ts';

/**
 * The numbers of the texts in ascending order by code point; equal texts stand side by side, in no particular order.
 *
 * In WebAssembly where the texts lie in the arena, in plain TypeScript otherwise, with the same numbers.
 */
export function orderTexts(arena: Arena, { bytes, starts }: PackedTexts): Int32Array {
  const count = starts.length - 1;
  const order = arena.int32(count);
  for (let t = 0; t < count; t++) order[t] = t;
  const keys = arena.float64(2 * count);
  const rest = arena.int32(count + 2048);
  const kernels = kernelsFor(bytes, starts) && kernelsFor(order, keys, rest);
  if (!kernels) {
    twins.orderTerms(starts, bytes, order);
    return order;
  }
  kernels.orderTerms(
    count,
    starts.byteOffset,
    bytes.byteOffset,
    keys.byteOffset,
    order.byteOffset,
    keys.byteOffset + 8 * count,
    rest.byteOffset + 4 * 2048,
    rest.byteOffset,
  );
  return order;
}
