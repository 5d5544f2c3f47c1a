import { OneHotEncoder } from '../../src/preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../../src/preprocessing/ordinal-encoder.ts';
import { Table } from '../../src/table/table.ts';
import { textCodes } from '../../src/table/text-codes.ts';

const table = Table.from({ town: ['Rom', null, 'Bonn', 'Rom', 'Ulm', 'Bonn'], size: [1, 2, 3, 4, 5, 6] });
const values = (rows: Table): ArrayLike<unknown> => rows.data('town').values;

test('rows of a text column know their texts as numbers, rows of those rows too', () => {
  const taken = table.take([4, 1, 0, 2]);
  const { codes, texts } = textCodes(values(taken))!;
  expect(Array.from(codes, (code) => (code < 0 ? null : texts[code]))).toEqual(['Ulm', null, 'Rom', 'Bonn']);
  const again = textCodes(values(taken.take([3, 3, 0])))!;
  expect(Array.from(again.codes, (code) => again.texts[code])).toEqual(['Bonn', 'Bonn', 'Ulm']);
  expect(again.texts).toBe(texts);
});

test('other values have none', () => {
  expect(textCodes(values(table))).toBeUndefined();
  expect(textCodes(table.take([0]).data('size').values)).toBeUndefined();
  expect(textCodes(['Rom'])).toBeUndefined();
});

test('changing the list of rows afterwards changes nothing', () => {
  const rows = Int32Array.of(0, 2);
  const taken = table.take(rows);
  rows[1] = 4;
  const { codes, texts } = textCodes(values(taken))!;
  expect(Array.from(codes, (code) => texts[code])).toEqual(Array.from(values(taken)));
});

test.each([
  ['OneHotEncoder', () => new OneHotEncoder({ handleUnknown: 'ignore' })],
  ['OneHotEncoder of the frequent', () => new OneHotEncoder({ handleUnknown: 'infrequentIfExist', minFrequency: 2 })],
  ['OrdinalEncoder', () => new OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1 })],
] as const)('%s learns and returns the same from rows taken as from rows given', async (_, make) => {
  for (const [train, test] of [[[0, 1, 3, 5], [2, 4, 1]], [[2, 2, 4], [0, 1]], [[1, 0], [0]]]) {
    const copied = (rows: number[]): Table => Table.from({ town: rows.map((row) => values(table)[row] as string | null) });
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
