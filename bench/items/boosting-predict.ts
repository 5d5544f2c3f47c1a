import type { BenchItem } from '../bench-item.ts';
import { boostingData } from '../boosting-data.ts';
import { jsonInput } from '../inputs.ts';

/** A hundred trees asked for the probabilities of 100,000 rows. */
export const boostingPredict: BenchItem = {
  name: 'boosting-predict',
  title: 'HistGradientBoosting against LightGBM, predictProba of 100,000 × 28, one thread',
  timed: 'call',
  target: { ratio: 0.7 },
  input: async () => jsonInput('boosting-predict', () => ({ rows: 100_000, cols: 28, seed: 1 })),
  async ours(file) {
    const { HistGradientBoostingClassifier, rocAucScore } = await import('refit');
    const { X, y } = await boostingData(file);
    const model = await new HistGradientBoostingClassifier({ earlyStopping: false }).fit(X, y);
    return { run: () => model.predictProba(X), numbers: (proba: any) => ({ auc: rocAucScore(y, proba.col(1)) }) };
  },
  peer: { script: 'boosting.py', arguments: ['predict', '1'] },
  tolerance: 0.005,
};
