import { formatCsv } from '../../src/table/format-csv.ts';
import { readCsv } from '../../src/table/read-csv.ts';
import { Table } from '../../src/table/table.ts';
import { fixture } from '../fixture.ts';

const { cases } = fixture('table');
const fromJson = (value: unknown): unknown => (value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value);

describe('readCsv, as pandas.read_csv', () => {
  test.each(cases.filter((c) => c.call.startsWith('pandas.read_csv')))('$name', async ({ options, input, expected }) => {
    const table = await readCsv(Buffer.from(input.base64, 'base64'), options);
    const columns = table.names.map((name) => ({ name, kind: table.kind(name), values: table.column(name).toArray() }));
    expect(columns).toEqual(expected.map((column: any) => ({ ...column, values: column.kind === 'number' ? column.values.map(fromJson) : column.values })));
  });
});

describe('formatCsv, as pandas.DataFrame.to_csv', () => {
  const inputOf = (input: Record<string, unknown[]>): Table =>
    Table.from(Object.fromEntries(Object.entries(input).map(([name, values]) => [name, values.map(fromJson)])) as any);

  test.each(cases.filter((c) => c.call.startsWith('pandas.DataFrame.to_csv')))('$name', ({ input, expected }) => {
    expect(formatCsv(inputOf(input))).toBe(expected);
  });
});
