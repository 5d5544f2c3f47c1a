import type { Table } from '../table/table.ts';

/** Rows a group, on average, from which on equal values look like the rows of one customer, patient or place. */
const ROWS_A_GROUP = 2;
/** Groups a fold must have to choose from. */
const GROUPS_A_FOLD = 4;

/**
 * The column of words or whole numbers that names groups of rows, none of which is in both files: how well a model does on rows of
 * new groups is then told by folds of whole groups only. Null where there is none.
 */
export function inferGroups(train: Table, test: Table, names: readonly string[], nSplits: number): string | null {
  const found = names.find((name) => {
    const kind = train.kind(name);
    if ((kind !== 'text' && kind !== 'number') || train.column(name).missing > 0 || test.column(name).missing > 0) return false;
    const values = train.column(name).toArray() as (string | number)[];
    if (kind === 'number' && !values.every((value) => Number.isSafeInteger(value))) return false;
    const [groups, others] = [new Set(values), new Set(test.column(name).toArray() as (string | number)[])];
    if (groups.size < GROUPS_A_FOLD * nSplits || groups.size * ROWS_A_GROUP > train.rows || others.size * ROWS_A_GROUP > test.rows) return false;
    return [...others].every((value) => !groups.has(value));
  });
  return found ?? null;
}
