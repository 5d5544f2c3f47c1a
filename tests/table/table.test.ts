import { DataError, ShapeError } from '../../src/core/errors.ts';
import { encodeLabels, uniqueLabels } from '../../src/core/labels.ts';
import { checkSameRows, rowCount, takeRows } from '../../src/core/rows.ts';
import { Column } from '../../src/table/column.ts';
import { Table } from '../../src/table/table.ts';

const people = (): Table => Table.from({ name: ['Ann', null, 'Cy'], age: [30, 40, null], member: [true, false, null] });

describe('Table', () => {
  test('keeps numbers, text and booleans apart, and missing values apart from them', () => {
    const table = people();
    expect([table.rows, table.names]).toEqual([3, ['name', 'age', 'member']]);
    expect(table.names.map((name) => table.kind(name))).toEqual(['text', 'number', 'boolean']);
    expect(table.toObjects()).toEqual([
      { name: 'Ann', age: 30, member: true },
      { name: null, age: 40, member: false },
      { name: 'Cy', age: null, member: null },
    ]);
  });

  test('is made of rows as well, in order of first appearance, with gaps where a row lacks a name', () => {
    const table = Table.from([{ b: 1 }, { a: 'x', b: 2 }, { c: false }]);
    expect(table.names).toEqual(['b', 'a', 'c']);
    expect(table.column('a').toArray()).toEqual([null, 'x', null]);
    expect(table.numbers('b')).toEqual(Float64Array.of(1, 2, Number.NaN));
  });

  test('made of no rows has no columns, made of no values has columns of numbers', () => {
    expect([Table.from([]).rows, Table.from([]).names]).toEqual([0, []]);
    expect([Table.from({ a: [] }).rows, Table.from({ a: [] }).kind('a')]).toEqual([0, 'number']);
  });

  test('does not change when its sources or its answers are changed', () => {
    const ages = [1, 2];
    const weights = Float64Array.of(3, 4);
    const table = Table.from({ ages, weights });
    ages[0] = 9;
    weights[0] = 9;
    table.numbers('ages')[1] = 9;
    expect(table.toObjects()).toEqual([{ ages: 1, weights: 3 }, { ages: 2, weights: 4 }]);
  });

  test('select takes columns in the order asked for, drop takes the others', () => {
    expect(people().select(['member', 'name']).names).toEqual(['member', 'name']);
    expect(people().drop('age').names).toEqual(['name', 'member']);
    expect(people().drop(['name', 'member']).names).toEqual(['age']);
    expect(people().select([]).rows).toBe(3);
  });

  test('with adds columns at the end and replaces them where they stand', () => {
    const table = people().with({ age: [1, 2, 3], city: ['x', 'y', 'z'] });
    expect(table.names).toEqual(['name', 'age', 'member', 'city']);
    expect(table.row(2)).toEqual({ name: 'Cy', age: 3, member: null, city: 'z' });
    expect(people().names).toHaveLength(3);
  });

  test('take gives rows in the order asked for, also twice; head gives the first', () => {
    expect(people().take([2, 0, 0]).column('name').toArray()).toEqual(['Cy', 'Ann', 'Ann']);
    expect(people().take(Int32Array.of(1)).toObjects()).toEqual([{ name: null, age: 40, member: false }]);
    expect(people().take([]).rows).toBe(0);
    expect(people().head(2).column('age').toArray()).toEqual([30, 40]);
    expect(people().head().rows).toBe(3);
  });

  test('is a sequence of rows to splitters', () => {
    expect(rowCount(people())).toBe(3);
    expect(takeRows(people(), [1]).row(0).age).toBe(40);
    expect(() => checkSameRows('fit', { X: people(), y: [1, 2] })).toThrow('fit: X has 3 rows, but y has 2. Give one y per row.');
  });

  test('numbers gives booleans as 0 and 1, and NaN for what is missing', () => {
    expect(people().numbers('member')).toEqual(Float64Array.of(1, 0, Number.NaN));
  });

  test('strings fills gaps when told with what', () => {
    expect(people().strings('name', { fill: '' })).toEqual(['Ann', '', 'Cy']);
    expect(Table.from({ a: [null, null] }).strings('a', { fill: '-' })).toEqual(['-', '-']);
    expect(Table.from({ a: ['', 'x'] }).strings('a')).toEqual(['', 'x']);
  });

  test.each([
    ['an unknown column', () => people().column('nam'), DataError, 'Table: there is no column "nam". Did you mean "name"? Columns are name, age, member.'],
    ['an unknown column without a likely one', () => people().drop(['x']), DataError, 'Table: there is no column "x". Columns are name, age, member.'],
    ['gaps in texts', () => people().strings('name'), DataError, "Table: column \"name\" must have a text in every row, row 1 has none (1 missing). Give { fill: '' }, or drop these rows."],
    ['numbers as texts', () => people().strings('age'), DataError, "Table: column \"age\" must hold text, but it holds numbers. Read it with { types: { \"age\": 'text' } }."],
    ['texts as numbers', () => people().numbers('name'), DataError, 'Table: column "name" must hold numbers, but row 0 has "Ann". Encode it first.'],
    ['columns of unequal length', () => Table.from({ a: [1, 2], b: [1] }), ShapeError, 'Table: column "b" has 1 values, but "a" has 2.'],
    ['an added column of another length', () => people().with({ b: [1] }), ShapeError, 'Table: column "b" has 1 values, but "name" has 3.'],
    ['a column of mixed types', () => Table.from({ a: [1, null, 'x'] }), DataError, 'Table: column "a" must hold values of one type, got number and text ("x" in row 2).'],
    ['objects as values', () => Table.from({ a: [new Map()] as any }), DataError, 'Table: column "a" must hold numbers, text, booleans or dates, row 0 has a Map.'],
    ['a column that is no list', () => Table.from({ a: 7 as any }), ShapeError, 'Table: column "a" must be an array or a Column, got 7.'],
    ['a row it lacks', () => people().take([0, 3]), ShapeError, 'Table: rows must be whole numbers in [0, 2], got 3.'],
    ['a row between two', () => people().row(0.5), ShapeError, 'Table: rows must be whole numbers in [0, 2], got 0.5.'],
  ])('refuses %s', (_, act, kind, message) => {
    expect(act).toThrow(new kind(message));
    expect(act).toThrow(kind);
  });
});

describe('Column', () => {
  test('is indexed like an array, with null where a value is missing', () => {
    const ages = people().column('age');
    expect([ages.length, ages.rows, ages.name, ages.kind, ages.missing]).toEqual([3, 3, 'age', 'number', 1]);
    expect([ages[0], ages[1], ages[2], ages[3]]).toEqual([30, 40, null, undefined]);
    expect([ages.at(1), ages.at(2)]).toEqual([40, null]);
    expect([...ages]).toEqual([30, 40, null]);
    expect(ages.values).toEqual(Float64Array.of(30, 40, Number.NaN));
  });

  test('stands for labels, and take keeps it a Column', () => {
    const y = Column.from('y', ['b', 'a', 'b']);
    expect(encodeLabels('test', y)).toEqual({ classes: ['a', 'b'], codes: Int32Array.of(1, 0, 1) });
    const taken = takeRows(y, [2, 1]);
    expect(taken).toBeInstanceOf(Column);
    expect([taken.name, ...taken]).toEqual(['y', 'b', 'a']);
    expect(rowCount(y)).toBe(3);
  });

  test('with a gap is refused as labels, naming the row', () => {
    expect(() => uniqueLabels('fit', people().column('member'))).toThrow('fit: every row must have a label, row 2 has null. Fill or drop it.');
  });

  test('is the same object each time a table is asked for it', () => {
    const table = people();
    expect(table.column('age')).toBe(table.column('age'));
  });

  test('can be a column of a table again', () => {
    const table = people();
    expect(Table.from({ who: table.column('name'), ok: table.column('member'), n: table.column('age') }).toObjects()).toEqual(
      table.toObjects().map(({ name, age, member }) => ({ who: name, ok: member, n: age })),
    );
  });

  test('treats NaN among text as missing, as pandas does', () => {
    expect(Column.from<string | number>('x', [Number.NaN, 'a', undefined]).toArray()).toEqual([null, 'a', null]);
  });

  test('refuses a row outside, by at and by take', () => {
    expect(() => people().column('age').at(3)).toThrow(new ShapeError('Column: row 3 lies outside "age" of 3 rows.'));
    expect(() => people().column('age').take([-1])).toThrow(new ShapeError('Column: rows must be whole numbers in [0, 2], got -1.'));
  });
});
