import { either, integer, number, optional, type Rule } from '../core/rules.ts';

/** Name of the column, and value, that stands for all infrequent categories. */
export const INFREQUENT = 'infrequent_sklearn';

/** The `minFrequency` option: fewest rows (a whole number), or least share of rows (below 1). */
export const minFrequencyRule = (): Rule<number | null> =>
  optional(either<number>([integer(1, { min: 1 }), number(0.5, { min: 0, max: 1, openMin: true, openMax: true })], 1));

/** The `maxCategories` option. */
export const maxCategoriesRule = (): Rule<number | null> => optional(integer(1, { min: 1 }));

/**
 * Which categories are infrequent: those rarer than `minFrequency`, and then the rarest until at most
 * `maxCategories` are left, the joint one included. Ties go against the earlier category.
 *
 * @param counts rows per category
 * @param rows number of rows
 * @returns positions, ascending; null for none
 * Counterpart: scikit-learn's min_frequency and max_categories.
 */
export function infrequentCategories(
  counts: ArrayLike<number>,
  rows: number,
  minFrequency: number | null,
  maxCategories: number | null,
): Int32Array | null {
  const least = minFrequency === null ? 0 : minFrequency < 1 ? rows * minFrequency : minFrequency;
  const rare = Array.from(counts, (count) => count < least);
  const left = rare.filter((isRare) => !isRare).length + 1;
  if (maxCategories !== null && maxCategories < left) {
    const byCount = Array.from(counts, (_, k) => k).sort((a, b) => counts[a] - counts[b] || a - b);
    for (const k of byCount.slice(0, byCount.length - (maxCategories - 1))) rare[k] = true;
  }
  const positions = Int32Array.from(rare.flatMap((isRare, k) => (isRare ? [k] : [])));
  return positions.length > 0 ? positions : null;
}

/** Position of each category once the infrequent ones are joined into one, the last. */
export function groupPositions(count: number, infrequent: Int32Array | null): Int32Array {
  const positions = Int32Array.from({ length: count }, (_, k) => k);
  if (infrequent === null) return positions;
  const rare = new Set(infrequent);
  let next = 0;
  for (let k = 0; k < count; k++) positions[k] = rare.has(k) ? count - rare.size : next++;
  return positions;
}
