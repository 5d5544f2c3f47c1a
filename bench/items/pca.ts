import { readFileSync } from 'node:fs';
import type { BenchItem } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';

/** Principal components of many rows, by the covariance. */
export const pca: BenchItem = {
  name: 'pca',
  title: 'PCA(20), fit_transform, 10,000 × 200',
  timed: 'call',
  target: { ratio: 1.5 },
  input: async () => jsonInput('pca', () => ({ rows: 10_000, cols: 200, seed: 0 })),
  async ours(file) {
    const { DenseMatrix, PCA, RandomState } = await import('refit');
    const { rows, cols, seed } = JSON.parse(readFileSync(file, 'utf8')) as Record<'rows' | 'cols' | 'seed', number>;
    const normal = new RandomState(seed).standardNormal(rows * cols);
    // Neighbouring columns share something, and later ones vary more.
    const values = normal.map((value, p) => {
      const j = p % cols;
      return value * (1 + j / 20) + normal[p - j + ((j + 1) % cols)];
    });
    const X = new DenseMatrix(rows, cols, values);
    const model = new PCA({ nComponents: 20 });
    return {
      run: () => model.fitTransform(X),
      numbers: (scores: { data: Float64Array }) => ({
        variances: Array.from(model.fitted.explainedVariance),
        noise: model.fitted.noiseVariance,
        size: scores.data.reduce((sum, score) => sum + Math.abs(score), 0) / scores.data.length,
      }),
    };
  },
  peer: { script: 'pca.py' },
  tolerance: 1e-8,
};
