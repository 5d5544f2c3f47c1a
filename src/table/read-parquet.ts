import { existsSync } from 'node:fs';
import { ParseError } from '../core/errors.ts';
import { completeOptions, custom, optional, type Rules } from '../core/rules.ts';
import { loadPolars } from './polars.ts';
import { Table } from './table.ts';

export interface ReadParquetOptions {
  /** Names of the columns to read; the others are not looked at. Default null: all. */
  columns?: readonly string[] | null;
}

const rules: Rules<ReadParquetOptions> = {
  columns: optional(custom<readonly string[]>([], 'a list of column names', (v) => Array.isArray(v) && v.every((name) => typeof name === 'string'), [1])),
};

/**
 * Reads a Parquet file into a Table, by nodejs-polars. null is missing, NaN stays NaN; dates and categories are kept.
 *
 * Counterpart: pandas.read_parquet.
 *
 * @throws ParseError for a file that is not there or no Parquet; RefitError when nodejs-polars is not installed;
 *   DataError naming a column of lists or structs
 * @example
 * const train = await readParquet('train.parquet', { columns: ['id', 'label', 'age'] });
 */
export async function readParquet(path: string, options: ReadParquetOptions = {}): Promise<Table> {
  const { columns } = completeOptions<ReadParquetOptions>('readParquet', options, rules);
  if (!existsSync(path)) throw new ParseError(`readParquet: there is no file ${path}. Check the path; it counts from ${process.cwd()}.`);
  const pl = await loadPolars('readParquet');
  let frame;
  try {
    frame = pl.readParquet(path, columns === null ? {} : { columns: [...columns] });
  } catch (error) {
    throw new ParseError(`readParquet: ${path} cannot be read (${(error as Error).message.split('\n')[0]}).`, { cause: error });
  }
  return Table.from(frame);
}
