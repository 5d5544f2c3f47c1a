import type { BenchItem } from '../bench-item.ts';
import { boostingRows } from '../boosting-data.ts';
import { boostingFit } from '../boosting-fit.ts';
import { jsonInput } from '../inputs.ts';

/** The same with two threads on either side. */
export const boostingTwoThreads: BenchItem = {
  ...boostingFit(2),
  name: 'boosting-two-threads',
  title: 'HistGradientBoosting against LightGBM, 500,000 × 28, two threads',
  target: { ratio: 0.65 },
  input: async (_, quick) => jsonInput(`boosting-${boostingRows(quick).rows}`, () => boostingRows(quick)),
};
