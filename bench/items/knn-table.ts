import { readFileSync } from 'node:fs';
import type { BenchItem } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';

/** Neighbours on few columns, where a tree pays, and on more, where comparing all rows does. */
const knnTable = (cols: number): BenchItem => ({
  name: `knn-table-${cols}-columns`,
  title: `KNeighborsRegressor(5), fit and predict, 20,000 and 5,000 × ${cols}`,
  timed: 'call',
  target: { ratio: 1 },
  input: async () => jsonInput(`knn-table-${cols}`, () => ({ rows: 20_000, asked: 5000, cols, seed: 0 })),
  async ours(file) {
    const { DenseMatrix, KNeighborsRegressor, RandomState } = await import('refit');
    const { rows, asked, cols, seed } = JSON.parse(readFileSync(file, 'utf8')) as Record<'rows' | 'asked' | 'cols' | 'seed', number>;
    const random = new RandomState(seed);
    const [X, queries] = [rows, asked].map((n) => new DenseMatrix(n, cols, random.standardNormal(n * cols)));
    const y = random.standardNormal(rows);
    const model = new KNeighborsRegressor();
    return {
      run: async () => (await model.fit(X, y)).predict(queries),
      numbers: (predicted: ArrayLike<number>) => ({ predicted: Array.from(predicted) }),
    };
  },
  peer: { script: 'knn_table.py' },
  tolerance: 1e-12,
});

export const knnFewColumns = knnTable(6);
export const knnManyColumns = knnTable(30);
