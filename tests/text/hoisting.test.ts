import fc from 'fast-check';
import { takeRows } from '../../src/core/rows.ts';
import type { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { AnalyzedTexts } from '../../src/text/analyzed-texts.ts';
import { CountVectorizer, type CountVectorizerOptions } from '../../src/text/count-vectorizer.ts';
import { HashingVectorizer } from '../../src/text/hashing-vectorizer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';

const word = fc.constantFrom('a', 'b', 'ab', 'ba', 'the', 'Cat', '😀', '𠀀', 'Ａ', 'é', '\t', '7');
const text = fc.array(word, { maxLength: 9 }).map((words) => words.join(' '));
const texts = fc.array(text, { minLength: 1, maxLength: 7 });
const options: fc.Arbitrary<CountVectorizerOptions> = fc.record({
  analyzer: fc.constantFrom('word' as const, 'char' as const, 'char_wb' as const),
  ngramRange: fc.constantFrom([1, 1] as const, [1, 2] as const, [2, 3] as const, [3, 5] as const),
  tokenPattern: fc.constantFrom(/\w+/u, /\S+/u, /(\w)\w*/u, /[a-z]+/u),
  stopWords: fc.constantFrom(null, ['the', 'a']),
  lowercase: fc.boolean(),
  binary: fc.boolean(),
});

function plain(X: CsrMatrix): unknown {
  return { cols: X.cols, indptr: [...X.indptr], indices: [...X.indices], data: [...X.data] };
}

/** fitTransform, or undefined when the texts hold no term. */
async function fitted(vectorizer: CountVectorizer | TfidfVectorizer, X: Parameters<CountVectorizer['fit']>[0]): Promise<unknown> {
  try {
    return plain(await vectorizer.fitTransform(X));
  } catch {
    return undefined;
  }
}

test('counts what the plain analyzer lists, by code point', async () => {
  await fc.assert(
    fc.asyncProperty(texts, options, async (X, o) => {
      const vectorizer = new CountVectorizer(o);
      const listed = X.map(vectorizer.buildAnalyzer());
      const counts = (await fitted(vectorizer, X)) as ReturnType<typeof plain> | undefined;
      if (listed.every((features) => features.length === 0)) {
        expect(counts).toBeUndefined();
        return;
      }
      const terms = [...new Set(listed.flat())].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(vectorizer.fitted.vocabulary).toEqual(terms);
      const dense = (await vectorizer.transform(X)).toArray();
      const expected = listed.map((features) =>
        terms.map((term) => {
          const count = features.filter((feature) => feature === term).length;
          return o.binary ? Math.min(count, 1) : count;
        }),
      );
      expect(dense).toEqual(expected);
    }),
    { seed: 43, numRuns: 300 },
  );
});

test('a slice of texts analyzed once gives exactly what its texts give', async () => {
  const bounds = fc.record({ minDf: fc.constantFrom(1, 2, 0.3), maxFeatures: fc.constantFrom(null, 3) });
  await fc.assert(
    fc.asyncProperty(texts, options, bounds, fc.infiniteStream(fc.nat()), async (X, o, b, numbers) => {
      const rows = [...numbers.take(1 + X.length)].map((n) => n % X.length);
      const make = (): TfidfVectorizer => new TfidfVectorizer({ ...o, ...b });
      const naive = make();
      const hoisted = make();
      const all = hoisted.hoist(X);
      expect(await fitted(hoisted, all.take(rows))).toEqual(await fitted(naive, takeRows(X, rows)));
      if (!naive.isFitted) return;
      expect(hoisted.fitted).toEqual(naive.fitted);
      expect(plain(await hoisted.transform(all))).toEqual(plain(await naive.transform(X)));
      expect(plain(await hoisted.transform(X))).toEqual(plain(await naive.transform(X)));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('a slice of a slice holds the rows it names', () => {
  const all = new CountVectorizer().hoist(['zero zero', 'one', 'two', 'three']);
  const slice = all.take([3, 1, 0]).take([2, 2, 1]);
  expect(slice.rows).toBe(3);
  expect([slice.tokens(0), slice.tokens(1), slice.tokens(2)]).toEqual([['zero', 'zero'], ['zero', 'zero'], ['one']]);
  expect(takeRows(all, [1])).toBeInstanceOf(AnalyzedTexts);
  expect(slice.corpus).toBe(all.corpus);
});

test('vectorizers that differ in n-grams, stop words and bounds share one analysis', async () => {
  const X = ['see the cat', 'the dog and the cat', 'see'];
  const analyzed = new CountVectorizer().hoist(X);
  for (const changes of [{ ngramRange: [1, 2] as const }, { stopWords: ['the'] }, { minDf: 2 }, { binary: true }]) {
    const shared = await new CountVectorizer(changes).fitTransform(analyzed);
    expect(plain(shared)).toEqual(plain(await new CountVectorizer(changes).fitTransform(X)));
  }
  const hashed = await new HashingVectorizer({ nFeatures: 8 }).transform(analyzed.take([1]));
  expect(plain(hashed)).toEqual(plain(await new HashingVectorizer({ nFeatures: 8 }).transform([X[1]])));
});

test('texts analyzed with other options are refused', async () => {
  const analyzed = new CountVectorizer().hoist(['see the cat']);
  for (const changes of [{ lowercase: false }, { tokenPattern: /\w+/u }, { analyzer: 'char' as const }, { stripAccents: 'ascii' as const }, { tokenizer: (t: string) => [t] }]) {
    await expect(new CountVectorizer(changes).fit(analyzed)).rejects.toThrow("CountVectorizer: X must be analyzed with this vectorizer's own options");
  }
});

test('learns from the rows of the slice alone', async () => {
  const vectorizer = new TfidfVectorizer();
  const all = vectorizer.hoist(['known word', 'secret word', 'known']);
  await vectorizer.fit(all.take([0, 2]));
  expect(vectorizer.fitted.vocabulary).toEqual(['known', 'word']);
  expect(vectorizer.fitted.idf).toBeAllClose([1, Math.log(3 / 2) + 1]);
  const held = await vectorizer.transform(all.take([1]));
  expect(held.toArray()).toEqual([[0, 1]]);
});
