import { DataError, OptionError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show, showList } from '../core/show.ts';
import type { ColumnKind } from './column-data.ts';
import type { Table } from './table.ts';

/**
 * A choice of columns as plain data, so that it can be saved and sent to a worker: a name, a list of choices
 * (all of them together), or what `columns` makes.
 */
export type ColumnSelector =
  | string
  | readonly ColumnSelector[]
  | { readonly kinds: readonly ColumnKind[] }
  | { readonly matching: string; readonly flags: string }
  | { readonly except: readonly ColumnSelector[] }
  | { readonly both: readonly ColumnSelector[] };

const KINDS: readonly ColumnKind[] = ['number', 'text', 'boolean', 'date', 'category'];

/**
 * Ways to choose columns, by what they hold and by name. Choices can be put together: a list is all of its members,
 * `both` what its members have in common, `except` everything else.
 *
 * Counterpart: scikit-learn's make_column_selector, polars' selectors.
 *
 * @example
 * columns.numeric; // every column of numbers
 * columns.both(columns.categorical, columns.except('Name', 'Ticket')); // text and categories, but not these two
 * [columns.matching(/^is/), 'Age']; // names that begin with is, and Age
 */
export const columns = {
  /** Numbers; no booleans, no dates. */
  numeric: { kinds: ['number'] },
  /** Text and categories: what encoders take. */
  categorical: { kinds: ['text', 'category'] },
  /** Text that is no category. */
  text: { kinds: ['text'] },
  boolean: { kinds: ['boolean'] },
  date: { kinds: ['date'] },
  all: { kinds: KINDS },
  /** Columns whose name fits a pattern. */
  matching: (pattern: RegExp) => ({ matching: pattern.source, flags: pattern.flags.replace(/[gy]/g, '') }),
  /** Columns by name; each must be there. */
  named: (...names: readonly string[]): readonly string[] => names,
  /** All columns but these; a name need not be there. */
  except: (...selectors: readonly ColumnSelector[]) => ({ except: selectors }),
  /** Columns that every one of the choices holds. */
  both: (...selectors: readonly ColumnSelector[]) => ({ both: selectors }),
} as const;

export function isColumnSelector(value: unknown): value is ColumnSelector {
  if (typeof value === 'string') return true;
  if (Array.isArray(value)) return value.every(isColumnSelector);
  if (typeof value !== 'object' || value === null) return false;
  const { kinds, matching, flags, except, both } = value as Record<string, unknown>;
  if (kinds !== undefined) return Array.isArray(kinds) && kinds.every((kind) => KINDS.includes(kind));
  if (matching !== undefined) return typeof matching === 'string' && typeof flags === 'string';
  return isColumnSelector(except ?? both ?? null) && Array.isArray(except ?? both);
}

/**
 * Names of the chosen columns: in the order of their names in a list, else in the table's.
 * @throws DataError for a name that the table lacks, with the nearest one.
 */
export function chooseColumns(owner: string, table: Table, selector: ColumnSelector): string[] {
  if (typeof selector === 'string') return [knownName(owner, table, selector)];
  if (isList(selector)) return [...new Set(selector.flatMap((member) => chooseColumns(owner, table, member)))];
  const accepts = test(selector);
  return table.names.filter((name) => accepts(name, table.kind(name)));
}

type Test = (name: string, kind: ColumnKind) => boolean;

const isList = (selector: ColumnSelector): selector is readonly ColumnSelector[] => Array.isArray(selector);

/** Whether a column is chosen, from its name and kind alone. */
function test(selector: ColumnSelector): Test {
  if (typeof selector === 'string') return (name) => name === selector;
  if (isList(selector)) {
    const tests = selector.map(test);
    return (name, kind) => tests.some((accepts) => accepts(name, kind));
  }
  if ('kinds' in selector) return (_, kind) => selector.kinds.includes(kind);
  if ('matching' in selector) {
    const pattern = new RegExp(selector.matching, selector.flags);
    return (name) => pattern.test(name);
  }
  if ('except' in selector) {
    const accepts = test(selector.except);
    return (name, kind) => !accepts(name, kind);
  }
  if ('both' in selector) {
    const tests = selector.both.map(test);
    return (name, kind) => tests.every((accepts) => accepts(name, kind));
  }
  throw new OptionError(`columns: a choice must be a name, a list, or made by columns, got ${show(selector)}.`);
}

function knownName(owner: string, table: Table, name: string): string {
  if (table.has(name)) return name;
  const near = nearestName(name, table.names);
  throw new DataError(`${owner}: there is no column ${show(name)}.${near === undefined ? '' : ` Did you mean ${show(near)}?`} Columns are ${showList(table.names)}.`);
}
