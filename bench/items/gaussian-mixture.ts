import { readFileSync } from 'node:fs';
import type { BenchItem } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';

/** Rounds of expectation maximisation over components with covariances of their own. */
export const gaussianMixture: BenchItem = {
  name: 'gaussian-mixture',
  title: 'GaussianMixture(5, full), 20 rounds, 20,000 × 20',
  timed: 'call',
  target: { ratio: 1.5 },
  input: async () => jsonInput('gaussian-mixture', () => ({ rows: 20_000, cols: 20, seed: 0 })),
  async ours(file) {
    const { DenseMatrix, GaussianMixture, RandomState } = await import('refit');
    const { rows, cols, seed } = JSON.parse(readFileSync(file, 'utf8')) as Record<'rows' | 'cols' | 'seed', number>;
    const normal = new RandomState(seed).standardNormal(rows * cols);
    // Five clusters that overlap, each with a spread of its own.
    const values = normal.map((value, p) => {
      const cluster = Math.floor(p / cols) % 5;
      return value * (1 + ((p + cluster) % 3)) + 2 * Math.sin(cluster * cols + (p % cols));
    });
    const X = new DenseMatrix(rows, cols, values);
    const model = new GaussianMixture({ nComponents: 5, initParams: 'randomFromData', regCovar: 0.1, maxIter: 20, tol: 0, randomState: 0 });
    return {
      run: () => model.fit(X),
      numbers: () => ({ bounds: Array.from(model.fitted.lowerBounds), weights: Array.from(model.fitted.weights) }),
    };
  },
  peer: { script: 'gaussian_mixture.py' },
  // What rounding leaves, over twenty rounds.
  tolerance: 1e-6,
};
