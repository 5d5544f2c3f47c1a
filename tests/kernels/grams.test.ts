import type { Arena } from '../../src/kernels/arena.ts';
import { countSequences, countWithinWords, type GramCounts, type GramRange } from '../../src/kernels/gram-counts.ts';
import { LetterInterner } from '../../src/kernels/letter-interner.ts';
import { orderGrams } from '../../src/kernels/order-grams.ts';
import { sortRows } from '../../src/kernels/sort-rows.ts';
import { numbers, onBoth } from './both.ts';

/** Each document's features as tuples of tokens with their counts, in ascending order. */
type Counted = readonly (readonly [gram: string, count: number])[][];

/** Ascending token by token, a beginning before what it begins. */
function byTokens(a: string, b: string): number {
  const x = JSON.parse(a) as number[];
  const y = JSON.parse(b) as number[];
  for (let k = 0; k < Math.min(x.length, y.length); k++) if (x[k] !== y[k]) return x[k] - y[k];
  return x.length - y.length;
}

function tally(documents: readonly (readonly number[][])[]): Counted {
  return documents.map((grams) => {
    const counts = new Map<string, number>();
    for (const gram of grams) counts.set(JSON.stringify(gram), (counts.get(JSON.stringify(gram)) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => byTokens(a, b));
  });
}

function sequences(tokens: readonly number[], smallest: number, largest: number): number[][] {
  const grams: number[][] = [];
  for (let n = smallest; n <= largest; n++) for (let i = 0; i + n <= tokens.length; i++) grams.push(tokens.slice(i, i + n));
  return grams;
}

/** The counts in columns, read back as tuples of ranks; checks that columns stand for features in ascending order. */
function readBack(arena: Arena, { table, entries }: GramCounts, rank: Int32Array): { columns: string[]; rows: Counted } {
  const columns = orderGrams(arena, table, rank);
  const texts: string[] = [];
  for (let node = 0; node < table.size; node++) {
    if (columns[node] < 0) continue;
    const path: number[] = [];
    let at = node;
    for (; at >= table.roots; at = table.parents[at]) path.unshift(rank[table.lasts[at]]);
    texts[columns[node]] = JSON.stringify([rank[at], ...path]);
  }
  sortRows(arena, entries, columns, texts.length);
  const { items, counts, indptr } = entries;
  const rows = Array.from({ length: indptr.length - 1 }, (_, i) =>
    Array.from({ length: indptr[i + 1] - indptr[i] }, (_v, k) => [texts[items[indptr[i] + k]], counts[indptr[i] + k]] as const),
  );
  return { columns: texts, rows };
}

function lists(documents: readonly (readonly number[])[]) {
  const offsets = Int32Array.from([0, ...documents.map((tokens) => tokens.length)]);
  for (let i = 1; i < offsets.length; i++) offsets[i] += offsets[i - 1];
  return { offsets, ids: Int32Array.from(documents.flat()) };
}

/** Documents of the given lengths over so many tokens, small numbers more often than large ones. */
function documentsOf(lengths: readonly number[], tokens: number, seed: number): number[][] {
  return lengths.map((length, i) => [...numbers(length, seed + i)].map((v) => Math.floor((Math.abs(v * 1000) % 1) ** 2 * tokens)));
}

/** Ranks that are not the numbers themselves. */
const shuffled = (count: number): Int32Array => Int32Array.from({ length: count }, (_, t) => (t * 11 + 3) % count);

const RANGES: readonly GramRange[] = [
  { smallest: 1, largest: 1 },
  { smallest: 1, largest: 2 },
  { smallest: 2, largest: 2 },
  { smallest: 2, largest: 4 },
  { smallest: 5, largest: 5 },
];
const TOKENS = 19;
const DOCUMENTS = documentsOf([0, 1, 2, 3, 50, 0, 400], TOKENS, 1);

describe.each(RANGES)('sequences of $smallest to $largest', ({ smallest, largest }) => {
  const rank = shuffled(TOKENS);
  const ranked = (grams: number[][]): number[][] => grams.map((gram) => gram.map((token) => rank[token]));

  test('of documents of every length', () => {
    const { columns, rows } = onBoth((arena) => readBack(arena, countSequences(arena, lists(DOCUMENTS), TOKENS, { smallest, largest }), rank));
    expect(rows).toEqual(tally(DOCUMENTS.map((tokens) => ranked(sequences(tokens, smallest, largest)))));
    expect(columns).toEqual([...columns].sort(byTokens));
    expect(new Set(columns)).toEqual(new Set(rows.flat().map(([gram]) => gram)));
  });

  test('without the tokens that are dropped first', () => {
    const dropped = Uint8Array.from({ length: TOKENS }, (_, t) => (t % 3 === 0 ? 1 : 0));
    const { rows } = onBoth((arena) =>
      readBack(arena, countSequences(arena, lists(DOCUMENTS), TOKENS, { smallest, largest }, dropped), rank),
    );
    const kept = DOCUMENTS.map((tokens) => tokens.filter((token) => dropped[token] === 0));
    expect(rows).toEqual(tally(kept.map((tokens) => ranked(sequences(tokens, smallest, largest)))));
  });

  test('of letters within words, a shorter word whole', () => {
    const words = documentsOf([1, 2, 3, 4, 5, 6, 9, 2, 30], TOKENS, 50);
    const documents = documentsOf([0, 1, 5, 40, 3], words.length, 70);
    const { columns, rows } = onBoth((arena) =>
      readBack(arena, countWithinWords(arena, lists(documents), lists(words), TOKENS, { smallest, largest }), rank),
    );
    const grams = words.map((word) => ranked(sequences(word, Math.min(smallest, word.length), largest)));
    expect(rows).toEqual(tally(documents.map((list) => list.flatMap((word) => grams[word]))));
    expect(columns).toEqual([...columns].sort(byTokens));
  });
});

test('tables grow: many distinct sequences, in many documents', () => {
  const tokens = 700;
  const documents = documentsOf(Array.from({ length: 30 }, (_, i) => 600 + i), tokens, 9);
  const rank = shuffled(tokens);
  const { rows } = onBoth((arena) => readBack(arena, countSequences(arena, lists(documents), tokens, { smallest: 1, largest: 3 }), rank));
  expect(rows).toEqual(tally(documents.map((list) => sequences(list, 1, 3).map((gram) => gram.map((token) => rank[token])))));
});

test('no documents, no tokens', () => {
  const rank = new Int32Array(0);
  const none = { offsets: Int32Array.of(0), ids: new Int32Array(0) };
  const read = onBoth((arena) => [
    readBack(arena, countSequences(arena, none, 0, { smallest: 1, largest: 2 }), rank),
    readBack(arena, countWithinWords(arena, none, none, 0, { smallest: 1, largest: 2 }), rank),
  ]);
  expect(read).toEqual([
    { columns: [], rows: [] },
    { columns: [], rows: [] },
  ]);
});

test('what is counted does not change the documents given', () => {
  const documents = lists(DOCUMENTS);
  onBoth((arena) => {
    countSequences(arena, documents, TOKENS, { smallest: 1, largest: 2 });
    countWithinWords(arena, { offsets: Int32Array.of(0, 1), ids: Int32Array.of(0) }, documents, TOKENS, { smallest: 1, largest: 2 });
    return 0;
  });
  expect(documents).toEqual(lists(DOCUMENTS));
});

describe('what would lead a kernel astray is refused', () => {
  test('a token number beyond the tokens', () => {
    onBoth((arena) => {
      expect(() => countSequences(arena, lists([[0, 3]]), 3, { smallest: 1, largest: 1 })).toThrow(
        'countSequences: token numbers must be from 0 to 2, got 3 at position 1.',
      );
      expect(() => countWithinWords(arena, lists([[0]]), lists([[0, -1]]), 2, { smallest: 1, largest: 1 })).toThrow(
        'countWithinWords: token numbers must be from 0 to 1, got -1 at position 1.',
      );
    });
  });

  test('ranks that are no permutation', () => {
    onBoth((arena) => {
      const { table } = countSequences(arena, lists([[0, 1, 2]]), 3, { smallest: 1, largest: 2 });
      expect(() => orderGrams(arena, table, Int32Array.of(0, 1, 1))).toThrow('orderGrams: ranks must be 0 to 2, each once, got 1 twice or out of range.');
      expect(() => orderGrams(arena, table, Int32Array.of(0, 1))).toThrow('orderGrams: rank must have 3 elements, got 2.');
    });
  });
});

describe('sortRows', () => {
  test.each([1, 63, 64, 65, 4095, 4096, 4097, 300_000])('orders entries and adds up equal columns among %i', (cols) => {
    const rows = [0, 1, 2, 100, 0, 1000];
    const items = [...numbers(rows.reduce((a, b) => a + b, 0), cols)].map((v) => Math.floor((Math.abs(v * 1000) % 1) * 500));
    const columns = Int32Array.from({ length: 500 }, (_, item) => Math.floor(((item * 7919) % 500) * (cols / 500)));
    const offsets = Int32Array.from(rows.reduce((all, length) => [...all, all[all.length - 1] + length], [0]));
    const sorted = onBoth((arena) => {
      const entries = { items: arena.copyInt32(items), counts: arena.copyInt32(items.map((_v, p) => (p % 5) + 1)), indptr: arena.copyInt32(offsets) };
      sortRows(arena, entries, arena.copyInt32(columns), cols);
      const end = entries.indptr[rows.length];
      return { indptr: entries.indptr.slice(), items: entries.items.slice(0, end), counts: entries.counts.slice(0, end) };
    });
    rows.forEach((_length, i) => {
      const sums = new Map<number, number>();
      for (let p = offsets[i]; p < offsets[i + 1]; p++) sums.set(columns[items[p]], (sums.get(columns[items[p]]) ?? 0) + (p % 5) + 1);
      const expected = [...sums].sort(([a], [b]) => a - b);
      const [from, to] = [sorted.indptr[i], sorted.indptr[i + 1]];
      expect([...sorted.items.subarray(from, to)]).toEqual(expected.map(([col]) => col));
      expect([...sorted.counts.subarray(from, to)]).toEqual(expected.map(([, count]) => count));
    });
  });
});

describe('LetterInterner', () => {
  test('numbers code points in order of appearance, half a surrogate pair among them', () => {
    const texts = ['aba', '', '𝒳b𝒳', 'x\ud800', '\udc00\ud800y'];
    const { ids, letters } = onBoth((arena) => {
      const interner = new LetterInterner(arena);
      for (const text of texts) interner.add(text);
      return { ids: [...interner.ids()], letters: interner.letters() };
    });
    const points = texts.flatMap((text) => [...text]);
    expect(letters).toEqual([...new Set(points)]);
    expect(ids.map((id) => letters[id])).toEqual(points);
  });
});
