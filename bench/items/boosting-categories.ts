import { adultLikeRows } from '../adult-like-rows.ts';
import type { BenchItem } from '../bench-item.ts';

/** A table of numbers with gaps and of categories, as it is: fit on all rows with the categories as categories. */
export const boostingCategories: BenchItem = {
  name: 'boosting-categories',
  title: 'HistGradientBoosting against LightGBM, native categories, 32,000 × 14, one thread',
  timed: 'call',
  target: { ratio: 1 },
  input: (_, quick) => adultLikeRows(quick ? 4000 : 32_000),
  async ours(file) {
    const { HistGradientBoostingClassifier, readCsv, rocAucScore } = await import('refit');
    const table = await readCsv(file);
    const X = table.drop(['label']);
    const y = Int32Array.from(table.numbers('label'));
    const model = new HistGradientBoostingClassifier({ earlyStopping: false, workers: 1 });
    return {
      run: () => model.fit(X, y),
      numbers: async () => ({ auc: rocAucScore(y, (await model.predictProba(X)).col(1)) }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['categories', '1'] },
  tolerance: 0.01,
};
