import type { Numbers } from './bench-item.ts';

export interface Tolerances {
  /** How far numbers may be apart, relative to 1 or their size, unless both are whole. Default 0. */
  tolerance?: number;
  /** The same by name, for whole numbers too. */
  tolerances?: Readonly<Record<string, number>>;
}

/**
 * What differs between two records, as `name: ours ≠ theirs`; empty if they agree. Texts and whole numbers must be
 * equal; other numbers may differ by tolerance · max(1, |ours|, |theirs|). A name that one side lacks differs.
 */
export function compareNumbers(ours: Numbers, theirs: Numbers, { tolerance = 0, tolerances = {} }: Tolerances = {}): string[] {
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const differences: string[] = [];
  for (const name of names) {
    const own = Object.hasOwn(tolerances, name) ? tolerances[name] : undefined;
    if (!agree(ours[name], theirs[name], own ?? tolerance, own !== undefined)) {
      differences.push(`${name}: ${brief(ours[name])} ≠ ${brief(theirs[name])}`);
    }
  }
  return differences;
}

function agree(a: unknown, b: unknown, tolerance: number, wholeToo: boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Object.is(a, b) || a === b) return true;
    if (Number.isInteger(a) && Number.isInteger(b) && !wholeToo) return false;
    return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, i) => agree(value, b[i], tolerance, wholeToo));
  }
  return a !== undefined && a === b;
}

function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
