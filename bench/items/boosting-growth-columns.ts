import type { BenchItem } from '../bench-item.ts';
import { boostingData } from '../boosting-data.ts';
import { jsonInput } from '../inputs.ts';

const COLUMNS = 14;

/** A hundred trees on once, twice, four and eight times the columns, one thread. */
export const boostingGrowthColumns: BenchItem = {
  name: 'boosting-growth-columns',
  title: 'HistGradientBoosting against LightGBM, 62,500 × n × 14, one thread',
  timed: 'call',
  target: {},
  sizes: (quick) => (quick ? [1, 2] : [1, 2, 4, 8]),
  input: async (times) => jsonInput(`boosting-columns-${times * COLUMNS}`, () => ({ rows: 62_500, cols: times * COLUMNS, seed: 0 })),
  async ours(file) {
    const { HistGradientBoostingClassifier, rocAucScore } = await import('refit');
    const { X, y } = await boostingData(file);
    const model = new HistGradientBoostingClassifier({ earlyStopping: false, workers: 1 });
    return {
      run: () => model.fit(X, y),
      numbers: async () => ({ auc: rocAucScore(y, (await model.predictProba(X)).col(1)) }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['fit', '1'] },
  // Bins and the order of equal gains differ.
  tolerance: 0.005,
};
