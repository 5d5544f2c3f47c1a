import { inspect } from 'node:util';
import { show } from '../core/show.ts';
import { isMissing, type ColumnData, type ColumnKind } from './column-data.ts';
import { areDays, formatDate } from './parse-date.ts';

/** What there is to know of a column at first sight. */
export interface ColumnSummary {
  name: string;
  kind: ColumnKind;
  /** Rows without a value. */
  missing: number;
  /** Different values, missing ones not counted. */
  unique: number;
  /** Numbers and dates (in milliseconds since 1970-01-01 UTC) that are not NaN; null without any. */
  spread: { min: number; mean: number; median: number; max: number; /** Standard deviation with n − 1, as pandas; NaN for one value. */ std: number } | null;
  /** The most frequent value and its count, the first of equals; null for a column without values. */
  top: { value: string | number | boolean; count: number } | null;
  /** Up to three different values, in order of appearance. */
  examples: readonly (string | number | boolean)[];
}

/** Every column's summary; `String(description)` and console.log give it as a text table. */
export class TableDescription {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];

  constructor(rows: number, columns: readonly ColumnSummary[]) {
    this.rows = rows;
    this.columns = columns;
  }

  toString(): string {
    const { rows, columns } = this;
    const heads = ['column', 'kind', 'missing', 'unique', 'min', 'mean', 'median', 'max', 'most frequent', 'examples'];
    const lines = columns.map((column) => [column.name, column.kind, missingText(column.missing, rows), String(column.unique), ...valueTexts(column)]);
    const widths = heads.map((head, j) => Math.max(head.length, ...lines.map((line) => line[j].length)));
    const isRight = (j: number): boolean => j >= 2 && j <= 7;
    const format = (line: readonly string[]): string =>
      line.map((field, j) => (isRight(j) ? field.padStart(widths[j]) : field.padEnd(widths[j]))).join('  ').trimEnd();
    const title = `${rows} ${rows === 1 ? 'row' : 'rows'} × ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
    return [title, format(heads), ...lines.map(format)].join('\n');
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

export function describeTable(rows: number, columns: Iterable<readonly [name: string, data: ColumnData]>): TableDescription {
  return new TableDescription(rows, Array.from(columns, ([name, data]) => summary(name, data)));
}

function summary(name: string, data: ColumnData): ColumnSummary {
  const counts = new Map<string | number | boolean, number>();
  let missing = 0;
  for (let i = 0; i < data.values.length; i++) {
    if (isMissing(data, i)) missing++;
    else counts.set(data.values[i]!, (counts.get(data.values[i]!) ?? 0) + 1);
  }
  let top: ColumnSummary['top'] = null;
  for (const [value, count] of counts) if (top === null || count > top.count) top = { value, count };
  const examples = [...counts.keys()].slice(0, 3);
  const spread = data.kind === 'number' || data.kind === 'date' ? spreadOf(data.values) : null;
  return { name, kind: data.kind, missing, unique: counts.size, spread, top, examples };
}

function spreadOf(values: Float64Array): ColumnSummary['spread'] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  if (n === 0) return null;
  let sum = 0;
  for (const value of sorted) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  const median = n % 2 === 1 ? sorted[(n - 1) / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  return { min: sorted[0], mean, median, max: sorted[n - 1], std: n === 1 ? Number.NaN : Math.sqrt(squares / (n - 1)) };
}

function missingText(missing: number, rows: number): string {
  if (missing === 0) return '0';
  const share = (100 * missing) / rows;
  return `${missing} (${share < 1 ? '<1' : Math.round(share)}%)`;
}

/** The last six fields of a line. */
function valueTexts({ kind, spread, top, examples, missing, unique }: ColumnSummary): string[] {
  const moment = (value: number): string => formatDate(value, kind === 'date' && areDays(Float64Array.from(examples as number[])));
  const number = (value: number): string => (kind === 'date' ? moment(value) : short(value));
  const text = (value: string | number | boolean): string => {
    if (typeof value === 'number') return number(value);
    return typeof value === 'string' ? cut(value, 24) : String(value);
  };
  const four = spread === null ? ['', '', '', ''] : [spread.min, spread.mean, spread.median, spread.max].map(number);
  // A most frequent value tells nothing of measurements and of ids.
  const isTelling = top !== null && top.count > 1 && (kind !== 'number' || unique <= 20);
  const frequent = isTelling ? `${text(top!.value)} (${top!.count})` : '';
  return [...four, frequent, examples.length > 0 ? examples.map(text).join(', ') : missing > 0 ? '(no value)' : ''];
}

const cut = (text: string, length: number): string => {
  const line = text.replace(/\s+/g, ' ');
  return line === '' ? show(text) : line.length > length ? `${line.slice(0, length - 1)}…` : line;
};

/** Up to four significant digits, whole numbers whole. */
function short(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : value < 0 ? '-inf' : 'NaN';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2);
  return String(Number(value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3)));
}
