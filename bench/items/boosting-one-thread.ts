import type { BenchItem } from '../bench-item.ts';
import { boostingData, boostingRows } from '../boosting-data.ts';
import { jsonInput } from '../inputs.ts';

/** A hundred trees of 31 leaves, binning included. */
export const boostingOneThread: BenchItem = {
  name: 'boosting-one-thread',
  title: 'HistGradientBoosting against LightGBM, 500,000 × 28, one thread',
  timed: 'call',
  target: { ratio: 0.55 },
  input: async (_, quick) => jsonInput(`boosting-${boostingRows(quick).rows}`, () => boostingRows(quick)),
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
