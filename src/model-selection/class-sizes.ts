import { DataError } from '../core/errors.ts';
import { encodeLabels, type Label, type Labels } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';

/** A class and how many rows have it. */
export interface ClassSize {
  label: Label;
  rows: number;
}

/** The classes with fewer rows than folds, ascending: not every fold will have one of their rows. */
export function smallClasses(owner: string, y: Labels, nSplits: number): ClassSize[] {
  const { classes, codes } = encodeLabels(owner, y);
  const sizes = countCodes(codes, classes.length);
  return classes.map((label, k) => ({ label, rows: sizes[k] })).filter(({ rows }) => rows < nSplits);
}

/**
 * For those who want an error where stratified splitters go on with a warning.
 * @throws DataError naming the classes that have fewer rows than there are folds.
 */
export function checkClassSizes(owner: string, y: Labels, nSplits: number): void {
  const [warning] = classSizeWarnings(owner, y, nSplits);
  if (warning !== undefined) throw new DataError(warning);
}

/** The sentence that warns of classes smaller than the number of folds, or none. */
export function classSizeWarnings(owner: string, y: Labels, nSplits: number): string[] {
  const small = smallClasses(owner, y, nSplits);
  if (small.length === 0) return [];
  const list = showList(small.map(({ label, rows }) => `${show(label)} (${rows})`));
  return [`${owner}: every class should have at least ${nSplits} rows, one per fold, these have fewer: ${list}. Use fewer folds or drop them.`];
}

/** How many rows have each code. */
export function countCodes(codes: Int32Array, count: number): Int32Array {
  const sizes = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]]++;
  return sizes;
}

/**
 * y as codes of its ascending classes, with their sizes, ready to be stratified by.
 * @throws DataError for numbers with fractions, or when every class has fewer rows than there are folds.
 */
export function stratifiable(owner: string, y: Labels, nSplits: number): { codes: Int32Array; sizes: Int32Array } {
  const { classes, codes } = encodeLabels(owner, y);
  const fraction = classes.find((label) => typeof label === 'number' && !Number.isInteger(label));
  if (fraction !== undefined) {
    throw new DataError(`${owner}: y must hold classes to stratify by, got the number ${fraction}. Use KFold, or bin y first.`);
  }
  const sizes = countCodes(codes, classes.length);
  if (sizes.every((size) => size < nSplits)) {
    throw new DataError(`${owner}: nSplits must be at most the rows of the largest class, got ${nSplits} splits and at most ${Math.max(...sizes)} rows.`);
  }
  return { codes, sizes };
}
