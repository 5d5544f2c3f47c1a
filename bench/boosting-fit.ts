import type { BenchItem } from './bench-item.ts';
import { boostingData } from './boosting-data.ts';

/** What every item has that times a hundred trees of 31 leaves, binning included, on so many threads. */
export const boostingFit = (threads: number): Pick<BenchItem, 'timed' | 'ours' | 'peer' | 'tolerance'> => ({
  timed: 'call',
  async ours(file) {
    const { HistGradientBoostingClassifier, rocAucScore } = await import('refit');
    const { X, y } = await boostingData(file);
    const model = new HistGradientBoostingClassifier({ earlyStopping: false, workers: threads });
    return {
      run: () => model.fit(X, y),
      numbers: async () => ({ auc: rocAucScore(y, (await model.predictProba(X)).col(1)) }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['fit', String(threads)] },
  // Bins and the order of equal gains differ.
  tolerance: 0.005,
});
