import type { DanfoFrame } from '../table/foreign-frame.ts';
import { Table, type TableLike } from '../table/table.ts';
import { loadPackage } from './load-package.ts';
import { plainColumns } from './plain-columns.ts';

/**
 * A Table as a DataFrame of danfojs-node, or of danfojs where that is not installed. Numbers without a value become NaN,
 * other gaps null; dates become texts as ISO 8601, since danfojs has no dates.
 *
 * The way back needs no call: a DataFrame is accepted wherever a Table is.
 * @throws RefitError when neither package is installed
 *
 * @example
 * const frame = await toDanfo(await readCsv('train.csv'));
 * await pipeline.fit(frame.dropNa(), y);
 */
export async function toDanfo(table: TableLike): Promise<DanfoFrame & Record<string, any>> {
  const { DataFrame } = await loadPackage<{ DataFrame: new (columns: object) => DanfoFrame }>('toDanfo', 'danfojs-node', 'danfojs');
  const columns = plainColumns(Table.from(table), { date: (ms) => new Date(ms).toISOString(), gap: (kind) => (kind === 'number' ? Number.NaN : null) });
  return new DataFrame(columns);
}
