import type { Matrix } from '../matrix/matrix.ts';
import { rankColumns, type RankedColumns } from './ranked-columns.ts';

/** What several trees are fitted on one after the other. */
const shared = new WeakMap<object, { users: number; columns: RankedColumns | undefined }>();

/**
 * Has the columns of X ranked once for all the trees that are fitted on it, until `work` is done. X must not change
 * meanwhile.
 */
export async function withSharedRanks<Result>(X: object, work: () => Promise<Result>): Promise<Result> {
  const own = shared.get(X) ?? { users: 0, columns: undefined };
  shared.set(X, own);
  own.users++;
  try {
    return await work();
  } finally {
    if (--own.users === 0) shared.delete(X);
  }
}

/** The ranks of X: those that are shared, or new ones. @throws DataError as rankColumns does */
export function ranksOf(owner: string, X: Matrix): RankedColumns {
  const own = shared.get(X);
  if (own === undefined) return rankColumns(owner, X, null);
  return (own.columns ??= rankColumns(owner, X, null));
}
