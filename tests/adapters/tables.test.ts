import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, ColumnTransformer, LogisticRegression, OneHotEncoder, Pipeline, SimpleImputer, Table } from 'refit';
import { toArquero, toArrow, toDanfo } from 'refit/adapters';

const day = Date.UTC(2024, 1, 29);
const table = Table.from({
  size: [1.5, null, 3, -4],
  town: ['Rom', 'Bonn', null, 'Rom'],
  open: [true, false, true, true],
  since: [new Date(day), null, new Date(0), new Date(day)],
}).with({ grade: ['b', 'a', 'b', null] }).withCategories({ grade: null });
const plain = (source: any): unknown => Table.from(source).toObjects();
const moment = (ms: number | null): unknown => Table.from({ t: [ms === null ? null : new Date(ms)] }).row(0).t;

test('a danfo DataFrame is a Table and back', async () => {
  const frame = await toDanfo(table.drop('since'));
  assert.equal(frame.constructor.name, 'DataFrame');
  assert.deepEqual(frame.columns, ['size', 'town', 'open', 'grade']);
  assert.deepEqual(plain(frame), plain(table.drop(['since', 'grade']).with({ grade: ['b', 'a', 'b', null] })));
  const dates = await toDanfo(table.select(['since']));
  assert.deepEqual(plain(dates), [{ since: '2024-02-29T00:00:00.000Z' }, { since: null }, { since: '1970-01-01T00:00:00.000Z' }, { since: '2024-02-29T00:00:00.000Z' }]);
});

test('a pipeline takes a danfo DataFrame wherever it takes a Table', async () => {
  const pipeline = (): any =>
    new Pipeline([
      ['columns', new ColumnTransformer([['numbers', new SimpleImputer(), columns.numeric], ['words', new OneHotEncoder({ handleUnknown: 'ignore' }), columns.categorical]] as any)],
      ['classify', new LogisticRegression()],
    ]);
  const X = table.select(['size', 'town']).with({ size: [1.5, 2, 3, -4], town: ['Rom', 'Bonn', 'Bonn', 'Rom'] });
  const y = ['a', 'b', 'b', 'a'];
  const [ours, theirs] = [await pipeline().fit(X, y), await pipeline().fit(await toDanfo(X), y)];
  assert.deepEqual((await theirs.predictProba(await toDanfo(X))).data, (await ours.predictProba(X)).data);
});

test('an arquero table is a Table and back, filtered and ordered as it is', async () => {
  const frame = await toArquero(table);
  assert.deepEqual(frame.columnNames(), table.names);
  const back = plain(frame) as Record<string, unknown>[];
  assert.deepEqual(back, plain(table).map((row: any) => ({ ...row })));
  const aq = (await import('arquero')) as any;
  const chosen = aq.table({ a: [3, 1, 2], b: ['x', 'y', 'z'] }).filter('d => d.a > 1').orderby('a');
  assert.deepEqual(plain(chosen), [{ a: 2, b: 'z' }, { a: 3, b: 'x' }]);
});

test('an Arrow table is a Table and back, with its kinds and gaps', async () => {
  const frame = await toArrow(table);
  assert.equal(frame.numRows, 4);
  const back = Table.from(frame);
  assert.deepEqual(back.names.map((name) => back.kind(name)), ['number', 'text', 'boolean', 'date', 'category']);
  assert.deepEqual(plain(frame), plain(table));
  assert.deepEqual(back.row(1).since, moment(null));
});

test('64-bit whole numbers of Arrow become numbers, or are refused by name', async () => {
  const arrow = (await import('apache-arrow')) as any;
  const frame = arrow.tableFromArrays({ id: BigInt64Array.of(1n, -7n) });
  assert.deepEqual(plain(frame), [{ id: 1 }, { id: -7 }]);
  const far = arrow.tableFromArrays({ id: BigInt64Array.of(1n, 2n ** 60n) });
  assert.throws(() => Table.from(far), /column "id" must hold whole numbers within ±\(2⁵³ − 1\), row 1 has 1152921504606846976/);
});

test('nested columns of Arrow are refused by name', async () => {
  const arrow = (await import('apache-arrow')) as any;
  const frame = new arrow.Table({ pair: arrow.vectorFromArray([[1, 2], [3]], new arrow.List(arrow.Field.new('item', new arrow.Float64()))) });
  assert.throws(() => Table.from(frame), /column "pair" must hold numbers, text, booleans or dates/);
});
