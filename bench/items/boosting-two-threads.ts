import type { BenchItem } from '../bench-item.ts';
import { boostingData, boostingRows } from '../boosting-data.ts';
import { jsonInput } from '../inputs.ts';

/** The same with two threads on either side. */
export const boostingTwoThreads: BenchItem = {
  name: 'boosting-two-threads',
  title: 'HistGradientBoosting against LightGBM, 500,000 × 28, two threads',
  timed: 'call',
  target: { ratio: 0.65 },
  input: async (_, quick) => jsonInput(`boosting-${boostingRows(quick).rows}`, () => boostingRows(quick)),
  async ours(file) {
    const { HistGradientBoostingClassifier, rocAucScore } = await import('refit');
    const { X, y } = await boostingData(file);
    const model = new HistGradientBoostingClassifier({ earlyStopping: false, workers: 2 });
    return {
      run: () => model.fit(X, y),
      numbers: async () => ({ auc: rocAucScore(y, (await model.predictProba(X)).col(1)) }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['fit', '2'] },
  // Bins and the order of equal gains differ.
  tolerance: 0.005,
};
