import type { RankedColumns } from './ranked-columns.ts';

/** The most ranks that one of the columns has. */
export function mostRanks({ cols, starts }: RankedColumns): number {
  let most = 0;
  for (let j = 0; j < cols; j++) most = Math.max(most, starts[j + 1] - starts[j]);
  return most;
}

/** How many doubles of room sorting by rank wants in compiled code: 4 bytes for each rank, then 8 for every 64 and for every 4096 of them. */
export const sortScratch = (ranks: number): number => (ranks >> 1) + (ranks >> 6) + (ranks >> 12) + 3;
