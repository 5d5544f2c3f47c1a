import type { BenchItem } from '../bench-item.ts';
import { boostingFit } from '../boosting-fit.ts';
import { jsonInput } from '../inputs.ts';

const COLUMNS = 14;

/** A hundred trees on once, twice, four and eight times the columns, one thread. */
export const boostingGrowthColumns: BenchItem = {
  ...boostingFit(1),
  name: 'boosting-growth-columns',
  title: 'HistGradientBoosting against LightGBM, 62,500 × n × 14, one thread',
  target: {},
  sizes: (quick) => (quick ? [1, 2] : [1, 2, 4, 8]),
  input: async (times) => jsonInput(`boosting-columns-${times * COLUMNS}`, () => ({ rows: 62_500, cols: times * COLUMNS, seed: 0 })),
};
