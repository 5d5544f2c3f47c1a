import type { BenchItem } from '../bench-item.ts';
import { boostingFit } from '../boosting-fit.ts';
import { jsonInput } from '../inputs.ts';

const ROWS = 62_500;

/** A hundred trees on once, twice, four and eight times the rows, one thread. */
export const boostingGrowth: BenchItem = {
  ...boostingFit(1),
  name: 'boosting-growth',
  title: 'HistGradientBoosting against LightGBM, n × 62,500 × 28, one thread',
  target: {},
  sizes: (quick) => (quick ? [1, 2] : [1, 2, 4, 8]),
  input: async (times) => jsonInput(`boosting-${times * ROWS}`, () => ({ rows: times * ROWS, cols: 28, seed: 0 })),
};
