import { readFileSync } from 'node:fs';
import type { BenchItem } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';

/** A hundred trees of 256 rows each, and every row's score. */
export const isolationForest: BenchItem = {
  name: 'isolation-forest',
  title: 'IsolationForest, fit and scores, 100,000 × 20',
  timed: 'call',
  target: { ratio: 1.5 },
  input: async () => jsonInput('isolation-forest', () => ({ rows: 100_000, cols: 20, seed: 0 })),
  async ours(file) {
    const { DenseMatrix, IsolationForest, RandomState } = await import('refit');
    const { rows, cols, seed } = JSON.parse(readFileSync(file, 'utf8')) as Record<'rows' | 'cols' | 'seed', number>;
    const X = new DenseMatrix(rows, cols, new RandomState(seed).standardNormal(rows * cols));
    const model = new IsolationForest({ contamination: 0.05, randomState: 0 });
    return {
      run: () => model.fitPredict(X),
      numbers: (predicted: Int32Array) => ({ offset: model.fitted.offset, outliers: predicted.reduce((count, one) => count + (one < 0 ? 1 : 0), 0) }),
    };
  },
  peer: { script: 'isolation_forest.py' },
  tolerance: 1e-12,
};
