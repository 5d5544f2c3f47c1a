import type { ColumnData } from './column-data.ts';
import { takeTexts } from './text-codes.ts';

/** The given rows, in the given order. `rows` must not change afterwards. */
export function takeData(data: ColumnData, rows: Int32Array): ColumnData {
  switch (data.kind) {
    case 'number': {
      const values = takeNumbers(data.values, rows);
      return data.nan === undefined ? { kind: 'number', values } : { kind: 'number', values, nan: Uint8Array.from(rows, (row) => data.nan![row]) };
    }
    case 'date':
      return { kind: 'date', values: takeNumbers(data.values, rows) };
    case 'category': {
      const codes = new Int32Array(rows.length);
      for (let i = 0; i < codes.length; i++) codes[i] = data.codes[rows[i]];
      return { kind: 'category', codes, levels: data.levels, values: takeValues(data.values, rows) };
    }
    case 'text':
      return takeTexts(data, rows);
    case 'boolean':
      return { kind: 'boolean', values: takeValues(data.values, rows) };
  }
}

function takeNumbers(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = values[rows[i]];
  return taken;
}

function takeValues<T>(values: readonly T[], rows: ArrayLike<number>): T[] {
  const taken: T[] = [];
  for (let i = 0; i < rows.length; i++) taken.push(values[rows[i]]);
  return taken;
}
