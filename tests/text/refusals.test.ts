import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { HashingVectorizer } from '../../src/text/hashing-vectorizer.ts';
import { TfidfTransformer } from '../../src/text/tfidf-transformer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';

async function refusal(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('was not refused');
}

describe.each([
  ['CountVectorizer', CountVectorizer],
  ['TfidfVectorizer', TfidfVectorizer],
  ['HashingVectorizer', HashingVectorizer],
] as const)('%s', (name, Class) => {
  test.each([
    [['a b', null], 'X must hold texts, row 1 has null. Fill it with "" or drop the row.'],
    [['a b', 'c', 3], 'X must hold texts, row 2 has 3.'],
    [[['a']], 'X must hold texts, row 0 has ["a"].'],
    ['one text', 'X must be a list of texts, got one single string "one text". Write [text]'],
    [null, 'X must be a list of texts, got null.'],
    [7, 'X must be a list of texts, got 7.'],
  ])('refuses %j as X', async (X, message) => {
    const error = await refusal(() => new Class().fit(X as any));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(`${name}: ${message}`);
  });

  test.each([
    [{ ngramRange: [2, 1] }, 'ngramRange must be two whole numbers [smallest, largest] with 1 ≤ smallest ≤ largest, got [2, 1]'],
    [{ ngramRange: [0, 1] }, 'ngramRange must be'],
    [{ ngramRange: 2 }, 'ngramRange must be'],
    [{ tokenPattern: /(a)(b)/u }, 'tokenPattern must be a RegExp with at most one capturing group and without the y flag, got /(a)(b)/u'],
    [{ tokenPattern: /a/y }, 'tokenPattern must be'],
    [{ tokenPattern: '\\w+' }, 'tokenPattern must be'],
    [{ analyzer: 'words' }, "analyzer must be 'word', 'char', 'char_wb' or a function"],
    [{ stopWords: 'french' }, "stopWords must be 'english', a list of words or null"],
    [{ stopWords: [1] }, 'stopWords must be'],
    [{ stripAccents: true }, 'stripAccents must be'],
    [{ tokenPatern: /a/ }, 'there is no option tokenPatern. Did you mean tokenPattern?'],
  ])('refuses the options %p', (options, message) => {
    expect(() => new Class(options as any)).toThrow(OptionError);
    expect(() => new Class(options as any)).toThrow(`${name}: ${message}`);
  });

  test('refuses a pattern that the u flag does not allow', async () => {
    const error = await refusal(() => new Class({ tokenPattern: /a{1}{/ as RegExp }).fit(['a']).then());
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message).toContain('tokenPattern must be valid with the u flag');
  });

  test('refuses functions that return no tokens', async () => {
    expect((await refusal(() => new Class({ tokenizer: () => 'abc' }).fit(['a']))).message).toContain('tokenizer must return a list of tokens, got "abc"');
    expect((await refusal(() => new Class({ analyzer: () => [1] as any }).fit(['a']))).message).toContain('analyzer must return texts as tokens, got 1');
    expect((await refusal(() => new Class({ preprocessor: () => null as any }).fit(['a']))).message).toContain('preprocessor must return a text, got null');
  });
});

describe.each([
  ['CountVectorizer', CountVectorizer],
  ['TfidfVectorizer', TfidfVectorizer],
] as const)('%s', (name, Class) => {
  test.each([
    [{}, []],
    [{}, ['', ' \t\n']],
    [{}, ['a b c', '?']],
    [{ stopWords: 'english' as const }, ['the and', 'of']],
    [{ analyzer: 'char' as const, ngramRange: [3, 3] as const }, ['ab', 'cd']],
  ])('refuses an empty vocabulary: %j on %j', async (options, X) => {
    const error = await refusal(() => new Class(options).fit(X));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(`${name}: X must hold at least one term, the vocabulary is empty. Perhaps the documents contain only stop words or blanks`);
  });

  test('refuses bounds that cross, and bounds that leave nothing', async () => {
    const X = ['aa bb', 'aa', 'aa cc', 'aa cc'];
    expect((await refusal(() => new Class({ minDf: 3, maxDf: 0.5 }).fit(X))).message).toBe(
      `${name}: maxDf must not mean fewer documents than minDf, got 2 and 3 of 4 documents.`,
    );
    expect((await refusal(() => new Class({ minDf: 3, maxDf: 3 }).fit(X))).message).toBe(
      `${name}: after pruning no terms remain: none is in at least 3 and at most 3 of 4 documents. Lower minDf or raise maxDf.`,
    );
    expect((await refusal(() => new Class({ minDf: 2, maxDf: 1 }).fit(X))).message).toContain('maxDf: 1 is one document; all documents are { share: 1 }.');
  });

  test.each([[{ minDf: 1.5 }], [{ maxDf: -0.1 }], [{ maxDf: { share: 1.1 } }], [{ minDf: '1' }], [{ maxFeatures: 0 }], [{ maxFeatures: 2.5 }]])(
    'refuses the bound %j',
    (options) => {
      expect(() => new Class(options as any)).toThrow(OptionError);
    },
  );

  test.each([
    [['a', 'b', 'a'], 'vocabulary must hold each term once, got "a" twice'],
    [[], 'vocabulary must have at least one term, got none'],
    [{}, 'vocabulary must have at least one term, got none'],
    [{ a: 0, b: 0 }, 'vocabulary must give each term its own column, got 0 for both "a", "b"'],
    [{ a: 0, b: 2 }, 'vocabulary of 2 terms must use every column from 0 to 1, got 2 for "b"'],
    [new Map([['a', -1]]), 'vocabulary of 1 terms must use every column from 0 to 0, got -1 for "a"'],
    [['a', 1], 'vocabulary must hold texts, got 1 among them'],
  ])('refuses the vocabulary %j', async (vocabulary, message) => {
    const error = await refusal(() => new Class({ vocabulary: vocabulary as any }).fit(['a']));
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message).toContain(`${name}: ${message}`);
  });

  test('asks for fit before transform, columnOf, inverseTransform and featureNamesOut', async () => {
    const vectorizer = new Class();
    expect(await refusal(() => vectorizer.transform(['a']))).toBeInstanceOf(NotFittedError);
    expect(() => vectorizer.columnOf('a')).toThrow(NotFittedError);
    expect(() => vectorizer.inverseTransform([[1]])).toThrow(NotFittedError);
    expect(() => vectorizer.featureNamesOut()).toThrow(NotFittedError);
  });

  test('refuses a matrix with another number of columns to inverseTransform', async () => {
    const vectorizer = await new Class().fit(['aa bb']);
    expect(() => vectorizer.inverseTransform([[1, 2, 3]])).toThrow(ShapeError);
    expect(() => vectorizer.inverseTransform([[1, 2, 3]])).toThrow('X has 3 columns, but the vocabulary has 2 terms');
  });
});

test('TfidfVectorizer asks for fit even with a vocabulary, CountVectorizer does not', async () => {
  const vocabulary = ['cat', 'dog'];
  expect(await refusal(() => new TfidfVectorizer({ vocabulary }).transform(['cat']))).toBeInstanceOf(NotFittedError);
  expect((await new CountVectorizer({ vocabulary }).transform(['cat cat', 'bird'])).toArray()).toEqual([[2, 0], [0, 0]]);
});

test('TfidfTransformer refuses texts and other columns than it saw', async () => {
  expect((await refusal(() => new TfidfTransformer().fit(['a b'] as any))).message).toBe('TfidfTransformer: X must be a Matrix or rows of numbers, got ["a b"]. Put a vectorizer, an encoder or a ColumnTransformer before it.');
  const transformer = await new TfidfTransformer().fit([[1, 0], [2, 1]]);
  expect(await refusal(() => transformer.transform([[1]]))).toBeInstanceOf(ShapeError);
});

test('a term that no document in fit has cannot be weighed and normalised without smoothing', async () => {
  const vocabulary = ['cat', 'dog'];
  const vectorizer = await new TfidfVectorizer({ vocabulary, smoothIdf: false }).fit(['cat']);
  const error = await refusal(() => vectorizer.transform(['cat dog']));
  expect(error).toBeInstanceOf(DataError);
  expect(error.message).toBe(
    'TfidfVectorizer: column 1 must be in a row of fit to be weighed, its idf is infinite. Use smoothIdf: true, or norm: null.',
  );
  expect((await vectorizer.transform(['cat cat'])).toArray()).toEqual([[1, 0]]);
  const raw = await new TfidfVectorizer({ vocabulary, smoothIdf: false, norm: null }).fit(['cat']);
  expect((await raw.transform(['cat dog'])).toArray()).toEqual([[1, Infinity]]);
  const counts = await new TfidfTransformer({ smoothIdf: false }).fit([[1, 0]]);
  expect((await refusal(() => counts.transform([[0, 1]]))).message).toContain('TfidfTransformer: column 1 must be');
});
