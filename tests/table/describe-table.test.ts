import { inspect } from 'node:util';
import { Table } from '../../src/table/table.ts';

const table = Table.from({
  id: ['p1', 'p2', 'p3', 'p4', 'p5'],
  age: [30, null, 41.5, 30, Number.NaN],
  city: ['Oslo', 'Rome', 'Oslo', null, 'A city with quite a long name'],
  member: [true, false, true, true, null],
  born: [new Date('1990-01-02'), new Date('1980-03-04'), null, null, new Date('1990-01-02')],
  empty: [null, null, null, null, null],
});

describe('describe', () => {
  test('gives kinds, missing values, spread, the most frequent value and examples as data', () => {
    const [id, age, city, member, born, empty] = table.describe().columns;
    expect(id).toEqual({ name: 'id', kind: 'text', missing: 0, unique: 5, spread: null, top: { value: 'p1', count: 1 }, examples: ['p1', 'p2', 'p3'] });
    expect(age).toEqual({
      name: 'age',
      kind: 'number',
      missing: 1,
      unique: 3,
      spread: { min: 30, mean: 101.5 / 3, median: 30, max: 41.5, std: expect.closeTo(6.639528, 6) },
      top: { value: 30, count: 2 },
      examples: [30, 41.5, Number.NaN],
    });
    expect([city.missing, city.unique, city.top]).toEqual([1, 3, { value: 'Oslo', count: 2 }]);
    expect([member.kind, member.top]).toEqual(['boolean', { value: true, count: 3 }]);
    expect([born.unique, born.spread?.max]).toEqual([2, Date.parse('1990-01-02')]);
    expect([empty.missing, empty.unique, empty.spread, empty.top, empty.examples]).toEqual([5, 0, null, null, []]);
  });

  test('prints as a table', () => {
    const printed = String(table.describe());
    expect(printed.split('\n')).toEqual([
      '5 rows × 6 columns',
      'column  kind      missing  unique         min        mean      median         max  most frequent   examples',
      'id      text            0       5                                                                  p1, p2, p3',
      'age     number    1 (20%)       3          30       33.83          30        41.5  30 (2)          30, 41.5, NaN',
      'city    text      1 (20%)       3                                                  Oslo (2)        Oslo, Rome, A city with quite a lon…',
      'member  boolean   1 (20%)       2                                                  true (3)        true, false',
      'born    date      2 (40%)       2  1980-03-04  1986-09-23  1990-01-02  1990-01-02  1990-01-02 (2)  1990-01-02, 1980-03-04',
      'empty   number   5 (100%)       0                                                                  (no value)',
    ]);
    expect(inspect(table.describe())).toBe(printed);
  });

  test('agrees with the definitions on an even count', () => {
    const [x] = Table.from({ x: [4, 1, 3, 2] }).describe().columns;
    expect(x.spread).toEqual({ min: 1, mean: 2.5, median: 2.5, max: 4, std: Math.sqrt(5 / 3) });
  });

  test('says what an empty table is', () => {
    expect(String(Table.from([]).describe())).toMatch(/^0 rows × 0 columns\n/);
  });
});
