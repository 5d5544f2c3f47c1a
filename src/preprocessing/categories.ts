import { DataError, OptionError } from '../core/errors.ts';
import { compareLabels, type Label } from '../core/labels.ts';
import { custom, type Rule } from '../core/rules.ts';
import { show, showList } from '../core/show.ts';
import { columnTitle, isMissing, type Cell, type Cells } from '../table/cells.ts';
import type { TextCodes } from '../table/text-codes.ts';
import { NumberPositions } from './number-positions.ts';

/** 'auto', or the categories of each column, in their order: a list of lists, or lists by column name. */
export type CategoriesOption = 'auto' | readonly (readonly Cell[])[] | Readonly<Record<string, readonly Cell[]>>;

const isCell = (v: unknown): boolean => v === null || ['string', 'number', 'boolean'].includes(typeof v);
const isList = (v: unknown): boolean => Array.isArray(v) && v.length > 0 && v.every(isCell);

/** The `categories` option, 'auto' by default. */
export const categoriesRule = (): Rule<CategoriesOption> =>
  custom<CategoriesOption>(
    'auto',
    "'auto', a list of categories per column, or such lists by column name",
    (v) => v === 'auto' || (Array.isArray(v) && v.length > 0 ? v.every(isList) : isRecord(v) && Object.values(v as object).every(isList)),
    'sorted',
  );

const isRecord = (v: unknown): boolean => typeof v === 'object' && v !== null && !Array.isArray(v);

/** What fit learns of each column's categories. */
export interface LearnedCategories {
  /** Ascending (text by code point), then null, then NaN; or as given. */
  categories: readonly (readonly Cell[])[];
  /** How many rows hold each. */
  counts: readonly Int32Array[];
}

/**
 * The categories of every column and how often they occur.
 *
 * @param given the `categories` option
 * @param refuseUnknown whether a value outside given categories is an error
 * Counterpart: the fitting part of scikit-learn's encoders. There, given numbers must be ascending; here any order will do.
 * @throws DataError for a column of mixed types, naming both; OptionError for categories that do not fit
 */
export function learnCategories(owner: string, X: Cells, given: CategoriesOption, refuseUnknown: boolean): LearnedCategories {
  checkGiven(owner, X, given);
  const categories: (readonly Cell[])[] = [];
  const counts: Int32Array[] = [];
  for (let j = 0; j < X.width; j++) {
    const title = columnTitle(X.names, j);
    const texts = X.codes(j);
    const found = texts === undefined ? countValues(owner, X.columns[j], title, X.oneMissing) : countTexts(texts);
    const list = givenFor(given, X.names, j) ?? sorted([...found.keys()]);
    if (refuseUnknown && given !== 'auto') {
      const known = new Set(list);
      refuseUnseen(owner, [...found.keys()].filter((value) => !known.has(value)), title, list);
    }
    categories.push(list);
    counts.push(Int32Array.from(list, (value) => found.get(value) ?? 0));
  }
  return { categories, counts };
}

/**
 * Each row's position in column j's categories, −1 for a value that is none of them.
 * @param standIn what is wanted for a position, or for −1, instead
 */
export function categoryCodes(X: Cells, j: number, categories: readonly Cell[], standIn = (code: number): number => code): Int32Array {
  const codeOf = new Map(categories.map((category, code) => [category, standIn(code)]));
  const unknown = standIn(-1);
  // A Table has one kind of missing: whichever of the two the categories know.
  if (X.oneMissing) {
    const code = codeOf.get(Number.NaN) ?? codeOf.get(null);
    if (code !== undefined) codeOf.set(null, code).set(Number.NaN, code);
  }
  const known = X.codes(j);
  if (known !== undefined) return recoded(known, (text) => codeOf.get(text) ?? unknown);
  const values = X.columns[j];
  if (values instanceof Float64Array) return numberCodes(values, codeOf, unknown);
  const codes = new Int32Array(values.length);
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf.get(values[i]) ?? unknown;
  return codes;
}

/** The codes of numbers. */
function numberCodes(values: Float64Array, codeOf: ReadonlyMap<Cell, number>, unknown: number): Int32Array {
  const known = [...codeOf].filter((entry): entry is [number, number] => typeof entry[0] === 'number');
  const positions = new NumberPositions();
  positions.add(Float64Array.from(known, ([value]) => value));
  return positions.find(values, Int32Array.from(known, ([, code]) => code), unknown);
}

/** The codes of texts that stand as numbers already. */
function recoded({ rows, codes, texts }: TextCodes, codeOf: (text: string | null) => number): Int32Array {
  const newCodes = Int32Array.from([null, ...texts], codeOf);
  const result = new Int32Array(rows.length);
  for (let i = 0; i < result.length; i++) result[i] = newCodes[codes[rows[i]] + 1];
  return result;
}

/** @throws DataError naming the first values of column j with code −1. */
export function refuseUnknownCodes(owner: string, codes: Int32Array, X: Cells, j: number, categories: readonly Cell[]): void {
  if (!codes.includes(-1)) return;
  const values = X.columns[j];
  const unseen = new Set<Cell>();
  codes.forEach((code, i) => code < 0 && unseen.add(values[i]));
  refuseUnseen(owner, [...unseen], columnTitle(X.names, j), categories);
}

function refuseUnseen(owner: string, unseen: readonly Cell[], title: string, categories: readonly Cell[]): void {
  if (unseen.length === 0) return;
  throw new DataError(
    `${owner}: column ${title} must hold categories seen in fit (${showList(categories.map(show), 5)}), got ${showList(unseen.map(show), 5)}. Set handleUnknown, or map them first.`,
  );
}

/** How many rows hold each distinct text, or none, in order of appearance. */
function countTexts({ rows, codes, texts }: TextCodes): Map<Cell, number> {
  // The first is for missing texts.
  const counts = new Int32Array(texts.length + 1);
  const order: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const place = codes[rows[i]] + 1;
    if (counts[place]++ === 0) order.push(place);
  }
  return new Map(order.map((place) => [place > 0 ? texts[place - 1] : Number.NaN, counts[place]]));
}

/** How many rows hold each distinct number, in order of appearance. */
function countNumbers(values: Float64Array): Map<Cell, number> {
  const positions = new NumberPositions();
  const ofRows = positions.add(values);
  const { numbers } = positions;
  const counts = new Int32Array(numbers.length);
  for (let i = 0; i < ofRows.length; i++) counts[ofRows[i]]++;
  return new Map(Array.from(numbers, (number, position) => [number, counts[position]]));
}

/** How many rows hold each distinct value, in order of appearance. */
function countValues(owner: string, values: ArrayLike<Cell>, title: string, oneMissing: boolean): Map<Cell, number> {
  if (values instanceof Float64Array) return countNumbers(values);
  // Positions in a list of counts, so that a value that is known costs one look-up and no store into the map.
  const positions = new Map<Cell, number>();
  const counts: number[] = [];
  let type: string | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const position = positions.get(value);
    if (position !== undefined) {
      counts[position]++;
      continue;
    }
    if (!isMissing(value)) {
      if (type !== undefined && typeof value !== type) {
        throw new DataError(
          `${owner}: column ${title} must hold values of one type, got ${type} and ${typeof value} (${show(value)} in row ${i}). Make them all text or all numbers.`,
        );
      }
      type = typeof value;
    }
    positions.set(value, counts.length);
    counts.push(1);
  }
  const found = new Map<Cell, number>();
  for (const [value, position] of positions) {
    const key = value === null && oneMissing ? Number.NaN : value;
    found.set(key, (found.get(key) ?? 0) + counts[position]);
  }
  return found;
}

function sorted(values: readonly Cell[]): Cell[] {
  const missing = [null, Number.NaN].filter((value) => values.includes(value));
  const present = values.filter((value) => !isMissing(value)) as Label[];
  const areNumbers = present.length > 0 && typeof present[0] === 'number';
  return [...(areNumbers ? Float64Array.from(present as number[]).sort() : present.sort(compareLabels)), ...missing];
}

function givenFor(given: CategoriesOption, names: readonly string[] | null, j: number): readonly Cell[] | undefined {
  if (given === 'auto') return undefined;
  if (Array.isArray(given)) return given[j] as readonly Cell[];
  return (given as Readonly<Record<string, readonly Cell[]>>)[names![j]];
}

function checkGiven(owner: string, X: Cells, given: CategoriesOption): void {
  if (given === 'auto') return;
  if (Array.isArray(given)) {
    if (given.length !== X.width) {
      throw new OptionError(`${owner}: categories must be ${X.width} lists, one per column, got ${given.length}.`);
    }
  } else {
    if (X.names === null) throw new OptionError(`${owner}: categories by name need a Table, X has no column names. Give a list of lists.`);
    const unknown = Object.keys(given).filter((name) => !X.names!.includes(name));
    if (unknown.length > 0) throw new OptionError(`${owner}: categories must name columns of X (${showList(X.names)}), got ${showList(unknown)}.`);
  }
  for (let j = 0; j < X.width; j++) {
    const list = givenFor(given, X.names, j);
    if (list === undefined) continue;
    const title = columnTitle(X.names, j);
    if (new Set(list).size !== list.length) throw new OptionError(`${owner}: categories of column ${title} must be distinct, got ${showList(list.map(show))}.`);
    if (list.slice(0, -1).some((value) => value !== value)) throw new OptionError(`${owner}: categories of column ${title} must have NaN last.`);
  }
}
