import { DataError } from '../../src/core/errors.ts';
import { chooseColumns, columns, isColumnSelector, type ColumnSelector } from '../../src/table/columns.ts';
import { Table } from '../../src/table/table.ts';

const table = Table.from({ age: [1], isOld: [true], name: ['x'], born: [new Date(0)], isBig: [false], city: ['y'], fare: [2] }).withCategories({ city: null });
const chosen = (selector: ColumnSelector): string[] => chooseColumns('Test', table, selector);

describe('columns', () => {
  test.each<[string, ColumnSelector, string[]]>([
    ['numeric', columns.numeric, ['age', 'fare']],
    ['categorical', columns.categorical, ['name', 'city']],
    ['text', columns.text, ['name']],
    ['boolean', columns.boolean, ['isOld', 'isBig']],
    ['date', columns.date, ['born']],
    ['all', columns.all, ['age', 'isOld', 'name', 'born', 'isBig', 'city', 'fare']],
    ['matching', columns.matching(/^is|E$/i), ['age', 'isOld', 'name', 'isBig', 'fare']],
    ['matching with a global pattern, every time anew', columns.matching(/a/g), ['age', 'name', 'fare']],
    ['named, in the order given', columns.named('fare', 'age'), ['fare', 'age']],
    ['one name', 'city', ['city']],
    ['a list: all of its members, each once', ['fare', columns.numeric, columns.boolean], ['fare', 'age', 'isOld', 'isBig']],
    ['except names and choices', columns.except('age', columns.boolean, 'not there'), ['name', 'born', 'city', 'fare']],
    ['both', columns.both(columns.categorical, columns.except('name')), ['city']],
    ['nothing', columns.named(), []],
  ])('chooses %s', (_, selector, names) => {
    expect(chosen(selector)).toEqual(names);
    expect(isColumnSelector(selector)).toBe(true);
    // Plain data: it chooses the same after a journey.
    expect(chosen(JSON.parse(JSON.stringify(selector)))).toEqual(names);
  });

  test('refuses a name that the table lacks, with the nearest one', () => {
    expect(() => chosen(['age', 'Fare2'])).toThrow(
      new DataError('Test: there is no column "Fare2". Did you mean "fare"? Columns are age, isOld, name, born, isBig, city, fare.'),
    );
  });

  test.each([7, null, undefined, { kinds: ['money'] }, { kinds: 'number' }, { matching: /a/ }, {}, [1], { except: 'age' }])('takes %p for no choice', (value) => {
    expect(isColumnSelector(value)).toBe(false);
  });
});
