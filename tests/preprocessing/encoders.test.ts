import fc from 'fast-check';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { FrequencyEncoder } from '../../src/preprocessing/frequency-encoder.ts';
import { OneHotEncoder } from '../../src/preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../../src/preprocessing/ordinal-encoder.ts';
import { RareCategoryGrouper } from '../../src/preprocessing/rare-category-grouper.ts';
import { TargetEncoder } from '../../src/preprocessing/target-encoder.ts';
import { Table } from '../../src/table/table.ts';

const seeded = { seed: 4, numRuns: 60 };
/** Rows of one text, one number and one boolean column, with missing values. */
const mixedRows = fc.array(
  fc.tuple(fc.constantFrom<string | null>('a', 'b', 'Ä', '', '😀', null), fc.constantFrom<number>(1, 2, -3, 0.5, NaN), fc.boolean()),
  { minLength: 1, maxLength: 20 },
) as fc.Arbitrary<any[][]>;

describe('identities', () => {
  test('inverseTransform undoes transform of every encoder with codes', () =>
    fc.assert(
      fc.asyncProperty(mixedRows, fc.constantFrom<any>(null, 'first', 'ifBinary'), async (rows, drop) => {
        const oneHot = await new OneHotEncoder({ drop }).fit(rows);
        expect(await oneHot.inverseTransform(await oneHot.transform(rows))).toEqual(rows);
        const ordinal = await new OrdinalEncoder({ encodedMissingValue: -1 }).fit(rows);
        expect(await ordinal.inverseTransform(await ordinal.transform(rows))).toEqual(rows);
      }),
      seeded,
    ));

  test('each row has one 1 per column of X, and as many columns as names', () =>
    fc.assert(
      fc.asyncProperty(mixedRows, async (rows) => {
        const encoder = new OneHotEncoder({ sparseOutput: false });
        const encoded = await encoder.fitTransform(rows);
        for (const row of encoded.toArray()) expect(row.reduce((a, b) => a + b, 0)).toBe(3);
        expect(encoder.featureNamesOut().length).toBe(encoded.cols);
        expect((await new OneHotEncoder().fitTransform(rows)).toArray()).toEqual(encoded.toArray());
      }),
      seeded,
    ));

  test('codes are columns of the one-hot matrix', () =>
    fc.assert(
      fc.asyncProperty(mixedRows, async (rows) => {
        const one = rows.map((row) => row.slice(0, 1));
        const codes = (await new OrdinalEncoder().fitTransform(one)).toArray().flat();
        const columns = (await new OneHotEncoder({ sparseOutput: false }).fitTransform(one)).toArray().map((row) => row.indexOf(1));
        expect(codes).toEqual(columns);
      }),
      seeded,
    ));

  test('frequencies of rows that share categories sum to one', () =>
    fc.assert(
      fc.asyncProperty(mixedRows, async (rows) => {
        const encoder = await new FrequencyEncoder().fit(rows);
        for (const frequencies of encoder.fitted.frequencies) expect(frequencies.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      }),
      seeded,
    ));

  test('frequencies are shares or numbers of rows, 0 for a category that fit did not see', async () => {
    const X = [['a'], ['b'], ['a'], ['a']];
    const shares = await new FrequencyEncoder().fit(X);
    expect((await shares.transform([['a'], ['b'], ['c']])).toArray()).toEqual([[0.75], [0.25], [0]]);
    const counts = await new FrequencyEncoder({ normalize: false }).fit(X);
    expect((await counts.transform([['a'], ['b'], ['c']])).toArray()).toEqual([[3], [1], [0]]);
  });

  test('a target encoding without smoothing is the mean of y in each category', async () => {
    const X = [['a'], ['b'], ['a'], ['b'], ['b']];
    const encoder = await new TargetEncoder({ smooth: 0 }).fit(X, [1.5, 2, 2.5, 3, 7]);
    expect(encoder.fitted.encodings).toEqual([Float64Array.of(2, 4)]);
  });

  test('a target copied into a category cannot be read off its cross-fitted encoding', async () => {
    // Every row has a category of its own: fit and transform would hand y to the next stage.
    const X = Array.from({ length: 30 }, (_, i) => [`row ${i}`]);
    const y = X.map((_, i) => ((i * 7) % 30) + 0.5);
    const encoder = new TargetEncoder({ smooth: 0 });
    const crossFitted = (await encoder.fitTransform(X, y)).toArray().flat();
    const direct = (await encoder.transform(X)).toArray().flat();
    expect(direct).toEqual(y);
    // Nothing but the mean of the other folds is left.
    expect(new Set(crossFitted).size).toBeLessThanOrEqual(5);
    for (let i = 0; i < y.length; i++) expect(crossFitted[i]).not.toBe(y[i]);
  });
});

describe('tables', () => {
  const table = Table.from({ city: ['Rome', null, 'Pisa', 'Rome'], rooms: [2, 3, null, 2] });

  test('a missing value is one category, last', async () => {
    const encoder = await new OneHotEncoder().fit(table);
    expect(encoder.fitted.categories).toEqual([['Pisa', 'Rome', NaN], [2, 3, NaN]]);
    expect(encoder.featureNamesOut()).toEqual(['city_Pisa', 'city_Rome', 'city_nan', 'rooms_2', 'rooms_3', 'rooms_nan']);
    expect((await encoder.transform(table)).toArray()[1]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  test('columns are found by name, whatever their order', async () => {
    const encoder = await new OrdinalEncoder().fit(table);
    expect((await encoder.transform(table.select(['rooms', 'city']))).toArray()).toEqual((await encoder.transform(table)).toArray());
  });

  test('an order can be given for one column by name', async () => {
    const encoder = await new OrdinalEncoder({ categories: { city: ['Rome', 'Pisa', NaN] } }).fit(table);
    expect((await encoder.transform(table)).toArray()).toEqual([[0, 0], [NaN, 1], [1, NaN], [0, 0]]);
  });

  test('rows of values, columns and a matrix give the same codes', async () => {
    const rows = [[2, 7], [3, 7], [2, 8]];
    const expected = [[0, 0], [1, 0], [0, 1]];
    for (const X of [rows, DenseMatrix.from(rows), Table.from({ a: [2, 3, 2], b: [7, 7, 8] }), { a: [2, 3, 2], b: [7, 7, 8] }]) {
      expect((await new OrdinalEncoder().fitTransform(X as any)).toArray()).toEqual(expected);
    }
  });
});

describe('RareCategoryGrouper', () => {
  const table = Table.from({ city: ['Rome', 'Rome', 'Pisa', null, 'Rome', 'Bari'], rooms: [1, 2, 3, 4, 5, 6] });

  test('joins rare and new categories, and leaves numbers and missing values alone', async () => {
    const grouper = await new RareCategoryGrouper({ minFrequency: 2 }).fit(table);
    expect(grouper.fitted).toMatchObject({ frequent: [['Rome'], null], rare: [['Bari', 'Pisa'], null] });
    const grouped = await grouper.transform(Table.from({ city: ['Pisa', 'Rome', null, 'Oslo'], rooms: [9, 8, 7, null] }));
    expect(grouped.toObjects()).toEqual([
      { city: 'rare', rooms: 9 },
      { city: 'Rome', rooms: 8 },
      { city: null, rooms: 7 },
      { city: 'rare', rooms: null },
    ]);
  });

  test('can keep new categories, use another word, and limit their number', async () => {
    const grouper = await new RareCategoryGrouper({ minFrequency: null, maxCategories: 2, label: 'other', handleUnknown: 'keep' }).fit(table);
    expect((await grouper.transform(Table.from({ city: ['Oslo', 'Bari'], rooms: [1, 2] }))).strings('city')).toEqual(['Oslo', 'other']);
  });

  test('keeps dates as dates', async () => {
    const dated = Table.from({ city: ['a', 'a'], sold: [new Date(0), null] });
    expect((await new RareCategoryGrouper().fitTransform(dated)).kind('sold')).toBe('date');
  });
});

describe('refusals', () => {
  test('mixed types name both types and the row', async () => {
    await expect(new OneHotEncoder().fit([['a'], [1]])).rejects.toThrow(
      'OneHotEncoder: column 0 must hold values of one type, got string and number (1 in row 1). Make them all text or all numbers.',
    );
  });

  test('a category never seen names column and value', async () => {
    const encoder = await new OneHotEncoder().fit({ city: ['Rome', 'Pisa'] });
    await expect(encoder.transform({ city: ['Oslo'] })).rejects.toThrow(
      'OneHotEncoder: column "city" must hold categories seen in fit ("Pisa", "Rome"), got "Oslo". Set handleUnknown, or map them first.',
    );
    await expect((await new OrdinalEncoder().fit([['a']])).transform([[null]])).rejects.toThrow('column 0 must hold categories seen in fit ("a"), got null');
    await expect((await new FrequencyEncoder({ handleUnknown: 'error' }).fit([['a']])).transform([['b']])).rejects.toThrow('got "b"');
  });

  test('given categories that do not fit', async () => {
    await expect(new OneHotEncoder({ categories: [['a']] }).fit([['a', 'b']])).rejects.toThrow('categories must be 2 lists, one per column, got 1');
    await expect(new OneHotEncoder({ categories: [['a', 'a']] }).fit([['a']])).rejects.toThrow('categories of column 0 must be distinct');
    await expect(new OneHotEncoder({ categories: [['a']] }).fit([['b']])).rejects.toThrow('column 0 must hold categories seen in fit ("a"), got "b"');
    await expect(new OrdinalEncoder({ categories: [[NaN, 1]] }).fit([[1]])).rejects.toThrow('must have NaN last');
    await expect(new OrdinalEncoder({ categories: { town: ['a'] } }).fit({ city: ['a'] })).rejects.toThrow('categories must name columns of X (city), got town');
    await expect(new OrdinalEncoder({ categories: { town: ['a'] } }).fit([['a']])).rejects.toThrow('categories by name need a Table');
  });

  test('a dropped category that is none, or is infrequent', async () => {
    await expect(new OneHotEncoder({ drop: ['z'] }).fit([['a']])).rejects.toThrow('drop must be a category of column 0 ("a"), got "z"');
    await expect(new OneHotEncoder({ drop: ['b'], minFrequency: 2 }).fit([['a'], ['a'], ['b']])).rejects.toThrow('drop must not be infrequent, "b" of column 0 is');
    await expect(new OneHotEncoder({ drop: ['a'] }).fit([['a', 'b']])).rejects.toThrow('drop must have one category per column (2), got 1');
  });

  test('codes that stand for two things', async () => {
    const X = [['a'], ['b'], [NaN]];
    await expect(new OrdinalEncoder({ handleUnknown: 'useEncodedValue' }).fit(X)).rejects.toThrow('unknownValue must be given');
    await expect(new OrdinalEncoder({ unknownValue: 5 }).fit(X)).rejects.toThrow('unknownValue must be null unless');
    await expect(new OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: 1 }).fit(X)).rejects.toThrow('column 0 uses 0 … 1, got 1');
    await expect(new OrdinalEncoder({ encodedMissingValue: 0 }).fit(X)).rejects.toThrow("encodedMissingValue must be no category's code");
  });

  test('rows of zeros that nothing explains, and codes out of range', async () => {
    const oneHot = await new OneHotEncoder().fit([['a'], ['b']]);
    await expect(oneHot.inverseTransform([[0, 0]])).rejects.toThrow('every row must name a category of column 0, row 0 has only zeros');
    await expect(oneHot.inverseTransform([[0, 0, 1]])).rejects.toThrow('X has 3 columns, but transform returns 2');
    const ordinal = await new OrdinalEncoder().fit([['a'], ['b']]);
    await expect(ordinal.inverseTransform([[2]])).rejects.toThrow('codes of column 0 must be whole numbers in 0 … 1, row 0 has 2');
  });

  test('a target that is missing, of the wrong kind, or too small for its folds', async () => {
    await expect(new TargetEncoder().fit([['a']])).rejects.toThrow('TargetEncoder: y must be given');
    await expect(new TargetEncoder({ targetType: 'continuous' }).fit([['a']], ['x'])).rejects.toThrow('y must hold finite numbers, row 0 has "x"');
    await expect(new TargetEncoder({ targetType: 'binary' }).fit([['a'], ['a'], ['b']], ['x', 'y', 'z'])).rejects.toThrow("y must have 2 classes for targetType 'binary', got 3");
    await expect(new TargetEncoder().fitTransform([['a'], ['b']], [1.5, 2])).rejects.toThrow('cv must be at most the number of rows, got 5 folds of 2 rows');
    await expect(new TargetEncoder().fit([['a'], ['b']], [1.5])).rejects.toThrow(/2 rows.*1/);
  });

  test('infinite numbers, ragged rows, other values and a flat list', async () => {
    await expect(new OneHotEncoder().fit({ age: [1, Infinity] })).rejects.toThrow('row 1 column "age" has Infinity');
    await expect(new OneHotEncoder().fit([['a', 'b'], ['a']])).rejects.toThrow('every row must have 2 values as row 0 has, row 1 has 1');
    await expect(new OneHotEncoder().fit([[{}]] as any)).rejects.toThrow('X must hold text, numbers or booleans, row 0 column 0 has {}');
    await expect(new OneHotEncoder().fit(['a', 'b'] as any)).rejects.toThrow('X must be a Table, a Matrix or rows of values');
  });
});
