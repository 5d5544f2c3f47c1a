import type { ColumnData } from './column-data.ts';
import { codesOf, textCodes } from './text-codes.ts';

/** A column of text or categories as numbers: row i has `texts[codes[i]]`; −1 where it is missing. */
export interface LabelCodes {
  readonly codes: Int32Array;
  /** Distinct texts; the column need not have them all. */
  readonly texts: readonly string[];
}

/** The codes of a column of text or categories, its texts looked up once; null for any other column. */
export function labelCodes(data: ColumnData): LabelCodes | null {
  if (data.kind === 'category') return { codes: data.codes, texts: data.levels };
  if (data.kind !== 'text') return null;
  const taken = textCodes(data);
  return taken === undefined ? codesOf(data) : { codes: taken.rows.map((row) => taken.codes[row]), texts: taken.texts };
}
