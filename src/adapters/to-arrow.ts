import type { ArrowTable } from '../table/foreign-frame.ts';
import { Table, type TableLike } from '../table/table.ts';
import { loadPackage } from './load-package.ts';
import { plainColumns } from './plain-columns.ts';

/** What is called of apache-arrow. */
interface Arrow {
  vectorFromArray(values: readonly unknown[], type: unknown): unknown;
  Table: new (columns: Record<string, unknown>) => ArrowTable;
  Float64: new () => unknown;
  Utf8: new () => unknown;
  Bool: new () => unknown;
  TimestampMillisecond: new () => unknown;
  Dictionary: new (values: unknown, indices: unknown) => unknown;
  Int32: new () => unknown;
}

/**
 * A Table as a table of Apache Arrow: Float64, Utf8, Bool, Timestamp in milliseconds, and Dictionary for categories, with
 * gaps as nulls.
 *
 * The way back needs no call: an Arrow table is accepted wherever a Table is.
 * @throws RefitError when apache-arrow is not installed
 *
 * @example
 * const bytes = tableToIPC(await toArrow(train));
 */
export async function toArrow(table: TableLike): Promise<ArrowTable & Record<string, any>> {
  const arrow = await loadPackage<Arrow>('toArrow', 'apache-arrow');
  const source = Table.from(table);
  const types = {
    number: () => new arrow.Float64(),
    text: () => new arrow.Utf8(),
    boolean: () => new arrow.Bool(),
    date: () => new arrow.TimestampMillisecond(),
    category: () => new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
  };
  const columns = plainColumns(source, { date: (ms) => ms, gap: () => null });
  return new arrow.Table(Object.fromEntries(source.names.map((name) => [name, arrow.vectorFromArray(columns[name], types[source.kind(name)]())])));
}
