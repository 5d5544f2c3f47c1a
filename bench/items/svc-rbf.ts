import { readFileSync } from 'node:fs';
import type { BenchItem } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';

/** A support vector machine with the Gaussian kernel; most of the time goes into kernel rows. */
export const svcRbf: BenchItem = {
  name: 'svc-rbf',
  title: 'SVC (RBF), 5,000 × 50',
  timed: 'call',
  target: { ratio: 1 },
  input: async (_size, quick) => jsonInput(quick ? 'svc-rbf-quick' : 'svc-rbf', () => ({ rows: quick ? 1500 : 5000, cols: 50, seed: 0 })),
  async ours(file) {
    const { DenseMatrix, RandomState, SVC } = await import('refit');
    const { rows, cols, seed } = JSON.parse(readFileSync(file, 'utf8')) as Record<'rows' | 'cols' | 'seed', number>;
    const random = new RandomState(seed);
    const X = new DenseMatrix(rows, cols, random.standardNormal(rows * cols));
    const noise = random.standardNormal(rows);
    // Whether a row lies outside a ball in its first ten columns, blurred.
    const y = Array.from(noise, (blur, i) => X.row(i).subarray(0, 10).reduce((sum, v) => sum + v * v, 3 * blur) > 10);
    const model = new SVC();
    return {
      run: () => model.fit(X, y),
      numbers: ({ fitted }: typeof model) => ({
        iterations: fitted.iterations[0],
        support: fitted.support.length,
        intercept: fitted.intercept[0],
        size: fitted.dualCoef.data.reduce((sum, c) => sum + Math.abs(c), 0),
      }),
    };
  },
  peer: { script: 'svc_rbf.py' },
  tolerance: 1e-6,
};
