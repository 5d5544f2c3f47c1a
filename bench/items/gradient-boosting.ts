import type { BenchItem } from '../bench-item.ts';
import { boostingData } from '../boosting-data.ts';
import { jsonInput } from '../inputs.ts';

/** A hundred whole trees of depth 3; both sides grow the same trees. */
export const gradientBoosting: BenchItem = {
  name: 'gradient-boosting',
  title: 'GradientBoostingClassifier, whole trees, fit, 32,000 × 14',
  timed: 'call',
  target: { ratio: 1 },
  input: async (_, quick) => jsonInput(`gradient-boosting-${quick ? 4000 : 32_000}`, () => ({ rows: quick ? 4000 : 32_000, cols: 14, seed: 0 })),
  async ours(file) {
    const { GradientBoostingClassifier } = await import('refit');
    const { X, y } = await boostingData(file);
    const model = new GradientBoostingClassifier({ randomState: 0 });
    return {
      run: () => model.fit(X, y),
      numbers: ({ fitted }: typeof model) => ({ features: fitted.trees.map(({ feature }) => [...feature]), score: fitted.trainScore[99], importances: [...fitted.featureImportances] }),
    };
  },
  peer: { script: 'boosting.py', arguments: ['whole', '1'] },
  // Losses pass through logarithms, whose last digit differs.
  tolerance: 1e-9,
};
