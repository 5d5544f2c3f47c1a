import { DataError } from '../../src/core/errors.ts';
import { DocumentVectors } from '../../src/embedding/document-vectors.ts';
import { Word2Vec } from '../../src/embedding/word2vec.ts';
import { WordVectors } from '../../src/embedding/word-vectors.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { RandomState } from '../../src/core/random-state.ts';
import '../to-be-all-close.ts';

/** Sentences about weather and about money, whose words never meet. */
const topics = [['rain', 'snow', 'wind', 'cloud', 'storm'], ['bank', 'loan', 'cash', 'coin', 'debt']];
function sentences(count: number): string[][] {
  const random = new RandomState(3);
  return Array.from({ length: count }, (_, i) => Array.from({ length: 8 }, () => topics[i % 2][random.randint(5)]));
}
const options = { vectorSize: 10, minCount: 1, sample: 0, epochs: 5, alpha: 0.1 };

describe('Word2Vec', () => {
  test('brings words of one topic together and keeps topics apart', async () => {
    const model = await new Word2Vec(options).fit(sentences(300));
    for (const topic of topics) {
      for (const word of topic) {
        const near = model.mostSimilar(word, 4).map((neighbour) => neighbour.word);
        expect(near.every((other) => topic.includes(other))).toBe(true);
      }
    }
  });

  test('gives the same for the same seed, on the kernels and on their twins, and another for another', async () => {
    const texts = sentences(20);
    const first = await new Word2Vec(options).fit(texts);
    const again = await new Word2Vec(options).fit(texts);
    const other = await new Word2Vec({ ...options, randomState: 1 }).fit(texts);
    expect(again.fitted.vectors).toEqual(first.fitted.vectors);
    expect(other.fitted.vectors).not.toEqual(first.fitted.vectors);
    const twin = await withoutKernels(() => new Word2Vec(options).fit(texts));
    expect(twin.fitted.vectors).toEqual(first.fitted.vectors);
  });

  test('takes texts as it takes their tokens', async () => {
    const tokens = sentences(12);
    const fromTexts = await new Word2Vec(options).fit(tokens.map((words) => words.join(' ').toUpperCase()));
    expect(fromTexts.fitted).toEqual((await new Word2Vec(options).fit(tokens)).fitted);
  });

  test('lists words by how common they are, those of minCount at least', async () => {
    const model = await new Word2Vec({ ...options, minCount: 2 }).fit([['b', 'a', 'c', 'c', 'c', 'b', 'a', 'rare']]);
    expect(model.fitted.words).toEqual(['c', 'a', 'b']);
    expect([...model.fitted.counts]).toEqual([3, 2, 2]);
    expect(model.fitted.vectors).toHaveLength(30);
  });

  test('skips common words at random: all of them where hardly any share is allowed, none where all is', async () => {
    const texts = sentences(40);
    const none = await new Word2Vec({ ...options, sample: 1e-12 }).fit(texts);
    // Nothing is learned: vectors stay where they started.
    expect(Math.max(...none.fitted.vectors.map(Math.abs))).toBeLessThanOrEqual(0.05);
    const all = await new Word2Vec(options).fit(texts);
    expect((await new Word2Vec({ ...options, sample: 1 }).fit(texts)).fitted.vectors).toEqual(all.fitted.vectors);
  });

  test('refuses what is no text, and texts without a common word', async () => {
    await expect(new Word2Vec().fit('one text' as never)).rejects.toThrow('Word2Vec: X must be a list of texts, got one single string "one text".');
    await expect(new Word2Vec().fit([['a', 1]] as never)).rejects.toThrow('Word2Vec: X must hold texts or lists of tokens, row 0 has 1.');
    await expect(new Word2Vec().fit([null] as never)).rejects.toThrow('row 0 has null');
    await expect(new Word2Vec().fit(['once only'])).rejects.toThrow(
      new DataError('Word2Vec: X must have a word that occurs at least 5 times, got 2 rarer ones. Lower minCount.'),
    );
  });
});

describe('DocumentVectors', () => {
  const vectors = new WordVectors(['sun', 'sea', 'sky'], Float32Array.of(1, 0, 0, 1, 2, 2), 2);
  const texts = ['sun sea sun', 'Sky, unknown', 'nothing here', ''];

  test('averages the vectors of known words', async () => {
    const model = new DocumentVectors({ vectors });
    expect(await model.fitTransform(texts)).toBeAllClose([[2 / 3, 1 / 3], [2, 2], [0, 0], [0, 0]]);
    expect(model.featureNamesOut()).toEqual(['documentvectors0', 'documentvectors1']);
  });

  test('weighs words by how few texts have them', async () => {
    const model = await new DocumentVectors({ vectors, weighting: 'idf' }).fit(['sun sea', 'sun', 'sun sky sky']);
    const [sun, sea] = [Math.log(4 / 4) + 1, Math.log(4 / 2) + 1];
    expect(model.fitted.idf).toBeAllClose([sun, sea, sea]);
    expect(await model.transform(['sun sea sun'])).toBeAllClose([[(2 * sun) / (2 * sun + sea), sea / (2 * sun + sea)]]);
  });

  test('brings vectors to length one', async () => {
    const rows = (await new DocumentVectors({ vectors, normalize: true }).fitTransform(texts)).toArray();
    expect(rows.map((row) => Math.hypot(...row))).toBeAllClose([1, 1, 0, 0]);
  });

  test('learns vectors from the texts in fit, and only from those', async () => {
    const train = sentences(200);
    const model = await new DocumentVectors({ word2vec: options }).fit(train);
    const own = await new Word2Vec(options).fit(train);
    expect(model.fitted.vectors).toEqual(own.fitted.vectors);
    const result = await model.transform([['rain', 'neverseen'], ['rain']]);
    expect(result.toArray()[0]).toEqual(result.toArray()[1]);
  });

  test('refuses training options beside given vectors, and options that Word2Vec does not have', async () => {
    await expect(new DocumentVectors({ vectors, word2vec: { epochs: 2 } }).fit(texts)).rejects.toThrow('word2vec must be left out where vectors are given');
    await expect(new DocumentVectors({ word2vec: { epoch: 2 } as never }).fit(texts)).rejects.toThrow('Word2Vec: there is no option epoch. Did you mean epochs?');
  });
});
