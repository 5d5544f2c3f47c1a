import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../outputs/bench/', import.meta.url));

/**
 * A CSV of mixed columns the size of the census set that tabular models are usually shown on: six measured columns with
 * gaps, eight categories, a target that depends on both. Made once per size.
 */
export async function adultLikeRows(rows: number): Promise<string> {
  const file = join(folder, `mixed-${rows}.csv`);
  if (existsSync(file)) return file;
  const { RandomState, Table, writeCsv } = await import('refit');
  mkdirSync(folder, { recursive: true });
  const random = new RandomState(0);
  const columns: Record<string, (number | string | null)[]> = {};
  for (let j = 0; j < 6; j++) {
    columns[`n${j}`] = Array.from({ length: rows }, () => (random.randomSample() < 0.05 ? null : Math.round(random.randomSample() * 1e4) / 1e3));
  }
  for (let j = 0; j < 8; j++) {
    const levels = [2, 5, 7, 9, 14, 16, 41, 6][j];
    columns[`c${j}`] = Array.from({ length: rows }, () => `level ${Math.floor(random.randomSample() ** 2 * levels)}`);
  }
  columns.label = Array.from({ length: rows }, (_, i) => {
    const lean = Number(columns.n0[i] ?? 5) + (columns.c1[i] === 'level 0' ? 3 : 0) - (columns.c4[i] === 'level 1' ? 2 : 0);
    return Number(lean + 6 * random.randomSample() > 9);
  });
  await writeCsv(file, Table.from(columns));
  return file;
}
