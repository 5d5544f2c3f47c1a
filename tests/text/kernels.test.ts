import fc from 'fast-check';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import type { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { HashingVectorizer } from '../../src/text/hashing-vectorizer.ts';
import { TfidfVectorizer, type TfidfVectorizerOptions } from '../../src/text/tfidf-vectorizer.ts';

const piece = fc.oneof(
  fc.constantFrom('the', 'THE', 'Cat', 'a', 'é', 'É', '日本', '😀', 'İ', '\ud800', '\x1f', '\t', ' ', '  ', 'x'.repeat(40)),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' '));
const options: fc.Arbitrary<TfidfVectorizerOptions> = fc.record({
  analyzer: fc.constantFrom('word' as const, 'char' as const, 'char_wb' as const),
  ngramRange: fc.constantFrom([1, 1] as const, [1, 2] as const, [2, 3] as const, [3, 5] as const),
  tokenPattern: fc.constantFrom(/\w+/u, /\b\w\w+\b/u, /[^x]+/u, /(\w)\w*/u, /\S+/u),
  stripAccents: fc.constantFrom(null, 'ascii' as const, 'unicode' as const),
  stopWords: fc.constantFrom(null, ['the', 'a']),
  lowercase: fc.boolean(),
  minDf: fc.constantFrom(1, 2),
  maxFeatures: fc.constantFrom(null, 4),
});

/** Works are synchronous up to their promise, so that switching the kernels off for the call is enough. */
async function outcome(work: () => Promise<CsrMatrix>, fitted: () => unknown): Promise<unknown> {
  try {
    const { rows, cols, indptr, indices, data } = await work();
    return { rows, cols, indptr: [...indptr], indices: [...indices], data: [...data], fitted: structuredClone(fitted()) };
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['CountVectorizer', CountVectorizer],
  ['TfidfVectorizer', TfidfVectorizer],
  ['HashingVectorizer', HashingVectorizer],
] as const)('%s gives the same with and without compiled kernels, to the last bit', async (_, Class) => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), fc.array(text, { maxLength: 3 }), options, async (train, test, o) => {
      const known = Object.fromEntries(Object.entries(o).filter(([name]) => name in Class.rules));
      const make = (): CountVectorizer => new (Class as typeof CountVectorizer)(known);
      const compiled = make();
      const plain = make();
      expect(await outcome(() => compiled.fitTransform(train), () => compiled.fitted)).toEqual(
        await outcome(() => withoutKernels(() => plain.fitTransform(train)), () => plain.fitted),
      );
      if (!compiled.isFitted) return;
      expect(await outcome(() => compiled.transform(test), () => null)).toEqual(
        await outcome(() => withoutKernels(() => plain.transform(test)), () => null),
      );
      // Texts analyzed first, by way of shared memory.
      const hoisted = make();
      expect(await outcome(() => hoisted.fitTransform(hoisted.hoist(train)), () => hoisted.fitted)).toEqual(
        await outcome(() => compiled.fitTransform(train), () => compiled.fitted),
      );
    }),
    { seed: 11, numRuns: 200 },
  );
});
