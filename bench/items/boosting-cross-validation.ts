import { adultLikeRows } from '../adult-like-rows.ts';
import type { BenchItem } from '../bench-item.ts';

/** Five folds of the same table, categories as categories; on two processors, two threads against two jobs. */
export const boostingCrossValidation: BenchItem = {
  name: 'boosting-cross-validation',
  title: 'HistGradientBoosting against scikit-learn, 32,000 × 14, 5 folds',
  timed: 'call',
  target: { ratio: 0.4 },
  input: (_, quick) => adultLikeRows(quick ? 4000 : 32_000),
  async ours(file) {
    const { crossValidate, HistGradientBoostingClassifier, readCsv, StratifiedKFold } = await import('refit');
    const table = await readCsv(file);
    const X = table.drop(['label']);
    const y = table.column('label');
    const cv = new StratifiedKFold({ nSplits: 5, shuffle: true, randomState: 0 });
    return {
      run: () => crossValidate(new HistGradientBoostingClassifier({ earlyStopping: false }) as any, X as any, y as any, { cv, scoring: 'accuracy' }),
      numbers: ({ folds }: any) => ({ accuracy: folds.map((fold: any) => fold.scores.accuracy) }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['folds', '2'] },
  // Categories that are rare in a node tie.
  tolerance: 0.005,
};
