import type { Cell } from '../table/cells.ts';

/** A category within a column's name, as Python writes it: `nan`, `None`, `True`. */
export function categoryName(category: Cell): string {
  if (category === null) return 'None';
  if (category !== category) return 'nan';
  if (typeof category === 'boolean') return category ? 'True' : 'False';
  return String(category);
}
