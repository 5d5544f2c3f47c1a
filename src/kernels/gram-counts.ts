import type { Arena } from './arena.ts';
import { checkTokens } from './check-tokens.ts';
import { GramTable } from './gram-table.ts';
import { kernelsFor } from './kernel-memory.ts';
import * as twins from './twins/grams.ts';

/** Documents as token numbers, as Corpus has them. */
export interface TokenLists {
  /** Document i's tokens are at ids[offsets[i]] … ids[offsets[i + 1] − 1]. */
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
}

/** How many tokens make a feature. */
export interface GramRange {
  readonly smallest: number;
  readonly largest: number;
}

/** How often each document has each feature. */
export interface GramCounts {
  /** The features, as nodes of a trie over the tokens. */
  readonly table: GramTable;
  /** Document i's entries are at indptr[i] … indptr[i + 1] − 1 of `items` (nodes) and `counts`. */
  readonly entries: twins.GramEntries;
}

/**
 * Counts the sequences of `smallest` … `largest` tokens of each document, in order of appearance.
 *
 * In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same numbers.
 * @param tokens how many distinct tokens there are; they are numbered from 0
 * @param dropped one byte per token, 1 where it is passed over before sequences are formed
 */
export function countSequences(
  arena: Arena,
  documents: TokenLists,
  tokens: number,
  { smallest, largest }: GramRange,
  dropped?: Uint8Array,
): GramCounts {
  const offsets = arena.heldInt32(documents.offsets);
  const ids = arena.heldInt32(documents.ids);
  const count = offsets.length - 1;
  checkTokens('countSequences', ids, tokens);
  const isDropped = dropped && arena.copyUint8(dropped);
  const kept = arena.int32(dropped ? longest(offsets) : 0);
  const table = new GramTable(arena, tokens);
  const rootMarks = arena.int32(tokens).fill(-1);
  const indptr = arena.int32(count + 1);
  const span = Math.max(0, largest - smallest + 1);
  let { items, counts } = entriesFor(arena, ids.length * span);

  // A run that may bring no nodes may still bring entries.
  const most = (i: number): number => (offsets[i + 1] - offsets[i]) * Math.max(1, largest - 1);
  table.inRuns(count, most, (from, to) => {
    const needed = table.state[1] + (offsets[to] - offsets[from]) * span;
    if (needed > items.length) {
      items = arena.longerInt32(items, needed);
      counts = arena.longerInt32(counts, needed);
    }
    const kernels = table.kernels() && kernelsFor(offsets, ids, kept) && kernelsFor(rootMarks, indptr) && kernelsFor(items, counts);
    if (!kernels || (isDropped && !kernelsFor(isDropped))) {
      twins.countSequences(from, to, offsets, ids, isDropped, kept, smallest, largest, table, rootMarks, { items, counts, indptr });
      return;
    }
    kernels.countSequences(
      from,
      to,
      offsets.byteOffset,
      ids.byteOffset,
      isDropped?.byteOffset ?? 0,
      kept.byteOffset,
      smallest,
      largest,
      table.slots.byteOffset,
      (table.slots.length >> 2) - 1,
      table.state.byteOffset,
      table.parents.byteOffset,
      table.lasts.byteOffset,
      rootMarks.byteOffset,
      table.isFeature.byteOffset,
      items.byteOffset,
      counts.byteOffset,
      indptr.byteOffset,
    );
  });
  return { table, entries: { items, counts, indptr } };
}

/**
 * Counts the sequences of `smallest` … `largest` letters within the words of each document; a word of fewer
 * letters than `smallest` is one sequence, whole. The sequences of a distinct word are found once; a document
 * adds them as often as it has the word.
 *
 * In WebAssembly where the arena lies there, in plain TypeScript otherwise, with the same numbers.
 * @param documents words by number @param words letters of each word, by number @param alphabet how many letters there are
 */
export function countWithinWords(
  arena: Arena,
  documents: TokenLists,
  words: TokenLists,
  alphabet: number,
  { smallest, largest }: GramRange,
): GramCounts {
  checkTokens('countWithinWords', words.ids, alphabet);
  checkTokens('countWithinWords', documents.ids, words.offsets.length - 1);
  const { table, grams, gramStarts } = listGrams(arena, words, alphabet, { smallest, largest });
  const { state } = table;
  const offsets = arena.heldInt32(documents.offsets);
  const ids = arena.heldInt32(documents.ids);
  const count = offsets.length - 1;
  const wordCount = gramStarts.length - 1;
  const wordMarks = arena.int32(wordCount).fill(-1);
  const distinct = arena.int32(Math.min(wordCount, longest(offsets)));
  const times = arena.int32(distinct.length);
  const marks = arena.int32(table.size).fill(-1);
  const indptr = arena.int32(count + 1);
  state[1] = 0;
  let bound = 0;
  for (let p = 0; p < ids.length; p++) bound += gramStarts[ids[p] + 1] - gramStarts[ids[p]];
  let { items, counts } = entriesFor(arena, bound);

  for (let from = 0; from < count; ) {
    let more = 0;
    let to = from;
    // Documents together, as long as they bring no more entries than there are.
    do {
      for (let p = offsets[to]; p < offsets[to + 1]; p++) more += gramStarts[ids[p] + 1] - gramStarts[ids[p]];
      to++;
    } while (to < count && more < 1 << 18);
    if (state[1] + more > items.length) {
      items = arena.longerInt32(items, state[1] + more);
      counts = arena.longerInt32(counts, items.length);
    }
    const kernels =
      kernelsFor(offsets, ids, grams) &&
      kernelsFor(gramStarts, wordMarks, distinct) &&
      kernelsFor(times, marks, state) &&
      kernelsFor(items, counts, indptr);
    if (kernels) {
      kernels.countListed(
        from,
        to,
        offsets.byteOffset,
        ids.byteOffset,
        gramStarts.byteOffset,
        grams.byteOffset,
        wordMarks.byteOffset,
        distinct.byteOffset,
        times.byteOffset,
        marks.byteOffset,
        state.byteOffset,
        items.byteOffset,
        counts.byteOffset,
        indptr.byteOffset,
      );
    } else {
      const entries = { items, counts, indptr };
      twins.countListed(from, to, offsets, ids, gramStarts, grams, wordMarks, distinct, times, marks, state, entries);
    }
    from = to;
  }
  return { table, entries: { items, counts, indptr } };
}

/** The sequences within each word: word w's are at grams[gramStarts[w]] … grams[gramStarts[w + 1] − 1]. */
function listGrams(
  arena: Arena,
  words: TokenLists,
  alphabet: number,
  { smallest, largest }: GramRange,
): { table: GramTable; grams: Int32Array; gramStarts: Int32Array } {
  const starts = arena.heldInt32(words.offsets);
  const letters = arena.heldInt32(words.ids);
  const nodes = arena.int32(letters.length);
  const count = starts.length - 1;
  const gramStarts = arena.int32(count + 1);
  for (let w = 0; w < count; w++) {
    const size = starts[w + 1] - starts[w];
    const most = Math.min(largest, size);
    const least = Math.min(smallest, size);
    // One at each of size − n + 1 places, n from least to most.
    gramStarts[w + 1] = gramStarts[w] + (least === 0 ? 0 : ((most - least + 1) * (2 * size - least - most + 2)) / 2);
  }
  const grams = arena.int32(gramStarts[count]);
  const table = new GramTable(arena, alphabet);
  for (let n = 1; n <= largest; n++) {
    if (n > 2) table.startLength();
    const places = (w: number): number => Math.max(0, starts[w + 1] - starts[w] - n + 1);
    table.inRuns(count, places, (from, to) => {
      const kernels = table.kernels() && kernelsFor(starts, letters, nodes) && kernelsFor(grams, gramStarts);
      if (!kernels) {
        twins.listGrams(n, from, to, starts, letters, nodes, smallest, table, gramStarts, grams);
        return;
      }
      kernels.listGrams(
        n,
        from,
        to,
        starts.byteOffset,
        letters.byteOffset,
        nodes.byteOffset,
        smallest,
        table.slots.byteOffset,
        (table.slots.length >> 2) - 1,
        table.state.byteOffset,
        table.parents.byteOffset,
        table.lasts.byteOffset,
        table.isFeature.byteOffset,
        gramStarts.byteOffset,
        grams.byteOffset,
      );
    });
  }
  return { table, grams, gramStarts };
}

/**
 * Room for so many entries, or for the first of them where that would be very much. Memory that is never written
 * to costs nothing, while growing costs copies.
 */
function entriesFor(arena: Arena, bound: number): { items: Int32Array; counts: Int32Array } {
  const length = Math.min(bound, 1 << 26);
  return { items: arena.int32(length), counts: arena.int32(length) };
}

function longest(offsets: Int32Array): number {
  let most = 0;
  for (let i = 0; i + 1 < offsets.length; i++) most = Math.max(most, offsets[i + 1] - offsets[i]);
  return most;
}
