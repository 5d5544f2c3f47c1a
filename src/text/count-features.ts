import type { Arena } from '../kernels/arena.ts';
import { countTokens } from '../kernels/count-tokens.ts';
import { countSequences, countWithinWords, type GramCounts } from '../kernels/gram-counts.ts';
import { GramTable } from '../kernels/gram-table.ts';
import { gramTexts } from '../kernels/gram-texts.ts';
import { orderGrams } from '../kernels/order-grams.ts';
import { orderTexts } from '../kernels/order-texts.ts';
import { comparePacked, type PackedTexts, SLACK, unpackTexts } from '../kernels/packed-texts.ts';
import { sharedTeam } from '../kernels/shared-team.ts';
import { sortRows } from '../kernels/sort-rows.ts';
import type { Corpus } from './corpus.ts';
import type { FeatureCounts } from './feature-counts.ts';
import type { FeatureRecipe } from './feature-recipe.ts';
import { lettersOfWords } from './letters-of-words.ts';

/** What counting a token costs, in multiplications. */
const TOKEN_COST = 20;

/** Columns of the features of a trie. */
interface Columns {
  /** Node → column, −1 for a node that is no feature. */
  columns: Int32Array;
  terms: PackedTexts;
}

/** Counts the features of all documents of a corpus. The arrays lie in the arena and are good until it ends. */
export function countFeatures(arena: Arena, corpus: Corpus, recipe: FeatureRecipe): FeatureCounts {
  const { unit } = recipe;
  if (unit === 'char_wb') {
    // A padded word shorter than the smallest n-gram counts once, whole.
    const { words, letters } = lettersOfWords(arena, corpus.terms);
    const counts = countWithinWords(arena, corpus, words, letters.starts.length - 1, recipe);
    return sortColumns(arena, counts, arena.heldTexts(letters), '', recipe.largest);
  }
  const tokens = arena.heldTexts(corpus.terms);
  if (recipe.smallest === 1 && recipe.largest === 1) return countSingles(arena, corpus, tokens, droppedTokens(corpus.terms, recipe.stopWords));
  const counts = countSequences(arena, corpus, tokens.starts.length - 1, recipe, droppedTokens(corpus.terms, recipe.stopWords));
  return sortColumns(arena, counts, tokens, unit === 'word' ? ' ' : '', recipe.largest);
}

/** Tokens that are features by themselves: no sequence has to be found. */
function countSingles(arena: Arena, corpus: Corpus, tokens: PackedTexts, dropped: Uint8Array | undefined): FeatureCounts {
  const order = orderTexts(arena, tokens);
  const columns = arena.int32(order.length);
  let cols = 0;
  for (const token of order) columns[token] = dropped?.[token] ? -1 : cols++;
  const terms = gramTexts(arena, new GramTable(arena, order.length), columns, cols, tokens, '', 1);
  const { items, counts, indptr } = countTokens(arena, corpus, columns, cols, sharedTeam(corpus.ids.length * TOKEN_COST));
  const end = indptr[indptr.length - 1];
  return { terms, indptr, indices: items.subarray(0, end), counts: counts.subarray(0, end) };
}

/** One byte per token, 1 for a stop word. */
function droppedTokens(terms: PackedTexts, stopWords: ReadonlySet<string> | null): Uint8Array | undefined {
  return stopWords ? Uint8Array.from(unpackTexts(terms), (term) => (stopWords.has(term) ? 1 : 0)) : undefined;
}

/** From nodes in order of appearance to columns in order of their texts. */
function sortColumns(arena: Arena, { table, entries }: GramCounts, tokens: PackedTexts, separator: '' | ' ', longest: number): FeatureCounts {
  const order = orderTexts(arena, tokens);
  const rank = new Int32Array(order.length);
  for (let r = 0; r < order.length; r++) rank[order[r]] = r;
  const columns = orderGrams(arena, table, rank);
  let cols = 0;
  for (let node = 0; node < columns.length; node++) if (columns[node] >= 0) cols++;
  const walked = { columns, terms: gramTexts(arena, table, columns, cols, tokens, separator, longest) };
  const mayTie = separator === ' ' && table.size > table.roots && holdsSignBeforeSpace(tokens);
  const sorted = mayTie ? sortTexts(arena, walked) : walked;
  sortRows(arena, entries, sorted.columns, sorted.terms.starts.length - 1);
  const { items, counts, indptr } = entries;
  const end = indptr[indptr.length - 1];
  return { terms: sorted.terms, indptr, indices: items.subarray(0, end), counts: counts.subarray(0, end) };
}

/** Whether a token is empty or has a sign up to the space, so that it may sort before the separator. */
function holdsSignBeforeSpace({ bytes, starts }: PackedTexts): boolean {
  const count = starts.length - 1;
  for (let t = 0; t < count; t++) if (starts[t] === starts[t + 1]) return true;
  for (let at = 0; at < starts[count]; at++) if (bytes[at] <= 0x20) return true;
  return false;
}

/** Sorts the texts themselves; sequences with the same text share a column, as they do in scikit-learn. */
function sortTexts(arena: Arena, { columns, terms }: Columns): Columns {
  const order = orderTexts(arena, terms);
  const { bytes, starts } = terms;
  const sortedColumn = new Int32Array(order.length);
  const sortedBytes = arena.uint8(starts[order.length] + SLACK);
  const sortedStarts = arena.int32(order.length + 1);
  let cols = 0;
  for (let k = 0; k < order.length; k++) {
    const from = starts[order[k]];
    const end = starts[order[k] + 1];
    if (k === 0 || comparePacked(terms, order[k], terms, order[k - 1]) !== 0) {
      sortedBytes.set(bytes.subarray(from, end), sortedStarts[cols]);
      sortedStarts[cols + 1] = sortedStarts[cols] + end - from;
      cols++;
    }
    sortedColumn[order[k]] = cols - 1;
  }
  for (let node = 0; node < columns.length; node++) if (columns[node] >= 0) columns[node] = sortedColumn[columns[node]];
  return { columns, terms: { bytes: sortedBytes, starts: sortedStarts.subarray(0, cols + 1) } };
}
