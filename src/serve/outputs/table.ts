import type { ColumnData } from '../../table/column-data.ts';
import { columnFields } from '../../table/format-csv.ts';
import { Table, type TableLike } from '../../table/table.ts';
import type { OutputComponent, OutputOptions, Payload } from '../component.ts';

export interface TableOutputOptions extends OutputOptions {
  /** Most rows to send. Default 1,000. */
  maxRows?: number;
}

/** A Table, or anything that a Table can be made of, as `{ headers, data }`; dates as ISO text, missing values as null. */
export function table({ label = 'Table', maxRows = 1000 }: TableOutputOptions = {}): OutputComponent<TableLike> {
  return {
    type: 'dataframe',
    label,
    schema: {
      type: 'object',
      required: ['headers', 'data'],
      properties: { headers: { type: 'array', items: { type: 'string' } }, data: { type: 'array', items: { type: 'array' } } },
    },
    pythonType: 'dict[str, Any]',
    page: {},
    write(value) {
      const given = Table.from(value);
      const shown = given.rows > maxRows ? given.take(Array.from({ length: maxRows }, (_, i) => i)) : given;
      const columns = shown.names.map((name) => cellsOf(shown.data(name)));
      const data = Array.from({ length: shown.rows }, (_, i) => columns.map((cells) => cells[i]));
      return { headers: [...given.names], data, metadata: null };
    },
  };
}

function cellsOf(data: ColumnData): Payload[] {
  if (data.kind === 'date') return columnFields(data).map((text) => (text === '' ? null : text));
  if (data.kind === 'number') return Array.from(data.values, (value) => (Number.isFinite(value) ? value : null));
  return [...data.values];
}
