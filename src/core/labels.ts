import { DataError } from './errors.ts';
import { show, showList } from './show.ts';

/** A class label as it stands in the data: it keeps its type from CSV to submission. */
export type Label = string | number | boolean;

/** One label per row: an array, a typed array, or anything else with length and index. */
export type Labels = ArrayLike<Label>;

/** Compares text by code point, as Python does; JavaScript's own order is by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates (0xD800–0xDFFF) stand for code points above 0xFFFF: lift them over 0xE000–0xFFFF.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/** Ascending order of labels of one type: numbers by value, text by code point, false before true. */
export function compareLabels(a: Label, b: Label): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  return Number(a) - Number(b);
}

/**
 * The distinct labels, ascending, as numpy.unique gives them.
 * @throws DataError naming the row when a label is missing or the types are mixed.
 */
export function uniqueLabels(owner: string, ...lists: readonly Labels[]): Label[] {
  const seen = new Set<Label>();
  let type: string | undefined;
  for (const labels of lists) {
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i];
      if (seen.has(label)) continue;
      const labelType = typeof label;
      if (!isLabel(label)) {
        throw new DataError(`${owner}: every row must have a label, row ${i} has ${show(label)}. Fill or drop it.`);
      }
      if (type !== undefined && labelType !== type) {
        throw new DataError(`${owner}: labels must be of one type, got ${type} and ${labelType} (${show(label)} in row ${i}).`);
      }
      type = labelType;
      seen.add(label);
    }
  }
  return [...seen].sort(compareLabels);
}

const isLabel = (value: unknown): boolean => typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && !Number.isNaN(value));

/** Labels as positions in the ascending list of classes. */
export interface EncodedLabels {
  classes: readonly Label[];
  /** One code per row: `classes[codes[i]]` is row i's label. */
  codes: Int32Array;
}

/** Encodes labels by their own distinct values. @throws DataError as uniqueLabels does. */
export function encodeLabels(owner: string, y: Labels): EncodedLabels {
  const { classes, codes } = encodeLists([y], (distinct) => {
    if (!distinct.every((label) => isLabel(label) && typeof label === typeof distinct[0])) uniqueLabels(owner, y);
  });
  return { classes, codes: codes[0] };
}

/**
 * Encodes lists by the distinct labels of all of them, in one pass over their rows.
 * @param check throws where the distinct labels, in the order in which they come, are not what they must be
 */
export function encodeLists(lists: readonly Labels[], check: (distinct: readonly Label[]) => void): { classes: readonly Label[]; codes: Int32Array[] } {
  const firstSeen = new Map<Label, number>();
  const codes = lists.map((labels) => {
    const listCodes = new Int32Array(labels.length);
    for (let i = 0; i < labels.length; i++) {
      let code = firstSeen.get(labels[i]);
      if (code === undefined) {
        code = firstSeen.size;
        firstSeen.set(labels[i], code);
      }
      listCodes[i] = code;
    }
    return listCodes;
  });
  const classes = [...firstSeen.keys()];
  check(classes);
  classes.sort(compareLabels);
  const sortedCode = new Int32Array(classes.length);
  classes.forEach((label, code) => (sortedCode[firstSeen.get(label) as number] = code));
  for (const listCodes of codes) for (let i = 0; i < listCodes.length; i++) listCodes[i] = sortedCode[listCodes[i]];
  return { classes, codes };
}

/** Codes of labels in a given list of classes. @throws DataError naming the labels that the list lacks. */
export function labelCodes(owner: string, y: Labels, classes: readonly Label[]): Int32Array {
  const codeOf = new Map(classes.map((label, code) => [label, code]));
  const codes = new Int32Array(y.length);
  const unknown = new Set<Label>();
  for (let i = 0; i < y.length; i++) {
    const code = codeOf.get(y[i]);
    if (code === undefined) unknown.add(y[i]);
    else codes[i] = code;
  }
  if (unknown.size > 0) {
    throw new DataError(`${owner}: labels must be among ${showList(classes)}, got ${showList([...unknown].map(show))}.`);
  }
  return codes;
}
