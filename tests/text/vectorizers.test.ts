import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { ENGLISH_STOP_WORDS } from '../../src/text/english-stop-words.ts';
import { HashingVectorizer } from '../../src/text/hashing-vectorizer.ts';
import { TfidfTransformer } from '../../src/text/tfidf-transformer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';

const texts = ['see the cat', 'the dog, the cat', 'a bird'];

test('tf-idf of texts is tf-idf of their counts', async () => {
  const counts = await new CountVectorizer().fitTransform(texts);
  const weights = await new TfidfTransformer({ sublinearTf: true }).fitTransform(counts);
  const direct = await new TfidfVectorizer({ sublinearTf: true }).fitTransform(texts);
  expect(direct.toArray()).toEqual((weights as typeof direct).toArray());
});

test('rows of tf-idf have length 1, and a row without known terms stays zero', async () => {
  const vectorizer = await new TfidfVectorizer().fit(texts);
  const X = await vectorizer.transform(['see cat', 'nothing known', '']);
  const lengths = X.toArray().map((row) => Math.hypot(...row));
  expect(lengths).toBeAllClose([1, 0, 0]);
});

test('TfidfTransformer leaves what it is given as it was', async () => {
  const counts = await new CountVectorizer().fitTransform(texts);
  const before = counts.toArray();
  await new TfidfTransformer().fitTransform(counts);
  expect(counts.toArray()).toEqual(before);
});

test('accepts anything with length and index as texts', async () => {
  const column = { length: 2, 0: 'cat dog', 1: 'dog' };
  const X = await new CountVectorizer().fitTransform(column);
  expect(X.toArray()).toEqual([[1, 1], [0, 1]]);
});

test('transforms no rows to no rows, and never extends the vocabulary', async () => {
  const vectorizer = await new CountVectorizer().fit(texts);
  const before = [...vectorizer.fitted.vocabulary];
  const none = await vectorizer.transform([]);
  expect([none.rows, none.cols]).toEqual([0, before.length]);
  await vectorizer.transform(['entirely new words']);
  expect(vectorizer.fitted.vocabulary).toEqual(before);
});

test('finds the few features of one text in a large vocabulary', async () => {
  const words = Array.from({ length: 500 }, (_, i) => `word${i}`);
  const vectorizer = await new CountVectorizer().fit([words.join(' ')]);
  const X = await vectorizer.transform(['word7 unknown word499 word7']);
  expect([...X.indices].map((j) => vectorizer.fitted.vocabulary[j])).toEqual(['word499', 'word7']);
  expect([...X.data]).toEqual([1, 2]);
});

test('looks up the column of a term', async () => {
  const vectorizer = await new CountVectorizer().fit(texts);
  expect(vectorizer.columnOf('dog')).toBe(vectorizer.fitted.vocabulary.indexOf('dog'));
  expect(vectorizer.columnOf('wolf')).toBeUndefined();
});

test('takes a given vocabulary from a list, a Set, a Map or an object', async () => {
  const forms = [['dog', 'cat'], new Map([['cat', 1], ['dog', 0]]), { cat: 1, dog: 0 }];
  for (const vocabulary of forms) {
    const vectorizer = await new CountVectorizer({ vocabulary }).fit(texts);
    expect(vectorizer.fitted.vocabulary).toEqual(['dog', 'cat']);
    expect(vectorizer.fitted.fixedVocabulary).toBe(true);
  }
  const sorted = await new CountVectorizer({ vocabulary: new Set(['dog', 'cat']) }).fit(texts);
  expect(sorted.fitted.vocabulary).toEqual(['cat', 'dog']);
});

test('a whole maxDf is a number of documents, { share } a share of them', async () => {
  const X = ['aa bb', 'aa'];
  expect((await new CountVectorizer({ maxDf: 1 }).fit(X)).fitted.vocabulary).toEqual(['bb']);
  expect((await new CountVectorizer({ maxDf: { share: 1 } }).fit(X)).fitted.vocabulary).toEqual(['aa', 'bb']);
});

test('does not depend on the flags or the state of the pattern it is given', async () => {
  const pattern = /\w+/g;
  pattern.lastIndex = 5;
  for (const tokenPattern of [pattern, /\w+/, /\w+/u, /\w+/gu, /\w+/dgu, new RegExp('\\w+', 'v')]) {
    const vectorizer = new CountVectorizer({ tokenPattern });
    await vectorizer.fit(['é 中 x']);
    await vectorizer.fit(['é 中 x']);
    expect(vectorizer.fitted.vocabulary).toEqual(['x', 'é', '中']);
  }
  expect(pattern.lastIndex).toBe(5);
});

test('accepts superfluous escapes of patterns written without the u flag', async () => {
  // eslint-disable-next-line no-useless-escape
  const vectorizer = await new CountVectorizer({ tokenPattern: /[\w\'\-]+|\:\-\)/ }).fit(["it's well-known :-)"]);
  expect(vectorizer.fitted.vocabulary).toEqual([':-)', "it's", 'well-known']);
});

test('knows the stop words in force', () => {
  expect(new CountVectorizer().getStopWords()).toBeNull();
  expect(new CountVectorizer({ stopWords: 'english' }).getStopWords()).toBe(ENGLISH_STOP_WORDS);
  expect(new HashingVectorizer({ stopWords: ['a', 'a', 'b'] }).getStopWords()).toEqual(new Set(['a', 'b']));
  expect(ENGLISH_STOP_WORDS.size).toBe(318);
});

test('hashing needs no fit, keeps terms that cancel as stored zeros, and names its columns', async () => {
  const vectorizer = new HashingVectorizer({ nFeatures: 1, norm: null });
  // The hash of one is negative, that of the other is not.
  const X = await vectorizer.transform(['aa cc', '']);
  expect([X.nnz, X.at(0, 0), X.at(1, 0)]).toEqual([1, 0, 0]);
  expect(vectorizer.isFitted).toBe(false);
  expect(vectorizer.featureNamesOut()).toEqual(['hash0']);
});

describe('notes', () => {
  const notes = async (options: object, X = ['cats and dogs']): Promise<readonly string[]> => (await new CountVectorizer(options).fit(X)).fitted.notes;

  test('are empty when there is nothing to say', async () => {
    expect(await notes({})).toEqual([]);
    expect(await notes({ stopWords: 'english' })).toEqual([]);
  });

  test('say when tokenPattern drops much of the texts', async () => {
    const [note] = await notes({}, ['[0 43 2 66]', '[1 2 77 8]']);
    expect(note).toContain('drops 63% of the words because they are too short (5 of 8). Use /\\w+/u');
    expect(await notes({ tokenPattern: /\w+/u }, ['[0 43 2 66]', '[1 2 77 8]'])).toEqual([]);
  });

  test('count dropped words in the rows of the slice alone', async () => {
    const vectorizer = new CountVectorizer();
    const analyzed = vectorizer.hoist(['aa bb cc', 'a b c dd']);
    await vectorizer.fit(analyzed.take([0]));
    expect(vectorizer.fitted.notes).toEqual([]);
    await vectorizer.fit(analyzed.take([1]));
    expect(vectorizer.fitted.notes[0]).toContain('(3 of 4)');
  });

  test('name options without effect', async () => {
    expect(await notes({ analyzer: 'char', stopWords: ['a'], tokenPattern: /a/, tokenizer: () => [] })).toEqual([
      "CountVectorizer: stopWords has no effect, since analyzer is 'char'.",
      "CountVectorizer: tokenPattern has no effect, since analyzer is 'char'.",
      "CountVectorizer: tokenizer has no effect, since analyzer is 'char'.",
    ]);
    expect(await notes({ tokenizer: (t: string) => [t], tokenPattern: /a/ })).toEqual([
      'CountVectorizer: tokenPattern has no effect, since tokenizer takes its place.',
    ]);
    expect(await notes({ analyzer: (t: string) => [t], preprocessor: (t: string) => t, ngramRange: [1, 2] })).toHaveLength(2);
  });

  test('name stop words that tokens can never equal', async () => {
    expect((await notes({ stopWords: ["don't"] }))[0]).toContain('make of them words that the list lacks: don. Add these.');
    expect((await notes({ stopWords: ['The'] }))[0]).toContain('lacks: the.');
  });

  test('name given terms that no lowercased text can have', async () => {
    expect((await notes({ vocabulary: ['cats', 'Dogs'] }))[0]).toContain('vocabulary has upper-case letters ("Dogs")');
    expect(await notes({ vocabulary: ['cats', 'Dogs'], lowercase: false })).toEqual([]);
  });
});
