import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { IterativeImputer } from '../../src/impute/iterative-imputer.ts';
import { KNNImputer } from '../../src/impute/knn-imputer.ts';
import { MissingIndicator } from '../../src/impute/missing-indicator.ts';
import { SimpleImputer } from '../../src/impute/simple-imputer.ts';
import { Table } from '../../src/table/table.ts';


describe('SimpleImputer over tables', () => {
  test('returns a table as soon as one column holds text, each column filled in its own way', async () => {
    const table = Table.from({ age: [1, null, 3], city: ['b', null, 'a'], paid: [true, null, true] });
    const filled = await (await new SimpleImputer({ strategy: 'mostFrequent' }).fit(table)).transform(table);
    expect((filled as Table).toObjects()[1]).toEqual({ age: 1, city: 'a', paid: true });
    const constant = await (await new SimpleImputer({ strategy: 'constant' }).fit(table)).transform(table);
    expect((constant as Table).toObjects()[1]).toEqual({ age: 0, city: 'missing_value', paid: false });
  });

  test('returns a matrix for numbers and booleans', async () => {
    const table = Table.from({ age: [1, null, 3], paid: [true, false, null] });
    const filled = await (await new SimpleImputer().fit(table)).transform(table);
    expect((filled as DenseMatrix).toArray()).toEqual([[1, 1], [2, 0], [3, 0.5]]);
  });

  test('finds columns by name, whatever their order', async () => {
    const imputer = await new SimpleImputer().fit({ a: [1, 3], b: [10, null] });
    expect((await imputer.transform(Table.from({ b: [null], a: [null] })) as DenseMatrix).toArray()).toEqual([[2, 10]]);
    expect(imputer.featureNamesOut()).toEqual(['a', 'b']);
  });

  test('marks what was missing in named columns', async () => {
    const imputer = await new SimpleImputer({ strategy: 'mostFrequent', addIndicator: true }).fit({ city: ['a', null], age: [1, 2] });
    expect(imputer.featureNamesOut()).toEqual(['city', 'age', 'missingindicator_city']);
    expect((await imputer.transform(Table.from({ city: [null], age: [5] })) as Table).toObjects()).toEqual([{ city: 'a', age: 5, missingindicator_city: 1 }]);
  });

  test.each([
    [-1, { size: [1, -1, 1], city: ['b', 'c', 'b'] }, { size: 1, city: 'c' }],
    ['?', { size: [1, 2, 1], city: ['b', '?', 'b'] }, { size: 2, city: 'b' }],
  ])('fills what stands for a missing value, %p, beside texts', async (missingValues, columns, second) => {
    const table = Table.from(columns);
    const imputer = await new SimpleImputer({ strategy: 'mostFrequent', missingValues }).fit(table);
    expect(((await imputer.transform(table)) as Table).toObjects()[1]).toEqual(second);
    expect(table.toObjects()[1]).toEqual({ size: columns.size[1], city: columns.city[1] });
  });

  test('a column of a Table that has no gaps stays the same one, with what is known of its texts', async () => {
    const table = Table.from({ city: ['b', 'b', 'a'], street: ['x', null, 'x'], size: [1, 2, 3] });
    const imputer = await new SimpleImputer({ strategy: 'mostFrequent' }).fit(table);
    const filled = (await imputer.transform(table)) as Table;
    expect(filled.data('city')).toBe(table.data('city'));
    expect(filled.data('size')).toBe(table.data('size'));
    expect(filled.column('street').toArray()).toEqual(['x', 'x', 'x']);
    const later = Table.from({ city: ['b', null], street: ['y', 'x'], size: [null, 2] });
    expect(((await imputer.transform(later)) as Table).toObjects()).toEqual([
      { city: 'b', street: 'y', size: 1 },
      { city: 'b', street: 'x', size: 2 },
    ]);
    expect(later.column('city').toArray()).toEqual(['b', null]);
  });

  test('keeps dates as dates', async () => {
    const day = Date.UTC(2024, 4, 31);
    const table = Table.from({ sold: [new Date(day), null, new Date(day)], city: ['a', 'b', 'a'] });
    const filled = (await (await new SimpleImputer({ strategy: 'mostFrequent' }).fit(table)).transform(table)) as Table;
    expect([filled.kind('sold'), filled.column('sold').at(1)]).toEqual(['date', day]);
  });

  test('fills a text column of new rows that hold no text at all', async () => {
    const imputer = await new SimpleImputer({ strategy: 'mostFrequent' }).fit({ city: ['a', 'b', 'a'] });
    expect(((await imputer.transform(Table.from({ city: [null, null] }))) as Table).strings('city')).toEqual(['a', 'a']);
  });

  test('names a dropped column in a note', async () => {
    const imputer = await new SimpleImputer().fit({ age: [1, 2], pool: [null, null] });
    expect(imputer.fitted.notes).toEqual(['SimpleImputer: columns without any value are dropped: pool. Set keepEmptyFeatures: true to keep them.']);
    expect(imputer.featureNamesOut()).toEqual(['age']);
  });
});

describe('refusals', () => {
  test('a mean of text names the value and its place', async () => {
    await expect(new SimpleImputer().fit({ age: [1, 2], city: [null, 'Rome'] })).rejects.toThrow(
      `SimpleImputer: strategy 'mean' needs numbers, row 1 column "city" has "Rome". Use strategy: 'mostFrequent' or 'constant'.`,
    );
  });

  test('a median of numbers with a word among them names the word', async () => {
    await expect(new SimpleImputer({ strategy: 'median' }).fit({ age: ['22', null, '38', 'abc', '7'] })).rejects.toThrow(
      `SimpleImputer: strategy 'median' needs numbers, row 3 column "age" has "abc". Correct it, or name it in naWords when you read the file.`,
    );
  });

  test('a fill of another type than its column', async () => {
    await expect(new SimpleImputer({ strategy: 'constant', fillValue: 'none' }).fit([[1], [NaN]])).rejects.toThrow('fillValue must be a number');
    await expect(new SimpleImputer({ strategy: 'constant', fillValue: 7 }).fit({ city: ['a', null] })).rejects.toThrow('fillValue must be text for column "city"');
  });

  test('words where fit saw numbers', async () => {
    const imputer = await new SimpleImputer().fit({ age: [1, 2] });
    await expect(imputer.transform({ age: ['1', 'old'] } as any)).rejects.toThrow('column "age" must hold numbers as in fit, row 0 has "1"');
  });

  test('a column of mixed types', async () => {
    await expect(new SimpleImputer({ strategy: 'mostFrequent' }).fit([['a'], [1]])).rejects.toThrow('column 0 must hold values of one type, got string and number (1 in row 1)');
  });

  test('a missing or extra column, with the nearest name', async () => {
    const imputer = await new SimpleImputer().fit({ age: [1, 2], rooms: [1, 2] });
    await expect(imputer.transform({ age: [1], room: [2] })).rejects.toThrow('X must have column "rooms" as in fit, got age, room. Is it "room"?');
    await expect(imputer.transform({ age: [1] })).rejects.toThrow('X has 1 columns, but 2 were seen in fit');
  });

  test('infinite values, by name', async () => {
    await expect(new SimpleImputer().fit({ age: [1, Infinity] })).rejects.toThrow('row 1 column "age" has Infinity');
  });

  test('zero as missing in a sparse matrix', async () => {
    await expect(new SimpleImputer({ missingValues: 0 }).fit(CsrMatrix.from([[0, 1]]))).rejects.toThrow('missingValues: 0 would fill a sparse matrix');
  });

  test('missing values where fit had none, unless they are expected', async () => {
    const indicator = await new MissingIndicator().fit({ a: [1, null], b: [1, 2] });
    await expect(indicator.transform({ a: [1], b: [null] })).rejects.toThrow('only columns with missing values in fit may have them, got b too');
  });

  test('limits of another length or in the wrong order', async () => {
    await expect(new IterativeImputer({ minValue: [1] }).fit([[1, 2], [NaN, 3]])).rejects.toThrow('minValue must be one per column (2), got 1');
    await expect(new IterativeImputer({ minValue: 3, maxValue: 2 }).fit([[1, 2], [NaN, 3]])).rejects.toThrow('minValue must be below maxValue, column 0 has 3 and 2');
  });
});

test('the nearest rows of fit are counted, not those of the table to be filled', async () => {
  const imputer = await new KNNImputer({ nNeighbors: 1 }).fit([[0, 1], [10, 2]]);
  expect((await imputer.transform([[9, NaN], [9, 777]])).toArray()).toEqual([[9, 2], [9, 777]]);
});

test('an iterative imputer recovers a linear relation', async () => {
  const X = Array.from({ length: 40 }, (_, i) => [i, 3 * i - 7, 50 - 2 * i]);
  const holes = X.map((row, i) => row.map((value, j) => ((i + j) % 5 === 0 && i % 2 === j % 2 ? NaN : value)));
  const filled = (await new IterativeImputer({ maxIter: 100, tol: 1e-9 }).fitTransform(holes)).toArray();
  expect(filled).toBeAllClose(X, { absolute: 1e-3, relative: 1e-3 });
});
