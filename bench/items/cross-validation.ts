import type { BenchItem } from '../bench-item.ts';
import { readSpam, spamFolder } from '../spam-data.ts';

/** Five stratified folds of the seed's pipeline; the same folds on both sides. */
export const crossValidation: BenchItem = {
  name: 'cross-validation',
  title: '5-fold cross-validation of the seed’s pipeline, all cores',
  timed: 'process',
  target: { ratio: 0.15 },
  input: async () => spamFolder,
  async ours(folder) {
    const { crossValidate, StratifiedKFold } = await import('refit');
    const { seedPipeline } = await import('../seed-pipeline.ts');
    const { X, y } = await readSpam(folder);
    const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 43 });
    return {
      run: () => crossValidate(seedPipeline(), X, y, { cv, scoring: 'accuracy' }),
      numbers: ({ folds }: { folds: { scores: { accuracy: number } }[] }) => ({ accuracy: folds.map(({ scores }) => scores.accuracy) }),
    };
  },
  peer: { script: 'cross_validation.py', jobs: true },
  tolerance: 1e-12,
};
