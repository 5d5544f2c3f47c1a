import { DataError } from '../core/errors.ts';
import { categoryData, type ColumnData } from './column-data.ts';
import { Table } from './table.ts';

/**
 * The rows of a table and below them those of another, with the columns of the first; a column without any value goes with every kind.
 * Counterpart: pandas.concat([top, bottom])[top.columns].
 * @throws DataError for a column that the second lacks or that is of another kind there
 */
export function stackTables(owner: string, top: Table, bottom: Table): Table {
  return new Table(
    top.names.map((name) => {
      const [a, b] = [top.data(name), bottom.data(name)];
      const stacked = stackColumn(name, isEmpty(a) ? emptyAs(b, top.rows) : a, isEmpty(b) ? emptyAs(a, bottom.rows) : b);
      if (stacked === undefined) throw new DataError(`${owner}: column ${name} must be of one kind in all rows, got ${a.kind} and ${b.kind}. Read it alike.`);
      return [name, stacked] as const;
    }),
    top.rows + bottom.rows,
  );
}

function stackColumn(name: string, a: ColumnData, b: ColumnData): ColumnData | undefined {
  if (a.kind === 'category' && b.kind === 'category') return categoryData('Table', name, [...a.values, ...b.values], [...new Set([...a.levels, ...b.levels])]);
  if (a.kind === 'text' && b.kind === 'text') return { kind: 'text', values: [...a.values, ...b.values] };
  if (a.kind === 'boolean' && b.kind === 'boolean') return { kind: 'boolean', values: [...a.values, ...b.values] };
  if (a.kind === 'date' && b.kind === 'date') return { kind: 'date', values: joined(a.values, b.values) };
  if (a.kind !== 'number' || b.kind !== 'number') return undefined;
  const values = joined(a.values, b.values);
  if (!a.nan && !b.nan) return { kind: 'number', values };
  const nan = new Uint8Array(values.length);
  if (a.nan) nan.set(a.nan);
  if (b.nan) nan.set(b.nan, a.values.length);
  return { kind: 'number', values, nan };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** Whether a column holds no value; it counts as numbers then. */
const isEmpty = (data: ColumnData): boolean => data.kind === 'number' && data.nan === undefined && data.values.every(Number.isNaN);

/** A column without any value, of the kind of another. */
function emptyAs(like: ColumnData, rows: number): ColumnData {
  if (like.kind === 'number' || like.kind === 'date') return { kind: like.kind, values: new Float64Array(rows).fill(Number.NaN) };
  const values = new Array<null>(rows).fill(null);
  return like.kind === 'category' ? categoryData('Table', '', values, like.levels) : { kind: like.kind, values };
}
