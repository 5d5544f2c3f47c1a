import type { ArqueroTable } from '../table/foreign-frame.ts';
import { Table, type TableLike } from '../table/table.ts';
import { loadPackage } from './load-package.ts';
import { plainColumns } from './plain-columns.ts';

/**
 * A Table as a table of arquero, gaps as null and dates as Date.
 *
 * The way back needs no call: a table of arquero is accepted wherever a Table is.
 * @throws RefitError when arquero is not installed
 *
 * @example
 * const counts = (await toArquero(train)).groupby('species').count();
 */
export async function toArquero(table: TableLike): Promise<ArqueroTable & Record<string, any>> {
  const { table: make } = await loadPackage<{ table: (columns: object) => ArqueroTable }>('toArquero', 'arquero');
  return make(plainColumns(Table.from(table), { date: (ms) => new Date(ms), gap: () => null }));
}
