import type { Arena } from './arena.ts';
import { checkTokens } from './check-tokens.ts';
import type { TokenLists } from './gram-counts.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import { MOST_BLOCKS } from './thread-jobs.ts';
import type { ThreadTeam } from './thread-team.ts';
import * as twins from './twins/grams.ts';

/**
 * How often each document has each column, in compressed sparse rows with ascending columns: what sequences of one token come
 * to. Shared out among the threads of a team, with the same result.
 *
 * In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same numbers.
 * @param columns token → column from 0 to cols − 1; negative for a token that is passed over
 */
export function countTokens(arena: Arena, documents: TokenLists, columns: Int32Array, cols: number, team?: ThreadTeam): twins.GramEntries {
  const offsets = arena.heldInt32(documents.offsets);
  const ids = arena.heldInt32(documents.ids);
  checkTokens('countTokens', ids, columns.length);
  const entries = { items: arena.unsetInt32(ids.length), counts: arena.unsetInt32(ids.length), indptr: arena.int32(offsets.length) };
  const kernels = kernelsFor(offsets, ids, columns) && kernelsFor(entries.items, entries.counts, entries.indptr);
  if (kernels) {
    countInParts(arena, kernels, { offsets, ids }, columns, cols, entries, team);
  } else {
    twins.countTokens(offsets, ids, columns, entries);
  }
  return entries;
}

function countInParts(arena: Arena, kernels: KernelExports, { offsets, ids }: TokenLists, columns: Int32Array, cols: number, { items, counts, indptr }: twins.GramEntries, team: ThreadTeam | undefined): void {
  const threads = team?.threads ?? 1;
  const parts = team ? Math.min(MOST_BLOCKS, 2 * threads) : 1;
  // Per thread: a sum a column, a bit a column, and a bit for every 64 of those.
  const bits = 8 * Math.ceil(cols / 2);
  const blocks = bits + 8 * ((cols >> 6) + 1);
  const stride = blocks + 8 * ((cols >> 12) + 1);
  const scratch = arena.uint8(stride * threads).byteOffset;
  const cuts = arena.copyInt32(cutsOf(offsets, parts));
  const read = [cols, offsets.byteOffset, ids.byteOffset, columns.byteOffset] as const;
  const written = [items.byteOffset, counts.byteOffset, indptr.byteOffset] as const;
  if (!team) {
    kernels.countTokens(0, offsets.length - 1, ...read, scratch, scratch + bits, scratch + blocks, ...written);
    return;
  }
  const ends = Int32Array.from(team.run('countTokens', parts, [cuts.byteOffset, ...read, scratch, stride, bits, blocks, ...written]));
  // Each part was written where its tokens begin, which leaves gaps.
  let at = ends[0];
  for (let part = 1; part < parts; part++) {
    const begin = offsets[cuts[part]];
    items.copyWithin(at, begin, ends[part]);
    counts.copyWithin(at, begin, ends[part]);
    for (let i = cuts[part]; i < cuts[part + 1]; i++) indptr[i + 1] -= begin - at;
    at += ends[part] - begin;
  }
}

/** Where parts of about as many tokens begin and end, by document. */
function cutsOf(offsets: Int32Array, parts: number): Int32Array {
  const documents = offsets.length - 1;
  const cuts = new Int32Array(parts + 1).fill(documents);
  for (let i = 0, part = 0; i < documents && part < parts; i++) {
    while (part < parts && offsets[i] >= (offsets[documents] * part) / parts) cuts[part++] = i;
  }
  return cuts;
}
