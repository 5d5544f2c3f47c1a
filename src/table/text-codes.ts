import type { ColumnData, TextData } from './column-data.ts';
import { lazyText } from './lazy-values.ts';

/** The texts of a column as numbers: row i has `texts[codes[rows[i]]]`. */
export interface TextCodes {
  /** Where each row stands in the column that it was taken from. */
  readonly rows: Int32Array;
  /** One per row of that column: its text's position in `texts`, −1 where it is missing. */
  readonly codes: Int32Array;
  /** Distinct texts of that column. */
  readonly texts: readonly string[];
}

interface Origin {
  /** A column that was not taken itself. */
  from: TextData;
  rows: Int32Array;
}

const origins = new WeakMap<ColumnData, Origin>();
const known = new WeakMap<TextData, Omit<TextCodes, 'rows'>>();

/** Rows of a text column, remembering where they come from; copied when their texts are first asked for. `rows` must not change afterwards. */
export function takeTexts(data: TextData, rows: Int32Array): TextData {
  const before = origins.get(data);
  const origin = before === undefined ? { from: data, rows } : { from: before.from, rows: rows.map((row) => before.rows[row]) };
  const taken = lazyText(rows.length, () => textsOf(origin));
  origins.set(taken, origin);
  return taken;
}

function textsOf({ from, rows }: Origin): (string | null)[] {
  const { values } = from;
  const taken: (string | null)[] = [];
  for (let i = 0; i < rows.length; i++) taken.push(values[rows[i]]);
  return taken;
}

/**
 * A column of text that was taken from another one, as numbers: the texts of that one are looked up once, however many
 * folds take their rows from it.
 * @returns undefined for any other column
 */
export function textCodes(data: ColumnData): TextCodes | undefined {
  const origin = origins.get(data);
  return origin && { rows: origin.rows, ...codesOf(origin.from) };
}

/** The texts of a column as numbers, looked up once. */
export function codesOf(data: TextData): Omit<TextCodes, 'rows'> {
  let found = known.get(data);
  if (found !== undefined) return found;
  const { values } = data;
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[i];
    if (value === null) {
      codes[i] = -1;
      continue;
    }
    let code = codeOf.get(value);
    if (code === undefined) codeOf.set(value, (code = codeOf.size));
    codes[i] = code;
  }
  known.set(data, (found = { codes, texts: [...codeOf.keys()] }));
  return found;
}
