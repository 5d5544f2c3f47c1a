import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { ColumnPlan } from './block-reader.ts';
import type { InteractionCst, MonotonicCst } from './hist-gradient-boosting-options.ts';
import type { Features } from './features.ts';

/** The number of a column of X, given by number or name. @throws OptionError */
function columnOf(owner: string, option: string, { names, cols }: Features, column: number | string): number {
  const j = typeof column === 'number' ? column : (names?.indexOf(column) ?? -1);
  if (Number.isInteger(j) && j >= 0 && j < cols) return j;
  const known = names === null ? `column numbers from 0 to ${cols - 1}` : `columns of X (${names.map(show).join(', ')})`;
  throw new OptionError(`${owner}: ${option} must name ${known}, got ${show(column)}.`);
}

/** The direction of each planned column. @throws OptionError for what does not fit X, and for categories with a direction */
export function monotonicDirections(owner: string, option: MonotonicCst | null, features: Features, plan: readonly ColumnPlan[]): Int8Array {
  const byColumn = new Int8Array(features.cols);
  if (Array.isArray(option)) {
    if (option.length !== features.cols) throw new OptionError(`${owner}: monotonicCst must have one direction per column (${features.cols}), got ${option.length}.`);
    byColumn.set(option as number[]);
  } else if (option !== null) {
    for (const [name, direction] of Object.entries(option)) byColumn[columnOf(owner, 'monotonicCst', features, name)] = direction;
  }
  return Int8Array.from(plan, ({ column, categories }) => {
    if (categories !== null && byColumn[column] !== 0) {
      throw new OptionError(`${owner}: monotonicCst must be 0 for column ${features.names ? show(features.names[column]) : column}, which holds categories, got ${byColumn[column]}.`);
    }
    return byColumn[column];
  });
}

/** Groups of planned columns that may meet; null for all. @throws OptionError for a column that X lacks */
export function interactionGroups(owner: string, option: InteractionCst | null, features: Features, plan: readonly ColumnPlan[]): number[][] | null {
  if (option === null) return null;
  const all = plan.map((_, j) => j);
  if (option === 'noInteractions') return all.map((j) => [j]);
  if (option === 'pairwise') return all.flatMap((a) => all.slice(a + 1).map((b) => [a, b]));
  const planned = (column: number): number => plan.findIndex((own) => own.column === column);
  const groups = option.map((group) => [...new Set(group.map((column) => planned(columnOf(owner, 'interactionCst', features, column))))]);
  const listed = new Set(groups.flat());
  const rest = all.filter((j) => !listed.has(j));
  return rest.length > 0 ? [...groups, rest] : groups;
}
