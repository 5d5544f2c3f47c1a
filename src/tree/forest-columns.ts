import type { Matrix } from '../matrix/matrix.ts';
import { checkRanks, memoryOfProcess } from './forest-memory.ts';
import type { ForestOptions } from './forest-options.ts';
import { threadsFor } from './forest-threads.ts';
import { rankColumns, type RankedColumns } from './ranked-columns.ts';

/** X as a forest's trees read it. @throws DataError for what cannot be ranked, or not in this machine's memory */
export function forestColumns(owner: string, X: Matrix, options: Required<ForestOptions>): RankedColumns {
  checkRanks(owner, X, threadsFor(X.rows, X.cols, options), memoryOfProcess());
  return rankColumns(owner, X, options.maxBins);
}
