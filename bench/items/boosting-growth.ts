import type { BenchItem } from '../bench-item.ts';
import { boostingData } from '../boosting-data.ts';
import { jsonInput } from '../inputs.ts';

const ROWS = 62_500;

/** A hundred trees on once, twice, four and eight times the rows, one thread. */
export const boostingGrowth: BenchItem = {
  name: 'boosting-growth',
  title: 'HistGradientBoosting against LightGBM, n × 62,500 × 28, one thread',
  timed: 'call',
  target: {},
  sizes: (quick) => (quick ? [1, 2] : [1, 2, 4, 8]),
  input: async (times) => jsonInput(`boosting-${times * ROWS}`, () => ({ rows: times * ROWS, cols: 28, seed: 0 })),
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
