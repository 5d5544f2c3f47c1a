import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { Table } from '../table/table.ts';
import type { Features } from './features.ts';

/** A column of X as boosting sees it. */
export interface ColumnPlan {
  /** Number of the column in X. */
  column: number;
  /** What its codes 0, 1, … stand for; null for a column of numbers. */
  categories: readonly Label[] | null;
}

/** Reads rows as numbers: codes for categories, NaN for what is missing or was not seen in fit. */
export interface BlockReader {
  /** Writes the planned columns of rows[from … to − 1], row after row; `rows` counts in X, null for all in order. */
  (rows: Int32Array | null, from: number, to: number, out: Float64Array): void;
}

/** A reader of the planned columns, in the plan's order. @throws DataError for text in a column of numbers */
export function blockReader(owner: string, features: Features, plan: readonly ColumnPlan[]): BlockReader {
  const { source, index } = features;
  const own = (rows: Int32Array | null, i: number): number => {
    const row = rows === null ? i : rows[i];
    return index === null ? row : index[row];
  };
  const width = plan.length;
  const codes = plan.map(({ categories }) => categories && new Map(categories.map((label, code) => [label, code])));
  if (source instanceof Table) {
    const columns = plan.map(({ column, categories }) => tableColumn(owner, source, (features.names as readonly string[])[column], categories));
    return (rows, from, to, out) => {
      columns.forEach((values, j) => {
        for (let i = from, p = j; i < to; i++, p += width) out[p] = values[own(rows, i)];
      });
    };
  }
  if (source.kind === 'csr') {
    const { indptr, indices, data } = source;
    const places = new Int32Array(source.cols).fill(-1);
    plan.forEach(({ column }, j) => (places[column] = j));
    return (rows, from, to, out) => {
      out.fill(0, 0, (to - from) * width);
      for (let i = from, start = 0; i < to; i++, start += width) {
        const row = own(rows, i);
        for (let e = indptr[row]; e < indptr[row + 1]; e++) if (places[indices[e]] >= 0) out[start + places[indices[e]]] = data[e];
      }
      encode(codes, to - from, out);
    };
  }
  const { data, cols } = source;
  const isWhole = width === cols && plan.every(({ column }, j) => column === j);
  const columns = Int32Array.from(plan, ({ column }) => column);
  return (rows, from, to, out) => {
    if (isWhole && rows === null && index === null) out.set(data.subarray(from * cols, to * cols));
    else {
      for (let i = from, p = 0; i < to; i++) {
        const start = own(rows, i) * cols;
        for (let j = 0; j < width; j++) out[p++] = data[start + columns[j]];
      }
    }
    encode(codes, to - from, out);
  };
}

/** Numbers become codes, in place. */
function encode(codes: readonly (Map<Label, number> | null)[], rows: number, out: Float64Array): void {
  const width = codes.length;
  codes.forEach((code, j) => {
    if (code === null) return;
    for (let i = 0, p = j; i < rows; i++, p += width) out[p] = code.get(out[p]) ?? Number.NaN;
  });
}

/** A whole column as numbers or codes; numbers and dates are not copied. */
function tableColumn(owner: string, table: Table, name: string, categories: readonly Label[] | null): ArrayLike<number> {
  const data = table.data(name);
  if (categories !== null) {
    const codeOf = new Map<Label | null, number>(categories.map((label, code) => [label, code]));
    if (data.kind === 'category') {
      const recoded = data.levels.map((level) => codeOf.get(level) ?? Number.NaN);
      const codes = new Float64Array(table.rows);
      for (let i = 0; i < codes.length; i++) codes[i] = data.codes[i] < 0 ? Number.NaN : recoded[data.codes[i]];
      return codes;
    }
    const codes = new Float64Array(table.rows);
    for (let i = 0; i < codes.length; i++) codes[i] = codeOf.get(data.values[i] as Label | null) ?? Number.NaN;
    return codes;
  }
  if (data.kind === 'number' || data.kind === 'date') return data.values;
  if (data.kind === 'text' || data.kind === 'category') {
    const row = data.values.findIndex((value) => value !== null);
    if (row >= 0) {
      throw new DataError(`${owner}: column ${show(name)} must hold numbers as in fit, or be among categoricalFeatures; row ${row} has ${show(data.values[row])}.`);
    }
  }
  return table.numbers(name);
}
