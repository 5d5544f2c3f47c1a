import { OneHotEncoder } from '../../src/preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../../src/preprocessing/ordinal-encoder.ts';
import type { ColumnData, TextData } from '../../src/table/column-data.ts';
import { labelCodes } from '../../src/table/label-codes.ts';
import { Table } from '../../src/table/table.ts';
import { recurringTexts, textCodes, textOfCodes, type TextCodes } from '../../src/table/text-codes.ts';

const table = Table.from({ town: ['Rom', null, 'Bonn', 'Rom', 'Ulm', 'Bonn'], size: [1, 2, 3, 4, 5, 6] });
const read = ({ rows, codes, texts }: TextCodes): (string | null)[] => Array.from(rows, (row) => (codes[row] < 0 ? null : texts[codes[row]]));
const towns = (rows: Table): ColumnData => rows.data('town');

test('rows of a text column know their texts as numbers, rows of those rows too', () => {
  const taken = table.take([4, 1, 0, 2]);
  expect(read(textCodes(towns(taken))!)).toEqual(['Ulm', null, 'Rom', 'Bonn']);
  const again = textCodes(towns(taken.take([3, 3, 0])))!;
  expect(read(again)).toEqual(['Bonn', 'Bonn', 'Ulm']);
  expect(again.texts).toBe(textCodes(towns(taken))!.texts);
});

test('rows of rows read as rows of the first', () => {
  expect(towns(table.take([4, 1, 0, 2]).take([3, 0, 1])).values).toEqual(['Bonn', 'Ulm', null]);
});

test('other values have none', () => {
  expect(textCodes(towns(table))).toBeUndefined();
  expect(textCodes(table.take([0]).data('size'))).toBeUndefined();
});

test('changing the list of rows afterwards changes nothing', () => {
  const rows = Int32Array.of(0, 2);
  const taken = table.take(rows);
  rows[1] = 4;
  expect(read(textCodes(towns(taken))!)).toEqual(['Rom', 'Bonn']);
  expect(towns(taken).values).toEqual(['Rom', 'Bonn']);
});

test.each([
  ['OneHotEncoder', () => new OneHotEncoder({ handleUnknown: 'ignore' })],
  ['OneHotEncoder of the frequent', () => new OneHotEncoder({ handleUnknown: 'infrequentIfExist', minFrequency: 2 })],
  ['OrdinalEncoder', () => new OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1 })],
] as const)('%s learns and returns the same from rows taken as from rows given', async (_, make) => {
  for (const [train, test] of [[[0, 1, 3, 5], [2, 4, 1]], [[2, 2, 4], [0, 1]], [[1, 0], [0]]]) {
    const copied = (rows: number[]): Table => Table.from({ town: rows.map((row) => towns(table).values[row] as string | null) });
    const [taken, given] = [make(), make()];
    await taken.fit(table.take(train).select(['town']));
    await given.fit(copied(train));
    expect(taken.fitted).toEqual(given.fitted);
    expect((await taken.transform(table.take(test).select(['town']))).toDense().data).toEqual((await given.transform(copied(test))).toDense().data);
  }
});

test('an unseen category of taken rows is named', async () => {
  const encoder = await new OneHotEncoder().fit(table.take([0, 2, 3]).select(['town']));
  await expect(encoder.transform(table.take([4]).select(['town']))).rejects.toThrow(/column "town" must hold categories seen in fit \("Bonn", "Rom"\), got "Ulm"/);
});

test('texts that recur are told apart from those that do not, and come back from their numbers', () => {
  const values = Array.from({ length: 1000 }, (_, i) => (i % 7 === 0 ? null : `town ${i % 5}`));
  const long = Table.from({ town: values, note: values.map((_, i) => `note ${i}`), both: values.map((_, i) => (i < 512 ? 'short' : `note ${i}`)), few: values.map((_, i) => `of ${i % 100}`) });
  const text = (name: string, of = long): TextData => of.data(name) as TextData;
  expect([text('note'), text('both'), text('town', long.take([0, 1, 2]))].map(recurringTexts)).toEqual([undefined, undefined, undefined]);
  for (const one of [text('town'), text('few'), text('town', long.take(Int32Array.from({ length: 600 }, (_, i) => 999 - i)))]) {
    const again = textOfCodes(recurringTexts(one)!);
    expect(again.length).toBe(one.values.length);
    expect(again.values).toEqual(one.values);
    expect(labelCodes(again)!.texts).toEqual(labelCodes(one)!.texts);
  }
});
