import { show } from '../../core/show.ts';
import { Table } from '../../table/table.ts';
import type { InputComponent, InputOptions, Payload } from '../component.ts';
import { UserError } from '../user-error.ts';

export interface TableInputOptions extends InputOptions {
  /** Columns it must have, in this order; others are refused. Default whatever comes. */
  columns?: readonly string[];
  /** Most rows it takes. Default 1,000. */
  maxRows?: number;
  /** Most columns it takes. Default 100. */
  maxColumns?: number;
}

/** A small table: `{ headers, data }` as Gradio's Dataframe has it, cells being numbers, texts, booleans or null. */
export function table({ label = 'Table', name, help, columns, maxRows = 1000, maxColumns = 100 }: TableInputOptions = {}): InputComponent<Table> {
  const headers = columns ?? ['a', 'b'];
  return {
    type: 'dataframe',
    label,
    name: name ?? null,
    initial: undefined,
    example: { headers: [...headers], data: [headers.map(() => 1)], metadata: null },
    schema: {
      type: 'object',
      required: ['headers', 'data'],
      properties: { headers: { type: 'array', items: { type: 'string' } }, data: { type: 'array', items: { type: 'array' }, maxItems: maxRows } },
    },
    pythonType: 'dict[str, Any]',
    page: { columns: columns ? [...columns] : null, maxRows, help: help ?? null },
    read(payload) {
      const { headers: names, data } = (typeof payload === 'object' && payload !== null ? payload : {}) as { headers?: unknown; data?: unknown };
      if (!isList(names) || !names.every((one) => typeof one === 'string') || !isList(data) || !data.every(isList)) {
        throw new UserError(`${label}: it must be a table, { headers: ["a", …], data: [[1, …], …] }, got ${show(payload)}.`);
      }
      if (data.length > maxRows || names.length > maxColumns) {
        throw new UserError(`${label}: it must have at most ${maxRows} rows and ${maxColumns} columns, got ${data.length} and ${names.length}.`);
      }
      if (columns && (names.length !== columns.length || columns.some((one, j) => names[j] !== one))) {
        throw new UserError(`${label}: columns must be ${columns.join(', ')}, got ${names.slice(0, 20).join(', ')}.`);
      }
      if (new Set(names).size < names.length) throw new UserError(`${label}: columns must have different names, got ${names.join(', ')}.`);
      return new Table(names.map((column, j) => [column, columnOf(label, column, (data as unknown[][]).map((row, i) => cell(label, row, i, j, names.length)))]), data.length);
    },
  };
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

function cell(label: string, row: readonly unknown[], i: number, j: number, width: number): string | number | boolean | null {
  if (row.length !== width) throw new UserError(`${label}: every row must have ${width} cells, row ${i + 1} has ${row.length}.`);
  const value = row[j] as Payload;
  if (value !== null && typeof value === 'object') throw new UserError(`${label}: cells must be numbers, texts, true, false or null, row ${i + 1} has ${show(value)}.`);
  return value === '' ? null : value;
}

/** A column whose cells are of several types is refused with its name. */
function columnOf(label: string, name: string, cells: readonly (string | number | boolean | null)[]): ReturnType<Table['data']> {
  const kinds = new Set(cells.filter((value) => value !== null).map((value) => typeof value));
  if (kinds.size > 1) throw new UserError(`${label}: column ${name} must hold values of one type, got ${[...kinds].join(' and ')}.`);
  return Table.from(Object.fromEntries([['column', cells]])).data('column');
}
