import { OptionError } from '../core/errors.ts';
import { completeOptions, custom, type Rules } from '../core/rules.ts';
import { formatCsv, type CsvFormat } from './format-csv.ts';
import { Table, type TableLike } from './table.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

const rules: Rules<CsvFormat> = {
  delimiter: custom(',', 'a single ASCII character', (v) => typeof v === 'string' && /^[\t -~]$/.test(v) && v !== '"', ''),
};

/**
 * Writes a table, columns by name, or rows as objects to a CSV file in UTF-8: fields quoted only where they
 * must be, quotes doubled, a missing value as nothing, lines ended by a line feed. Either the whole file
 * appears under its name or nothing does.
 *
 * Numbers are written with the shortest digits that read back the same, in Python's notation (`1e-07`);
 * whole numbers stay whole (`1`) unless their column holds others (`1.0`, `0.5`). Booleans are `True` and
 * `False`. Text is written as it is, so that text that reads as a number or as an NA word needs `types`
 * and `naWords` to be read back as text.
 *
 * Counterpart: pandas.DataFrame.to_csv(index=False); it writes a float column of whole numbers as `1.0`, and does not
 * quote a lone carriage return, which no reader then takes back.
 *
 * @throws DataError, ShapeError for columns that make no table; RefitError when the file cannot be written.
 * @example
 * await writeCsv('scores.csv', { model: ['a', 'b'], accuracy: [0.97, 0.95] });
 */
export async function writeCsv(path: string, content: TableLike, options: CsvFormat = {}): Promise<void> {
  const complete = completeOptions<CsvFormat>('writeCsv', options, rules);
  const table = Table.from(content);
  if (table.names.length === 0) throw new OptionError(`writeCsv: ${path} must get at least one column, got none.`);
  await writeFileAtomically(path, formatCsv(table, complete));
}
