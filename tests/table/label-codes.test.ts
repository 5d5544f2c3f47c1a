import { labelCodes } from '../../src/table/label-codes.ts';
import { Table } from '../../src/table/table.ts';

const table = Table.from({ town: ['Rom', null, 'Ulm', 'Rom', 'Bonn'], size: [1, 2, 3, 4, 5] });
const read = (own: Table): (string | null)[] => {
  const { codes, texts } = labelCodes(own.data('town'))!;
  return Array.from(codes, (code) => (code < 0 ? null : texts[code]));
};

test('codes stand for the texts, and are looked up once', () => {
  expect(read(table)).toEqual(['Rom', null, 'Ulm', 'Rom', 'Bonn']);
  expect(labelCodes(table.data('town'))).toBe(labelCodes(table.data('town')));
});

test('rows that were taken share the texts of all', () => {
  const taken = table.take([4, 1, 0]);
  expect(read(taken)).toEqual(['Bonn', null, 'Rom']);
  expect(labelCodes(taken.data('town'))!.texts).toBe(labelCodes(table.data('town'))!.texts);
});

test('other columns have none', () => {
  expect(labelCodes(table.data('size'))).toBeNull();
});
