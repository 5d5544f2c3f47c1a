import { readFileSync } from 'node:fs';

/** Normal columns and a class that products, waves and sizes of them tell; the same numbers as in peers/boosting.py. */
export async function boostingData(file: string): Promise<{ X: any; y: Int32Array }> {
  const { DenseMatrix, RandomState } = await import('refit');
  const { rows, cols, seed } = JSON.parse(readFileSync(file, 'utf8')) as Record<'rows' | 'cols' | 'seed', number>;
  const random = new RandomState(seed);
  const X = new DenseMatrix(rows, cols, random.standardNormal(rows * cols));
  const noise = random.standardNormal(rows);
  const y = Int32Array.from({ length: rows }, (_, i) => {
    const x = X.row(i);
    return Number(x[0] * x[1] + Math.sin(2 * x[2]) + 0.5 * x[3] + 0.3 * x[4] * x[5] - 0.5 * Math.abs(x[6]) + 0.2 * x[7] ** 2 + 1.5 * noise[i] > 0.3);
  });
  return { X, y };
}

export const boostingRows = (quick: boolean): { rows: number; cols: number; seed: number } => ({ rows: quick ? 20_000 : 500_000, cols: 28, seed: 0 });
