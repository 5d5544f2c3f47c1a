import { type CompleteAnalyzerOptions, stopWordSet } from './analysis.ts';
import type { Corpus } from './corpus.ts';
import { DocumentCounter } from './document-counter.ts';
import { orderFeatures } from './feature-order.ts';
import { GramTrie } from './gram-trie.ts';
import { Int32List } from './int32-list.ts';
import { RowSorter } from './row-sorter.ts';
import { TokenTable } from './token-table.ts';

/** How often every feature occurs in every document, in compressed sparse rows with ascending columns. */
export interface FeatureCounts {
  /** All features of the documents by column, ascending by code point. */
  readonly terms: readonly string[];
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly counts: Int32Array;
}

/** From tokens to features: what is dropped, and how many tokens make a feature. */
export interface FeatureRecipe {
  /** Equal for equal recipes. */
  readonly key: string;
  readonly unit: 'word' | 'char' | 'char_wb';
  readonly smallest: number;
  readonly largest: number;
  readonly stopWords: ReadonlySet<string> | null;
}

export function featureRecipe({ analyzer, ngramRange, stopWords }: CompleteAnalyzerOptions): FeatureRecipe {
  // A function's tokens are features already.
  if (typeof analyzer === 'function') return { key: 'features', unit: 'word', smallest: 1, largest: 1, stopWords: null };
  const [smallest, largest] = ngramRange;
  const stops = analyzer === 'word' ? stopWordSet(stopWords) : null;
  const key = JSON.stringify([smallest, largest, stops && [...stops].sort()]);
  return { key, unit: analyzer, smallest, largest, stopWords: stops };
}

/** Counts the features of all documents of a corpus. */
export function countFeatures(corpus: Corpus, recipe: FeatureRecipe): FeatureCounts {
  return recipe.unit === 'char_wb' ? countWithinWords(corpus, recipe) : countSequences(corpus, recipe);
}

/** n-grams of each document's tokens: words, or characters. */
function countSequences({ terms, ids, offsets }: Corpus, { unit, smallest, largest, stopWords }: FeatureRecipe): FeatureCounts {
  const trie = new GramTrie(terms.length);
  const counter = new DocumentCounter(terms.length);
  const isStop = stopWords && Uint8Array.from(terms, (term) => (stopWords.has(term) ? 1 : 0));
  const kept = new Int32List();
  const documents = offsets.length - 1;
  const indptr = new Int32Array(documents + 1);
  for (let i = 0; i < documents; i++) {
    counter.startDocument();
    let sequence = ids;
    let from = offsets[i];
    let to = offsets[i + 1];
    if (isStop) {
      kept.length = 0;
      for (let p = from; p < to; p++) if (isStop[ids[p]] === 0) kept.push(ids[p]);
      sequence = kept.values;
      from = 0;
      to = kept.length;
    }
    for (let p = from; p < to; p++) {
      let node = sequence[p];
      if (smallest === 1) counter.add(node, 1);
      const end = Math.min(largest, to - p);
      for (let n = 2; n <= end; n++) {
        node = trie.child(node, sequence[p + n - 1]);
        if (n >= smallest) counter.add(node, 1);
      }
    }
    indptr[i + 1] = counter.length;
  }
  return sortColumns(trie, terms, unit === 'word' ? ' ' : '', counter, indptr);
}

/**
 * n-grams of characters within each word, the word padded with one space on both sides; a padded word shorter than
 * the smallest n counts once, whole. The n-grams of a word are found once; a document adds them as often as it has
 * the word.
 */
function countWithinWords({ terms, ids, offsets }: Corpus, { smallest, largest }: FeatureRecipe): FeatureCounts {
  const characters = new TokenTable();
  const letters = new Int32List();
  const wordStarts = new Int32Array(terms.length + 1);
  for (let w = 0; w < terms.length; w++) {
    const padded = ` ${terms[w]} `;
    for (let i = 0; i < padded.length; ) {
      const width = (padded.codePointAt(i) as number) > 0xffff ? 2 : 1;
      letters.push(characters.internCodePoint(padded, i, width));
      i += width;
    }
    wordStarts[w + 1] = letters.length;
  }
  const trie = new GramTrie(characters.size);
  const grams = new Int32List();
  const gramStarts = new Int32Array(terms.length + 1);
  for (let w = 0; w < terms.length; w++) {
    const to = wordStarts[w + 1];
    const least = Math.min(smallest, to - wordStarts[w]);
    for (let p = wordStarts[w]; p + least <= to; p++) {
      let node = letters.values[p];
      if (least === 1) grams.push(node);
      const end = Math.min(largest, to - p);
      for (let n = 2; n <= end; n++) {
        node = trie.child(node, letters.values[p + n - 1]);
        if (n >= least) grams.push(node);
      }
    }
    gramStarts[w + 1] = grams.length;
  }
  const words = new DocumentCounter(terms.length);
  const counter = new DocumentCounter(trie.size);
  const documents = offsets.length - 1;
  const indptr = new Int32Array(documents + 1);
  for (let i = 0; i < documents; i++) {
    words.restart();
    words.addAll(ids, offsets[i], offsets[i + 1], 1);
    counter.startDocument();
    for (let k = 0; k < words.length; k++) {
      const word = words.items[k];
      counter.addAll(grams.values, gramStarts[word], gramStarts[word + 1], words.counts[k]);
    }
    indptr[i + 1] = counter.length;
  }
  return sortColumns(trie, characters.terms(), '', counter, indptr);
}

/** From nodes in order of appearance to columns in order of their texts. */
function sortColumns(
  trie: GramTrie,
  tokens: readonly string[],
  separator: '' | ' ',
  counter: DocumentCounter,
  indptr: Int32Array,
): FeatureCounts {
  const { column, terms } = orderFeatures(trie, tokens, separator, counter.marks);
  const { items, counts } = counter;
  const sorter = new RowSorter(terms.length);
  let at = 0;
  let from = 0;
  for (let i = 0; i + 1 < indptr.length; i++) {
    const to = indptr[i + 1];
    for (let p = from; p < to; p++) sorter.add(column[items[p]], counts[p]);
    // A row is written where it was read, or before it where sequences of the same text were merged.
    at = sorter.drain(items, counts, at);
    from = to;
    indptr[i + 1] = at;
  }
  return { terms, indptr, indices: items.slice(0, at), counts: counts.slice(0, at) };
}
