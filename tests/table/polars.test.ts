import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pl from 'nodejs-polars';
import { columns, ColumnTransformer, StandardScaler } from '../../src/index.ts';
import { readParquet } from '../../src/table/read-parquet.ts';
import { Table } from '../../src/table/table.ts';

const frame = () =>
  pl
    .DataFrame({
      x: [1.5, null, Number.NaN],
      i: [1, 2, 3],
      s: ['a', null, 'b'],
      b: [true, null, false],
      when: [new Date('2024-05-31'), null, new Date('2024-05-31T12:30:15.250Z')],
    })
    .withColumn(pl.col('i').cast(pl.Int64).alias('i64'))
    .withColumn(pl.col('s').cast(pl.Categorical).alias('c'))
    .withColumn(pl.col('when').cast(pl.Date).alias('day'));

describe('a polars DataFrame', () => {
  test('is taken wherever a Table is', () => {
    const table = Table.from(frame());
    expect(table.rows).toBe(3);
    expect(table.names.map((name) => [name, table.kind(name)])).toEqual([
      ['x', 'number'], ['i', 'number'], ['s', 'text'], ['b', 'boolean'], ['when', 'date'], ['i64', 'number'], ['c', 'category'], ['day', 'date'],
    ]);
    expect(table.toObjects()).toEqual([
      { x: 1.5, i: 1, s: 'a', b: true, when: new Date('2024-05-31'), i64: 1, c: 'a', day: new Date('2024-05-31') },
      { x: null, i: 2, s: null, b: null, when: null, i64: 2, c: null, day: null },
      { x: Number.NaN, i: 3, s: 'b', b: false, when: new Date('2024-05-31T12:30:15.250Z'), i64: 3, c: 'b', day: new Date('2024-05-31') },
    ]);
  });

  test('comes back the same', async () => {
    const table = Table.from(frame());
    const again = Table.from(await table.toPolars());
    for (const name of table.names) expect(again.data(name)).toEqual(table.data(name));
  });

  test('keeps the kind of columns without values', () => {
    const empty = Table.from(pl.DataFrame([pl.Series('s', [null, null], pl.String), pl.Series('b', [null, null], pl.Bool), pl.Series('x', [null, null], pl.Float64)]));
    expect(empty.names.map((name) => [empty.kind(name), empty.column(name).missing])).toEqual([['text', 2], ['boolean', 2], ['number', 2]]);
  });

  test('feeds a ColumnTransformer', async () => {
    const scaled = await new ColumnTransformer([['scaled', new StandardScaler(), columns.numeric]]).fitTransform(pl.DataFrame({ a: [1, 3], b: ['x', 'y'] }));
    expect(scaled.toArray()).toEqual([[-1], [1]]);
  });

  test.each([
    ['lists', () => pl.DataFrame({ l: [[1, 2], [3]] }), /^Table: column "l" must hold numbers, text, booleans, dates or categories, it is List.* in polars\. Cast or drop it there\.$/],
    [
      'whole numbers that no double holds',
      () => pl.DataFrame({ t: ['9007199254740993', null] }).withColumn(pl.col('t').cast(pl.Int64)),
      /^Table: column "t" has whole numbers beyond ±\(2⁵³ − 1\), which no double holds\. Cast it to String or Float64 in polars\.$/,
    ],
  ])('is refused with %s', (_, make, message) => {
    expect(() => Table.from(make())).toThrow(message);
  });
});

describe('readParquet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refit-parquet-'));

  test('reads what polars writes, all columns or some', async () => {
    const path = join(folder, 'a.parquet');
    frame().writeParquet(path);
    const table = await readParquet(path);
    expect(table.toObjects()).toEqual(Table.from(frame()).toObjects());
    expect((await readParquet(path, { columns: ['s', 'x'] })).names).toEqual(['s', 'x']);
  });

  test('names a file that is not there, or no Parquet', async () => {
    await expect(readParquet(join(folder, 'b.parquet'))).rejects.toThrow(`readParquet: there is no file ${join(folder, 'b.parquet')}.`);
    writeFileSync(join(folder, 'c.parquet'), 'a,b\n1,2\n');
    await expect(readParquet(join(folder, 'c.parquet'))).rejects.toThrow(/^readParquet: .*c\.parquet cannot be read \(/);
  });
});
