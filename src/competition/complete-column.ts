import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { showList } from '../core/show.ts';
import type { Table } from '../table/table.ts';

/** Every value of a column that must have no gaps. @throws CompetitionError naming the rows without one, from 1 */
export function completeColumn(file: string, table: Table, name: string, nextStep: string): Label[] {
  const column = table.column(name);
  const values: Label[] = [];
  const missing: number[] = [];
  for (let i = 0; i < table.rows; i++) {
    const value = column.at(i) as Label | null;
    if (value === null || value === '' || Number.isNaN(value)) missing.push(i + 1);
    else values.push(value);
  }
  if (missing.length > 0) {
    throw new CompetitionError(
      `${file}: column ${name} must have a value in every row, ${missing.length} of ${table.rows} are missing: rows ${showList(missing, 5)}. ${nextStep}`,
    );
  }
  return values;
}
