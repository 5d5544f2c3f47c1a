import type { BenchItem } from '../bench-item.ts';
import { readSpam, spamFolder } from '../spam-data.ts';

/** One model on the scaled counts of all training rows, to convergence. */
export const logisticRegression: BenchItem = {
  name: 'logistic-regression',
  title: 'LogisticRegression to convergence (tol 1e-8), scaled counts',
  timed: 'call',
  target: { ratio: 0.9 },
  input: async () => spamFolder,
  async ours(folder) {
    const { CountVectorizer, LogisticRegression, StandardScaler } = await import('refit');
    const { X, y } = await readSpam(folder);
    const counts = await new CountVectorizer({ tokenPattern: /\w+/gu }).fitTransform(X);
    const scaled = await new StandardScaler({ withMean: false }).fitTransform(counts);
    const model = new LogisticRegression({ tol: 1e-8, maxIter: 50_000 });
    return {
      run: () => model.fit(scaled, y),
      numbers: ({ fitted }: typeof model) => ({
        iterations: fitted.iterations,
        objective: fitted.objective,
        norm: Math.sqrt(fitted.coef.data.reduce((sum, w) => sum + w * w, 0)),
      }),
    };
  },
  peer: { script: 'logistic_regression.py' },
  tolerance: 1e-9,
  // So near the optimum the last bits of sums, which depend on their order, decide when the solver rests:
  // scikit-learn's own count and norm change (85 or 86 steps, 5e-6) when the rows are shuffled.
  tolerances: { iterations: 0.05, norm: 2e-5 },
};
