import {
  ColumnTransformer, columns, CountVectorizer, DataError, DenseMatrix, LogisticRegression, Normalizer, OneHotEncoder, OptionError, Pipeline, SimpleImputer, StandardScaler,
  Table, crossValidate, type ColumnKind,
} from '../../src/index.ts';

const table = () =>
  Table.from({
    age: [20, null, 40, 60],
    city: ['Oslo', 'Rome', null, 'Oslo'],
    isOld: [false, false, null, true],
    note: ['a b', null, 'b', 'a'],
    born: [new Date(0), new Date(1), null, null],
  });

const usual = () =>
  new ColumnTransformer([
    ['numbers', new Pipeline([['fill', new SimpleImputer()], ['scale', new StandardScaler()]]), columns.numeric],
    ['words', new OneHotEncoder({ handleUnknown: 'ignore' }), ['city']],
  ]);

/** Tells what it was given. */
const spy = (takes: string) => {
  const seen: unknown[] = [];
  const stage: any = {
    seen,
    takes,
    options: {},
    isFitted: true,
    fitted: {},
    clone: () => stage,
    with: () => stage,
    fit: async () => stage,
    fitTransform: async (X: unknown) => stage.transform(X),
    transform: async (X: any) => {
      seen.push(X);
      return new DenseMatrix(X.rows ?? X.length, 1);
    },
    featureNamesOut: () => ['one'],
  };
  return stage;
};

describe('ColumnTransformer', () => {
  test('hands each stage what it takes', async () => {
    const [matrix, tables, any, anyWords, texts] = ['matrix', 'table', 'any', 'any', 'texts'].map(spy);
    await new ColumnTransformer([
      ['matrix', matrix, ['age', 'isOld']],
      ['table', tables, ['born', 'age', 'city']],
      ['any', any, ['isOld']],
      ['anyWords', anyWords, ['isOld', 'city']],
      ['texts', texts, 'note'],
    ]).fit(table());
    expect(matrix.seen[0].toArray()).toEqual([[20, 0], [Number.NaN, 0], [40, Number.NaN], [60, 1]]);
    expect([tables.seen[0].names, tables.seen[0].kind('born')]).toEqual([['born', 'age', 'city'], 'date']);
    expect(any.seen[0]).toBeInstanceOf(DenseMatrix);
    expect(anyWords.seen[0]).toBeInstanceOf(Table);
    expect(texts.seen[0]).toEqual(['a b', '', 'b', 'a']);
  });

  test('finds the columns of fit by name, in any order and among others', async () => {
    const transformer = await usual().fit(table());
    const expected = (await transformer.transform(table())).toArray();
    const shuffled = table().select(['note', 'city', 'age']).with({ extra: [1, 2, 3, 4], another: ['x', 'y', 'z', 'x'] });
    expect((await transformer.transform(shuffled)).toArray()).toEqual(expected);
  });

  test('takes columns without values, categories for text, and nothing of the rows', async () => {
    const transformer = await usual().fit(table());
    const gaps = await transformer.transform({ age: [null, null], city: [null, null] });
    expect(gaps.toArray()).toEqual([[0, 0, 0, 1], [0, 0, 0, 1]]);
    const categories = table().withCategories({ city: null });
    expect((await transformer.transform(categories)).toArray()).toEqual((await transformer.transform(table())).toArray());
    expect(await transformer.transform(table().take([]))).toMatchObject({ rows: 0, cols: 4 });
  });

  test('forgets nothing that a restored copy needs', async () => {
    const transformer = await usual().fit(table());
    const copy = usual().restore(transformer.fitted);
    expect((await copy.transform(table())).toArray()).toEqual((await transformer.transform(table())).toArray());
    expect(copy.featureNamesOut()).toEqual(['numbers__age', 'words__city_Oslo', 'words__city_Rome', 'words__city_nan']);
    expect(copy.fitted).toEqual(transformer.fitted);
  });

  test('keeps apart what is fitted and what its clone and its changed copy are', async () => {
    const transformer = await usual().fit(table());
    const changed = transformer.with({ words: { drop: 'first' }, numbers: { fill: { strategy: 'median' } }, sparseThreshold: 1 });
    expect([changed.isFitted, transformer.isFitted, transformer.clone().isFitted]).toEqual([false, true, false]);
    expect(changed.namedSteps.words.options.drop).toBe('first');
    expect(changed.namedSteps.numbers.namedSteps.fill.options.strategy).toBe('median');
    expect(transformer.namedSteps.words.options.drop).toBe(null);
    expect((await changed.fitTransform(table())).kind).toBe('csr');
  });

  test('changes a remainder that is a stage', () => {
    const scaled = new ColumnTransformer([['words', new OneHotEncoder(), ['city']]], { remainder: new StandardScaler() });
    expect((scaled.with({ remainder: { withMean: false } }).options.remainder as StandardScaler).options.withMean).toBe(false);
    expect(scaled.with({ remainder: 'drop' }).options.remainder).toBe('drop');
  });

  test('passes on what its parts have to say', async () => {
    const transformer = await new ColumnTransformer([['fill', new SimpleImputer(), ['age', 'empty']]]).fit(table().with({ empty: [null, null, null, null] }));
    expect(transformer.fitted.notes).toEqual([expect.stringMatching(/^fill: .*empty|^fill: .*column/)]);
  });

  test('learns within the fold only', async () => {
    const n = 60;
    const X = Table.from({ x: Array.from({ length: n }, (_, i) => i), word: Array.from({ length: n }, (_, i) => `w${i}`) });
    const y = Array.from({ length: n }, (_, i) => i % 2);
    const model = new Pipeline([
      ['columns', new ColumnTransformer([['numbers', new StandardScaler(), ['x']], ['words', new OneHotEncoder({ handleUnknown: 'ignore' }), ['word']]])],
      ['classify', new LogisticRegression()],
    ]);
    const cv = await crossValidate(model, X, y, { cv: 3, returnEstimator: true });
    for (const { estimator, testRows } of cv.folds as any[]) {
      const { columns: stage } = estimator.namedSteps;
      expect(stage.namedSteps.words.fitted.categories[0]).toHaveLength(40);
      for (const row of testRows ?? []) expect(stage.namedSteps.words.fitted.categories[0]).not.toContain(`w${row}`);
    }
  });
});

describe('ColumnTransformer refuses', () => {
  const scaler = () => new StandardScaler();

  test.each<[string, () => unknown, string]>([
    ['no parts', () => new ColumnTransformer([]), 'ColumnTransformer: transformers must be a list of at least one [name, stage, columns], got [].'],
    ['no list', () => new ColumnTransformer({} as never), 'ColumnTransformer: transformers must be given. They are a list of [name, stage, columns].'],
    ['two parts of one name', () => new ColumnTransformer([['a', scaler(), 'x'], ['a', 'drop', 'y']]), 'ColumnTransformer: step names must be distinct, "a" stands twice.'],
    ['the name of an option', () => new ColumnTransformer([['remainder', scaler(), 'x']]), 'ColumnTransformer: no part must be called remainder, which is an option. Use another name.'],
    ['no choice of columns', () => new ColumnTransformer([['a', scaler()] as never]), 'ColumnTransformer: part "a" must choose columns by name, by a list, or by columns.numeric and the like, got undefined.'],
    ['a stage that does not transform', () => new ColumnTransformer([['a', new LogisticRegression() as never, 'x']]), 'ColumnTransformer: part "a" must be a transformer, got a LogisticRegression.'],
    ['an unknown word', () => new ColumnTransformer([['a', 'keep' as never, 'x']]), 'ColumnTransformer: step "a" must be an estimator, got "keep". Write new before its class name.'],
    ['a change of a part it lacks', () => usual().with({ wrods: {} } as never), 'ColumnTransformer: there is no part wrods with a stage. Did you mean words?'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });

  test.each<[string, () => Promise<unknown>, string | RegExp]>([
    ['a column that is not there', () => new ColumnTransformer([['a', scaler(), ['aeg']]]).fit(table()), 'ColumnTransformer: part "a": there is no column "aeg". Did you mean "age"? Columns are age, city, isOld, note, born.'],
    ['words where numbers must be', () => new ColumnTransformer([['a', scaler(), ['age', 'city']]]).fit(table()), 'ColumnTransformer: part "a": column "city" must hold numbers, row 0 has "Oslo". Use an encoder, or choose other columns.'],
    ['a word among numbers', () => new ColumnTransformer([['a', scaler(), ['x']]]).fit({ x: ['22', '38', 'abc', null, '7'] }), 'ColumnTransformer: part "a": column "x" must hold numbers, row 2 has "abc". Correct it, or name it in naWords when you read the file.'],
    ['numbers kept as text', () => new ColumnTransformer([['a', scaler(), ['x']]]).fit({ x: [null, '007'] }), 'ColumnTransformer: part "a": column "x" must hold numbers, row 1 has "007". Use an encoder, or choose other columns.'],
    ['dates where numbers must be', () => new ColumnTransformer([['a', scaler(), columns.date]]).fit(table()), 'ColumnTransformer: part "a": column "born" must hold numbers, row 0 has 1970-01-01T00:00:00.000Z. Use DateFeatures.'],
    ['words passed through', () => new ColumnTransformer([['a', 'passthrough', ['city']]]).fit(table()), 'ColumnTransformer: part "a": column "city" must hold numbers, row 0 has "Oslo".'],
    ['two columns for a vectorizer', () => new ColumnTransformer([['a', new CountVectorizer(), ['city', 'note']]]).fit(table()), 'ColumnTransformer: part "a": a vectorizer takes one text column, got city, note. Give each column a part of its own.'],
    ['numbers for a vectorizer', () => new ColumnTransformer([['a', new CountVectorizer(), 'age']]).fit(table()), 'ColumnTransformer: part "a": Table: column "age" must hold text, but it holds numbers.'],
    ['a gap, naming the column', () => new ColumnTransformer([['a', new Normalizer(), ['isOld', 'age']]]).fit(table()), /^ColumnTransformer: part "a": Normalizer: X must hold finite numbers, row 1 column 1 \(age\) has NaN\./],
    ['an infinite value, naming the column', () => new ColumnTransformer([['a', scaler(), ['x']]]).fit({ x: [1, Infinity] }), /row 1 column 0 \(x\) has Infinity/],
    ['an infinite value in the first step of a pipeline', () => new ColumnTransformer([['a', new Pipeline([['fill', new SimpleImputer()], ['scale', scaler()]]), ['age', 'x']]]).fit({ age: [1, 2], x: [1, Infinity] }), 'ColumnTransformer: part "a": Pipeline: step "fill": SimpleImputer: X must hold finite numbers, row 1 column 1 (x) has Infinity.'],
    ['no column at all', () => new ColumnTransformer([['a', scaler(), columns.matching(/^zz/)]]).fit(table()), 'ColumnTransformer: at least one column must be chosen, got none of age, city, isOld, note, born.'],
    ['transform before fit', () => usual().transform(table()), 'ColumnTransformer: fit must come first.'],
    ['what is no table', () => usual().fit(7 as never), 'Table: a table must be given as columns by name, as rows, or as a DataFrame, got 7.'],
    ['ragged rows', () => new ColumnTransformer([['a', scaler(), ['x0']]]).fit([[1, 2], [3]] as never), 'ColumnTransformer: every row must have 2 values as row 0 has, row 1 has [3].'],
  ])('%s', async (_, work, message) => {
    await expect(work()).rejects.toThrow(message);
  });

  test('names the dropped columns of its parts in notes', async () => {
    const X = Table.from({ age: [1, 2], pool: [null, null], x1: [null, null] });
    const dropped = 'SimpleImputer: columns without any value are dropped: pool, x1. Set keepEmptyFeatures: true to keep them.';
    const piped = await new ColumnTransformer([['a', new Pipeline([['fill', new SimpleImputer()], ['scale', scaler()]]), ['age', 'pool', 'x1']]]).fit(X);
    expect(piped.fitted.notes).toEqual([`a.fill: ${dropped}`]);
    expect((await new ColumnTransformer([['a', new SimpleImputer(), ['pool', 'x1', 'age']]]).fit(X)).fitted.notes).toEqual([`a: ${dropped}`]);
  });

  test.each<[string, object, string]>([
    ['a missing column', { city: ['Oslo'] }, 'ColumnTransformer: X must have the columns of fit, one is missing: age. Give the same columns as in fit, in any order.'],
    ['a renamed column', { Age: [1], city: ['Oslo'] }, 'ColumnTransformer: X must have the columns of fit, one is missing: age. Columns that fit did not use are Age.'],
    ['words in a column of numbers', { age: [null, 'old'], city: ['Oslo', 'Oslo'] }, 'ColumnTransformer: column "age" must hold numbers as in fit, but holds text ("old" in row 1). Read both tables with the same types.'],
    ['numbers in a column of words', { age: [1], city: [7] }, 'ColumnTransformer: column "city" must hold text as in fit, but holds numbers (7 in row 0). Read both tables with the same types.'],
    ['booleans in a column of numbers', { age: [true], city: ['Oslo'] }, 'ColumnTransformer: column "age" must hold numbers as in fit, but holds booleans (true in row 0).'],
  ])('in transform %s', async (_, X, message) => {
    const transformer = await usual().fit(table());
    const error: Error = await transformer.transform(X as never).then(() => new Error('transformed'), (e) => e);
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(message);
  });

  test('text in a column that held no value in fit', async () => {
    const transformer = await new ColumnTransformer([['fill', new SimpleImputer({ keepEmptyFeatures: true }), ['age', 'empty']]]).fit({ age: [1, 2], empty: [null, null] });
    expect(transformer.fitted.kinds).toEqual({ age: 'number', empty: 'empty' } satisfies Record<string, ColumnKind | 'empty'>);
    expect((await transformer.transform({ age: [1], empty: [5] })).toArray()).toEqual([[1, 5]]);
    await expect(transformer.transform({ age: [1], empty: ['x'] })).rejects.toThrow('ColumnTransformer: column "empty" held no value in fit, but holds text now. Leave it out, or read it with a type.');
  });

  test('equal names of the result', async () => {
    const transformer = await new ColumnTransformer([['a', scaler(), ['age']], ['b', new SimpleImputer(), ['age']]], { verboseFeatureNamesOut: false }).fit(table());
    expect(() => transformer.featureNamesOut()).toThrow('ColumnTransformer: names of the result must be distinct, these come from several parts: age. Use verboseFeatureNamesOut: true.');
  });
});
