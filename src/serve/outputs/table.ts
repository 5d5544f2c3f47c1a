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
      const columns = given.names.map((name) => given.column(name));
      const data: Payload[][] = [];
      for (let i = 0; i < Math.min(given.rows, maxRows); i++) data.push(columns.map((column) => cell(column.at(i))));
      return { headers: [...given.names], data, metadata: null };
    },
  };
}

function cell(value: unknown): Payload {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' && !Number.isFinite(value) ? null : (value as Payload);
}
