import type { BenchItem } from '../bench-item.ts';
import { readSpam, spamFolder } from '../spam-data.ts';

/** As in bench/peers/grid_search.py. */
const C = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

/** Ten penalties, five stratified folds, refit on all rows. */
export const gridSearch: BenchItem = {
  name: 'grid-search',
  title: 'grid of 10 C × 5 folds and refit, two workers',
  timed: 'process',
  target: { ratio: 0.08 },
  input: async () => spamFolder,
  async ours(folder) {
    const { GridSearch, StratifiedKFold } = await import('refit');
    const { seedPipeline } = await import('../seed-pipeline.ts');
    const { X, y } = await readSpam(folder);
    const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 43 });
    const search = new GridSearch({ estimator: seedPipeline(), searchSpace: { classify: { C } }, scoring: 'accuracy', cv, workers: 2 });
    return {
      run: () => search.fit(X, y),
      numbers: ({ fitted }: typeof search) => ({
        meanTestScore: fitted.results.map(({ scores }) => scores.accuracy.mean),
        bestScore: fitted.bestScore,
        bestC: C[fitted.bestIndex],
        refitIterations: fitted.bestEstimator.namedSteps.classify.fitted.iterations,
      }),
    };
  },
  peer: { script: 'grid_search.py', jobs: true },
  tolerance: 1e-12,
};
