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
  const keys = arena.float64(count);
  const kernels = kernelsFor(bytes, starts) && kernelsFor(order, keys);
  if (kernels) kernels.orderTerms(count, starts.byteOffset, bytes.byteOffset, keys.byteOffset, order.byteOffset);
  else twins.orderTerms(starts, bytes, order);
  return order;
}
