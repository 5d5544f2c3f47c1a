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

/** Rows that tell whether the texts of a column recur, and how many different ones there may be among them. */
const LOOKED_AT = 512;
const FEW = 128;

/** The texts of a column as numbers, where they recur so much that these are the shorter way to write it; else undefined. */
export function recurringTexts(data: TextData): Omit<TextCodes, 'rows'> | undefined {
  const { from, rows } = origins.get(data) ?? { from: data, rows: undefined };
  if (!known.has(from)) {
    const first = from.values.slice(0, LOOKED_AT);
    if (first.length < LOOKED_AT || new Set(first).size > FEW) return undefined;
  }
  const { codes, texts } = codesOf(from);
  const own = rows?.map((row) => codes[row]) ?? codes;
  return texts.length * 4 > own.length ? undefined : { codes: own, texts };
}

/** A column of text out of recurringTexts. */
export function textOfCodes({ codes, texts }: Omit<TextCodes, 'rows'>): TextData {
  const data = lazyText(codes.length, () => Array.from(codes, (code) => (code < 0 ? null : texts[code])));
  known.set(data, { codes, texts });
  return data;
}
