import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import { labelCodes } from '../table/label-codes.ts';
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
  let list = new Int32Array(0);
  /** Numbers in X of rows from … to − 1. */
  const numbersOf = (rows: Int32Array | null, from: number, to: number): Int32Array => {
    if (list.length < to - from) list = new Int32Array(to - from);
    for (let i = from; i < to; i++) list[i - from] = rows === null ? i : rows[i];
    if (index !== null) for (let i = 0; i < to - from; i++) list[i] = index[list[i]];
    return list;
  };
  const width = plan.length;
  const codes = plan.map(({ categories }) => categories && new Map(categories.map((label, code) => [label, code])));
  if (source instanceof Table) {
    const columns = plan.map(({ column, categories }) => tableColumn(owner, source, (features.names as readonly string[])[column], categories));
    return (rows, from, to, out) => {
      const numbers = numbersOf(rows, from, to);
      columns.forEach((column, j) => readColumn(column, numbers, to - from, out, j, width));
    };
  }
  if (source.kind === 'csr') {
    const { indptr, indices, data } = source;
    const places = new Int32Array(source.cols).fill(-1);
    plan.forEach(({ column }, j) => (places[column] = j));
    return (rows, from, to, out) => {
      out.fill(0, 0, (to - from) * width);
      const numbers = numbersOf(rows, from, to);
      for (let i = 0, start = 0; i < to - from; i++, start += width) {
        const row = numbers[i];
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
      const numbers = numbersOf(rows, from, to);
      for (let i = 0, p = 0; i < to - from; i++) {
        const start = numbers[i] * cols;
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

/** A column as numbers: values, or the number that each of its levels stands for. */
type NumberColumn = { values: ArrayLike<number> } | { codes: Int32Array; numbers: Float64Array };

/** Writes the listed rows of a column to every `width`-th number from `at` on. */
function readColumn(column: NumberColumn, rows: Int32Array, count: number, out: Float64Array, at: number, width: number): void {
  if ('values' in column) {
    const { values } = column;
    for (let i = 0, p = at; i < count; i++, p += width) out[p] = values[rows[i]];
  } else {
    const { codes, numbers } = column;
    for (let i = 0, p = at; i < count; i++, p += width) out[p] = numbers[codes[rows[i]] + 1];
  }
}

/** A column as numbers; nothing is copied but values that are none. */
function tableColumn(owner: string, table: Table, name: string, categories: readonly Label[] | null): NumberColumn {
  const data = table.data(name);
  if (categories !== null) {
    const codeOf = new Map<Label | null, number>(categories.map((label, code) => [label, code]));
    const coded = labelCodes(data);
    // What is missing has code −1.
    if (coded) return { codes: coded.codes, numbers: Float64Array.from([null, ...coded.texts], (text) => codeOf.get(text) ?? Number.NaN) };
    return { values: Float64Array.from(data.values as ArrayLike<Label | null>, (value) => codeOf.get(value) ?? Number.NaN) };
  }
  if (data.kind === 'number' || data.kind === 'date') return { values: data.values };
  if (data.kind === 'text' || data.kind === 'category') {
    const row = data.values.findIndex((value) => value !== null);
    if (row >= 0) {
      throw new DataError(`${owner}: column ${show(name)} must hold numbers as in fit, or be among categoricalFeatures; row ${row} has ${show(data.values[row])}.`);
    }
  }
  return { values: table.numbers(name) };
}
