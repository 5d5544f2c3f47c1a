import fc from 'fast-check';
import { ColumnTransformer } from '../../src/pipeline/column-transformer.ts';
import { GroupStatistics } from '../../src/preprocessing/group-statistics.ts';
import { Table } from '../../src/table/table.ts';
import { fixture } from '../fixture.ts';

test.each(fixture('group-statistics').cases.map((c) => [c.name, c] as const))('pandas agrees on %s', async (_, { options, input, expected, tolerance }) => {
  const stage = await new GroupStatistics(options).fit(Table.from(input.X));
  expect(stage.featureNamesOut()).toEqual(expected.names);
  expect(await stage.transform(Table.from(input.new))).toBeAllClose(expected.transformed, { relative: tolerance, absolute: tolerance });
});

const rows = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.double({ min: -100, max: 100, noNaN: true })), { minLength: 1, maxLength: 30 });

test('one group of all rows has the statistics of all rows, and the order of rows does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (X) => {
      const one = await new GroupStatistics({ statistics: ['min', 'max', 'median'] }).fit(X.map(([, value]) => ['same', value]));
      const [first] = (await one.transform([['same', 0]])).toArray();
      expect(first).toEqual([...one.fitted.overall]);
      const stage = await new GroupStatistics({ statistics: ['count', 'min', 'max', 'median'] }).fit(X);
      const turned = await new GroupStatistics({ statistics: ['count', 'min', 'max', 'median'] }).fit([...X].reverse());
      expect((await turned.transform(X)).toArray()).toEqual((await stage.transform(X)).toArray());
    }),
    { seed: 1, numRuns: 40 },
  );
});

test('stands beside the columns themselves in a ColumnTransformer', async () => {
  const table = Table.from({ shop: ['a', 'a', 'b'], price: [1, 3, 7] });
  const both = await new ColumnTransformer([['prices', 'passthrough', ['price']], ['shops', new GroupStatistics({ statistics: ['mean'] }), ['shop', 'price']]]).fit(table);
  expect((await both.transform(table)).toArray()).toEqual([[1, 2], [3, 2], [7, 7]]);
});

test('refuses words among the numbers, and no number at all', async () => {
  await expect(new GroupStatistics().fit(Table.from({ shop: ['a'], town: ['x'] }))).rejects.toThrow(
    'GroupStatistics: column "town" must hold numbers, row 0 has "x". Put the columns that name groups first, and say how many there are in keys.',
  );
  await expect(new GroupStatistics({ keys: 2 }).fit([['a', 1]])).rejects.toThrow('GroupStatistics: X must have a column of numbers behind the 2 keys, got 2 columns. Add one, or lower keys.');
});
