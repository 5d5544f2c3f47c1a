import { DataError } from '../../src/core/errors.ts';
import { Column } from '../../src/table/column.ts';
import { formatCsv } from '../../src/table/format-csv.ts';
import { Table } from '../../src/table/table.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

describe('NaN', () => {
  const table = Table.from({ x: [1, null, Number.NaN, undefined] });

  test('is a number apart from missing values', () => {
    const x = table.column('x');
    expect([x.missing, x.toArray(), x.at(2)]).toEqual([2, [1, null, Number.NaN, null], Number.NaN]);
    expect(table.row(2)).toEqual({ x: Number.NaN });
    expect(table.row(1)).toEqual({ x: null });
  });

  test('stays apart when rows are taken and columns are made anew', () => {
    const taken = table.take([3, 2, 0, 2]);
    expect([taken.column('x').missing, taken.column('x').toArray()]).toEqual([1, [null, Number.NaN, 1, Number.NaN]]);
    expect(Table.from({ x: table.column('x') }).column('x').missing).toBe(2);
    expect(table.with({ y: table.column('x') }).column('y').missing).toBe(2);
    expect(Table.from(table.toObjects()).column('x').missing).toBe(2);
  });

  test('is the same as missing for models and in CSV', () => {
    expect(table.numbers('x')).toEqual(Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN));
    expect(formatCsv(Table.from({ i: [0, 1, 2], x: [0.5, null, Number.NaN] }))).toBe('i,x\n0,0.5\n1,\n2,\n');
  });

  test('is missing in a typed array, which can hold no null, and among text', () => {
    expect(Column.from('x', Float64Array.of(1, Number.NaN)).missing).toBe(1);
    expect(Column.from<string | number>('x', ['a', Number.NaN]).missing).toBe(1);
  });
});

describe('dates', () => {
  const table = Table.from({ when: [new Date('2024-05-31'), null, new Date('1969-12-31T23:59:59.500Z')] });

  test('are made of Date objects, and read as milliseconds or as dates', () => {
    expect([table.kind('when'), table.column('when').missing]).toEqual(['date', 1]);
    expect(table.column('when').toArray()).toEqual([day('2024-05-31'), null, -500]);
    expect(table.numbers('when')).toEqual(Float64Array.of(day('2024-05-31'), Number.NaN, -500));
    expect(table.toObjects()).toEqual([{ when: new Date('2024-05-31') }, { when: null }, { when: new Date(-500) }]);
    expect(Table.from(table.toObjects()).kind('when')).toBe('date');
  });

  test('are taken, kept from change and written as they read', () => {
    expect(table.take([2, 0]).column('when').toArray()).toEqual([-500, day('2024-05-31')]);
    expect(formatCsv(table)).toBe('when\n2024-05-31 00:00:00\n""\n1969-12-31 23:59:59.500\n');
    expect(formatCsv(table.take([0, 1]))).toBe('when\n2024-05-31\n""\n');
  });

  test('do not mix with others', () => {
    expect(() => Table.from({ when: [new Date(0), 'x'] })).toThrow(new DataError('Table: column "when" must hold values of one type, got date and text ("x" in row 1).'));
    expect(() => table.strings('when')).toThrow('must hold text, but it holds dates');
  });

  test('that are invalid Date objects are missing', () => {
    expect(Table.from({ when: [new Date(Number.NaN), new Date(0)] }).column('when').toArray()).toEqual([null, 0]);
  });
});

describe('categories', () => {
  const sizes = Table.from({ size: ['M', null, 'S', 'M'], x: [1, 2, 3, 4] });

  test('are codes into levels by code point', () => {
    const table = sizes.withCategories({ size: null });
    expect(table.names).toEqual(['size', 'x']);
    expect(table.data('size')).toEqual({ kind: 'category', codes: Int32Array.of(0, -1, 1, 0), levels: ['M', 'S'], values: ['M', null, 'S', 'M'] });
    expect([table.column('size').missing, table.strings('size', { fill: '?' })]).toEqual([1, ['M', '?', 'S', 'M']]);
  });

  test('keep an order that is given, and levels that no row has', () => {
    const table = sizes.withCategories({ size: ['S', 'M', 'L'] }).take([2, 1]);
    expect(table.data('size')).toEqual({ kind: 'category', codes: Int32Array.of(0, -1), levels: ['S', 'M', 'L'], values: ['S', null] });
  });

  test('are refused for values that are no level, and for numbers', () => {
    expect(() => sizes.withCategories({ size: ['S', 'L'] })).toThrow(
      new DataError('Table: column "size" must hold one of S, L, row 0 has "M". Add the level, or correct the value.'),
    );
    expect(() => sizes.withCategories({ x: null })).toThrow(new DataError('Table: column "x" must hold text to become categories, but it holds numbers. Read it as text.'));
  });

  test('are written as text', () => {
    expect(formatCsv(Table.from({ a: ['x,y', 'z'] }).withCategories({ a: null }))).toBe('a\n"x,y"\nz\n');
  });
});

describe('rename', () => {
  test('calls columns by other names, where they stand', () => {
    expect(Table.from({ a: [1], b: ['x'] }).rename({ a: 'b', b: 'a' }).toObjects()).toEqual([{ b: 1, a: 'x' }]);
    expect(Table.from({ a: [1], b: ['x'] }).rename({ a: 'c' }).names).toEqual(['c', 'b']);
  });

  test('refuses a name twice, and a column that is not there', () => {
    expect(() => Table.from({ a: [1], b: [2] }).rename({ a: 'b' })).toThrow(new DataError('Table: two columns would be called "b". Give every column a name of its own.'));
    expect(() => Table.from({ a: [1] }).rename({ c: 'b' })).toThrow('there is no column "c"');
  });
});

describe('Table.from', () => {
  test.each([
    ['a number', 7, 'Table: a table must be given as columns by name, as rows, or as a DataFrame, got 7.'],
    ['a typed array', Float64Array.of(1), 'Table: a table must be given as columns by name, as rows, or as a DataFrame, got a Float64Array of 1.'],
    ['rows that are no objects', [{ a: 1 }, [1]], 'Table: every row must be an object of values by column name, row 1 is [1].'],
    ['null', null, 'Table: a table must be given as columns by name, as rows, or as a DataFrame, got null.'],
  ])('refuses %s', (_, source, message) => {
    expect(() => Table.from(source as never)).toThrow(message);
  });
});
