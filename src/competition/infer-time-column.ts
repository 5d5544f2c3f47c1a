import type { Label } from '../core/labels.ts';
import type { Table } from '../table/table.ts';

/**
 * The column of dates by which every test row is later than all training rows; null where there is none, or where the first of
 * `nSplits` folds in its order would learn one class only.
 */
export function inferTimeColumn(train: Table, test: Table, target: string, task: 'classification' | 'regression', nSplits: number): string | null {
  const isDates = (table: Table, name: string): boolean => table.kind(name) === 'date' && table.column(name).missing === 0;
  const first = Math.floor(train.rows / (nSplits + 1));
  if (first === 0) return null;
  const found = train.names.find((name) => {
    if (!test.has(name) || !isDates(train, name) || !isDates(test, name)) return false;
    const times = train.numbers(name);
    const latest = times.reduce((a, b) => Math.max(a, b));
    if (test.numbers(name).some((time) => time <= latest)) return false;
    if (task === 'regression') return true;
    const order = Int32Array.from(times.keys()).sort((a, b) => times[a] - times[b] || a - b);
    const labels = train.column(target);
    return new Set(Array.from(order.subarray(0, first), (row) => labels.at(row) as Label)).size > 1;
  });
  return found ?? null;
}
