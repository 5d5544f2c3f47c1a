import fc from 'fast-check';
import { padSequences } from '../../src/nn/sequences/pad-sequences.ts';
import { SequenceVectorizer } from '../../src/nn/sequences/sequence-vectorizer.ts';

describe('padSequences', () => {
  test('fills and cuts at either end', () => {
    const rows = [[1, 2, 3], [4], []];
    const values = (options: object): number[] => Array.from(padSequences(rows, options).data);
    expect(padSequences(rows).shape).toEqual([3, 3]);
    expect(values({})).toEqual([1, 2, 3, 0, 0, 4, 0, 0, 0]);
    expect(values({ maxLength: 2 })).toEqual([2, 3, 0, 4, 0, 0]);
    expect(values({ maxLength: 2, padding: 'post', truncating: 'post', value: 9 })).toEqual([1, 2, 4, 9, 9, 9]);
  });

  test('needs a length where no sequence has one', () => {
    expect(() => padSequences([[], []])).toThrow('padSequences: at least one sequence must have an element, got none. Give maxLength.');
  });
});

describe('SequenceVectorizer', () => {
  const texts = ['the cat sat', 'the dog', 'the cat'];

  test('numbers words by how often they occur, then by code point; 0 pads and 1 is unknown', async () => {
    const vectorizer = await new SequenceVectorizer().fit(texts);
    expect(vectorizer.fitted).toEqual({ vocabulary: ['the', 'cat', 'dog', 'sat'], maxLength: 3, numEmbeddings: 6 });
    expect((await vectorizer.transform(['sat cat the', 'a bird', 'dog the dog the'])).toArray()).toEqual([[5, 3, 2], [0, 0, 1], [4, 2, 4]]);
  });

  test('keeps the most frequent words, and those in enough documents', async () => {
    expect((await new SequenceVectorizer({ maxFeatures: 2 }).fit(texts)).fitted.vocabulary).toEqual(['the', 'cat']);
    const common = await new SequenceVectorizer({ minDf: 2, maxLength: 2, padding: 'post', truncating: 'pre' }).fit(texts);
    expect(common.fitted.vocabulary).toEqual(['the', 'cat']);
    expect((await common.transform(['the cat sat', 'dog'])).toArray()).toEqual([[3, 1], [1, 0]]);
  });

  test('learns the same from texts as from rows of hoisted texts', async () => {
    const word = fc.constantFrom('red', 'green', 'blue', 'x1', 'été', '猫犬');
    const list = fc.array(fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(list, list, async (train, test) => {
        const vectorizer = new SequenceVectorizer();
        const hoisted = vectorizer.hoist([...train, ...test]);
        const rows = (from: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => from + i);
        await vectorizer.fit(train);
        const whole = await vectorizer.transform(test);
        const { fitted } = vectorizer;
        await vectorizer.fit(hoisted.take(rows(0, train.length)));
        expect(vectorizer.fitted).toEqual(fitted);
        expect(await vectorizer.transform(hoisted.take(rows(train.length, test.length)))).toEqual(whole);
      }),
    );
  });

  test('refuses texts without tokens, and texts that were analyzed otherwise', async () => {
    await expect(new SequenceVectorizer().fit(['!', '?'])).rejects.toThrow('SequenceVectorizer: the texts must hold at least one token in 1 document, got none. Lower minDf, or change tokenPattern.');
    const hoisted = new SequenceVectorizer({ lowercase: false }).hoist(texts);
    await expect(new SequenceVectorizer().fit(hoisted)).rejects.toThrow(/^SequenceVectorizer: X must be analyzed with this vectorizer's own options/);
  });
});
