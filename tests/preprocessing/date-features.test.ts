import { DateFeatures } from '../../src/preprocessing/date-features.ts';
import { Table } from '../../src/table/table.ts';
import { fixture } from '../fixture.ts';

const cases = fixture('dates').cases.filter((c) => c.input.texts);

test.each(cases.map((c) => [c.name, c] as const))('DateFeatures %s as pandas does', async (_title, { options, input, expected, tolerance }) => {
  const X = input.texts.map((text: string) => [text]);
  const result = await new DateFeatures(options).fitTransform(X);
  expect(result).toBeAllClose(expected, { relative: tolerance, absolute: tolerance });
});

test('parts, cycles, days since and differences stand in this order, named after their columns', async () => {
  const table = Table.from({ built: ['2024-01-01', '2023-12-30'], sold: ['2024-01-31 12:00', null] });
  const dates = await new DateFeatures({ parts: ['month', 'day'], cyclic: ['month'], since: 'first', differences: [['sold', 'built']] }).fit(table);
  expect(dates.featureNamesOut()).toEqual([
    ...['month', 'day', 'month_sin', 'month_cos', 'daysSince'].map((part) => `built_${part}`),
    ...['month', 'day', 'month_sin', 'month_cos', 'daysSince'].map((part) => `sold_${part}`),
    'sold_minus_built_days',
  ]);
  const rows = (await dates.transform(table)).toArray();
  expect(rows[0]).toEqual([1, 1, 0, 1, 2, 1, 31, 0, 1, 0, 30.5]);
  expect(rows[1].slice(5)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
});

test('a cycle joins its ends', async () => {
  const near = async (a: string, b: string, cyclic: readonly ['month' | 'dayOfYear' | 'dayOfWeek' | 'hour' | 'day']): Promise<number> => {
    const [p, q] = (await new DateFeatures({ parts: [], cyclic }).fitTransform([[a], [b]])).toArray();
    return Math.hypot(p[0] - q[0], p[1] - q[1]);
  };
  expect(await near('2023-12-31', '2024-01-01', ['dayOfYear'])).toBeCloseTo(2 * Math.sin(Math.PI / 365), 12);
  expect(await near('2024-12-01', '2024-01-31', ['month'])).toBeCloseTo(2 * Math.sin(Math.PI / 12), 12);
  expect(await near('2024-06-02', '2024-06-03', ['dayOfWeek'])).toBeCloseTo(2 * Math.sin(Math.PI / 7), 12);
  expect(await near('2024-06-02 23:00', '2024-06-02 00:00', ['hour'])).toBeCloseTo(2 * Math.sin(Math.PI / 24), 12);
  expect(await near('2024-02-29', '2024-03-01', ['day'])).toBeCloseTo(2 * Math.sin(Math.PI / 29), 12);
});

test('days and months can come first', async () => {
  const parts = ['year', 'month', 'day', 'hour'] as const;
  expect((await new DateFeatures({ parts, order: 'dayFirst' }).fitTransform([['31/05/2024 17:00'], ['1.2.2024']])).toArray()).toEqual([
    [2024, 5, 31, 17],
    [2024, 2, 1, 0],
  ]);
  expect((await new DateFeatures({ parts, order: 'monthFirst' }).fitTransform([['5/31/2024'], ['2024-02-01']])).toArray()).toEqual([
    [2024, 5, 31, 0],
    [2024, 2, 1, 0],
  ]);
});

test('date columns and milliseconds are dates', async () => {
  const day = Date.UTC(2024, 4, 31);
  const table = Table.from({ sold: [new Date(day), null] });
  const dates = new DateFeatures({ parts: ['month', 'day'] });
  expect((await dates.fitTransform(table)).toArray()).toEqual([[5, 31], [Number.NaN, Number.NaN]]);
  expect((await dates.fitTransform([[day]])).toArray()).toEqual([[5, 31]]);
});

test('text that is no date is named with its row and column, or counts as missing', async () => {
  const table = Table.from({ sold: ['2024-05-31', '31.02.2024'] });
  await expect(new DateFeatures().fit(table)).rejects.toThrow('DateFeatures: X must hold dates, row 1 column "sold" has "31.02.2024".');
  await expect(new DateFeatures({ order: 'dayFirst' }).fit(table)).rejects.toThrow('row 1 column "sold"');
  const rows = (await new DateFeatures({ parts: ['year'], handleInvalid: 'missing' }).fitTransform(table)).toArray();
  expect(rows).toEqual([[2024], [Number.NaN]]);
  await expect(new DateFeatures().fit([[true]])).rejects.toThrow('row 0 column 0 has true. Choose columns of dates.');
});

test('the first date is that of the training rows', async () => {
  const dates = await new DateFeatures({ parts: [], since: 'first' }).fit([['2024-01-10'], ['2024-01-08']]);
  expect((await dates.transform([['2024-01-01']])).toArray()).toEqual([[-7]]);
});

test('asking for nothing, and for differences of unknown columns, is refused', async () => {
  await expect(new DateFeatures({ parts: [] }).fit([['2024-01-01']])).rejects.toThrow('must ask for something');
  await expect(new DateFeatures({ differences: [['sold', 'built']] }).fit({ sold: ['2024-01-01'] })).rejects.toThrow('differences must name columns of X (sold), got "built"');
  await expect(new DateFeatures({ parts: [], since: 'first' }).fit({ sold: [null, null] })).rejects.toThrow('column "sold" must have a date');
});
