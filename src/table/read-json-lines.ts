import { ParseError } from '../core/errors.ts';
import { completeOptions, custom, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { categoryData, columnData, countMissing, type ColumnData, type ColumnKind, type TextData } from './column-data.ts';
import { parseDate } from './parse-date.ts';
import { Table } from './table.ts';
import { textBytes } from './text-bytes.ts';

export interface ReadJsonLinesOptions {
  /** What columns hold, by name: 'text' keeps dates as they are written, 'category' makes levels of texts, the others are checked. Default: as found. */
  types?: Readonly<Record<string, ColumnKind>>;
}

const KINDS: readonly unknown[] = ['number', 'text', 'boolean', 'date', 'category'];

const rules: Rules<ReadJsonLinesOptions> = {
  types: custom({}, "'number', 'text', 'boolean', 'date' or 'category' by column name", (v) => typeof v === 'object' && v !== null && Object.values(v).every((kind) => KINDS.includes(kind)), { x: 'money' }),
};

/**
 * Reads JSON lines (gzip too) into a Table: one object a line, columns in order of first appearance, missing where
 * an object lacks a name or has null. Text stays text, but a column of which every value is a date in the form of
 * ISO 8601 holds dates. Blank lines are skipped.
 *
 * Counterpart: pandas.read_json(lines=True), which turns more into dates than what looks like one.
 *
 * @param source a path, or a file's bytes
 * @throws ParseError naming the file and the line: no JSON, no object, a list or an object as a value, values of
 *   several types in one column
 * @example
 * const train = await readJsonLines('train.jsonl.gz');
 */
export async function readJsonLines(source: string | Uint8Array, options: ReadJsonLinesOptions = {}): Promise<Table> {
  const { types } = completeOptions<ReadJsonLinesOptions>('readJsonLines', options, rules);
  const file = typeof source === 'string' ? source : 'input';
  const lines = (await textBytes('readJsonLines', source, 'utf-8')).toString('utf8').replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = new Map<string, Value[]>();
  const lineOfRow: number[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    const row = lineOfRow.push(i + 1) - 1;
    for (const [name, value] of Object.entries(parseLine(file, i + 1, line))) {
      let values = columns.get(name);
      if (values === undefined) columns.set(name, (values = []));
      values[row] = checkedValue(file, i + 1, name, value, values);
    }
  });
  if (lineOfRow.length === 0) throw new ParseError(`readJsonLines: ${file} is empty. It must have one JSON object a line.`);
  return new Table(
    [...columns].map(([name, values]) => {
      values.length = lineOfRow.length;
      return [name, typed(file, lineOfRow, name, columnData('readJsonLines', name, values), types[name])];
    }),
    lineOfRow.length,
  );
}

type Value = string | number | boolean | null;

function parseLine(file: string, line: number, text: string): object {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch (error) {
    throw new ParseError(`readJsonLines: ${file} line ${line} is not JSON (${(error as Error).message}). Every line must be one object.`, { cause: error });
  }
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row;
  throw new ParseError(`readJsonLines: ${file} line ${line} must be an object, got ${show(row)}. Write {"column": value, …}.`);
}

function checkedValue(file: string, line: number, name: string, value: unknown, before: readonly Value[]): Value {
  if (value === null) return null;
  if (typeof value === 'object') {
    throw new ParseError(`readJsonLines: ${file} line ${line} column ${show(name)} must be a number, text, true or false, got ${show(value)}. Take it apart first.`);
  }
  // The last value before this one; gaps are undefined or null.
  let i = before.length - 1;
  while (i >= 0 && (before[i] ?? null) === null) i--;
  if (i >= 0 && typeof before[i] !== typeof value) {
    throw new ParseError(`readJsonLines: ${file} line ${line} column ${show(name)} must be a ${typeof before[i]} as in the lines before, got ${show(value)}. Correct it.`);
  }
  return value as Value;
}

function typed(file: string, lineOfRow: readonly number[], name: string, data: ColumnData, kind: ColumnKind | undefined): ColumnData {
  if (data.kind === 'text') {
    if (kind === 'category') return categoryData('readJsonLines', name, data.values);
    if (kind === undefined || kind === 'date') return dated(file, lineOfRow, name, data, kind === 'date');
  }
  if (kind === undefined || kind === data.kind || countMissing(data) === data.values.length) return data;
  const row = data.values.findIndex((value) => value !== null && value === value);
  throw new ParseError(`readJsonLines: ${file} line ${lineOfRow[row]} column ${show(name)} must be of kind ${kind}, got ${show(data.values[row])}. Correct it, or leave the type out.`);
}

/** Dates where every text is one. @throws ParseError naming the first that is none, if they must be dates. */
function dated(file: string, lineOfRow: readonly number[], name: string, data: TextData, mustBe: boolean): ColumnData {
  const values = new Float64Array(data.values.length);
  for (const [row, text] of data.values.entries()) {
    values[row] = text === null ? Number.NaN : parseDate(text);
    if (text === null || values[row] === values[row]) continue;
    if (!mustBe) return data;
    throw new ParseError(`readJsonLines: ${file} line ${lineOfRow[row]} column ${show(name)} must be a date such as 2024-05-31, got ${show(text)}. Correct it, or read it as text.`);
  }
  return { kind: 'date', values };
}
