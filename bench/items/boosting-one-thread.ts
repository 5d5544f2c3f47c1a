import type { BenchItem } from '../bench-item.ts';
import { boostingRows } from '../boosting-data.ts';
import { boostingFit } from '../boosting-fit.ts';
import { jsonInput } from '../inputs.ts';

/** A hundred trees of 31 leaves, binning included. */
export const boostingOneThread: BenchItem = {
  ...boostingFit(1),
  name: 'boosting-one-thread',
  title: 'HistGradientBoosting against LightGBM, 500,000 × 28, one thread',
  target: { ratio: 0.55 },
  input: async (_, quick) => jsonInput(`boosting-${boostingRows(quick).rows}`, () => boostingRows(quick)),
};
