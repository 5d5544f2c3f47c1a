import { DataError, OptionError } from '../core/errors.ts';
import { encodeLists, uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show, showList } from '../core/show.ts';
import { checkRows } from './check-rows.ts';

/** True and predicted labels as positions in one ascending list. */
export interface Targets {
  /** The labels that occur in yTrue or yPred, ascending. */
  classes: readonly Label[];
  /** `classes[trueCodes[i]]` is what row i is. */
  trueCodes: Int32Array;
  /** `classes[predictedCodes[i]]` is what row i was taken for. */
  predictedCodes: Int32Array;
  sampleWeight: Float64Array | undefined;
}

/**
 * Checks and encodes what a metric over labels compares.
 * @throws ShapeError for empty lists or other lengths, DataError for missing, fractional or mixed labels.
 */
export function checkTargets(owner: string, yTrue: Labels, yPred: Labels, sampleWeight?: ArrayLike<number>): Targets {
  const rows = checkRows(owner, { yTrue, yPred });
  const { classes, codes } = encodeDiscrete(owner, { yTrue, yPred });
  return { classes, trueCodes: codes[0], predictedCodes: codes[1], sampleWeight: checkSampleWeight(owner, sampleWeight, rows) };
}

/** Checks and encodes true labels alone. */
export function encodeTrue(owner: string, yTrue: Labels): { classes: readonly Label[]; codes: Int32Array } {
  const { classes, codes } = encodeDiscrete(owner, { yTrue });
  return { classes, codes: codes[0] };
}

function encodeDiscrete(owner: string, lists: Readonly<Record<string, Labels>>): { classes: readonly Label[]; codes: Int32Array[] } {
  const all = Object.values(lists);
  return encodeLists(all, (distinct) => {
    if (distinct.every((label) => typeof label === typeof distinct[0] && isDiscrete(label))) return;
    uniqueLabels(owner, ...all);
    refuseFractions(owner, lists);
  });
}

const isDiscrete = (label: unknown): boolean => typeof label === 'string' || typeof label === 'boolean' || Number.isInteger(label);

function refuseFractions(owner: string, lists: Readonly<Record<string, Labels>>): void {
  for (const [name, labels] of Object.entries(lists)) {
    for (let i = 0; i < labels.length; i++) {
      if (isDiscrete(labels[i])) continue;
      throw new DataError(
        `${owner}: labels must be text, booleans or whole numbers, ${name} row ${i} has ${show(labels[i])}. ` +
          'Turn probabilities into labels first, or use a metric for scores or for regression.',
      );
    }
  }
}

/** 1 for rows of the given code, 0 for others. */
export function rowsOfCode(codes: Int32Array, code: number): Uint8Array {
  const rows = new Uint8Array(codes.length);
  for (let i = 0; i < rows.length; i++) rows[i] = codes[i] === code ? 1 : 0;
  return rows;
}

/**
 * The positive label: `posLabel`, or without it 1 (true for booleans), as scikit-learn's default; text
 * has no such default. Where only one label occurs, it may be the negative one.
 * @throws OptionError naming the labels where the positive one cannot be told
 */
export function positiveLabel(owner: string, classes: readonly Label[], posLabel: Label | null): Label {
  const type = typeof classes[0];
  const names = showList(classes.map(show));
  if (posLabel === null && type === 'string') {
    throw new OptionError(`${owner}: posLabel must be given for text labels. Use one of ${names}.`);
  }
  const positive = posLabel ?? (type === 'boolean' ? true : 1);
  if (!classes.includes(positive) && (typeof positive !== type || classes.length > 1)) {
    throw new OptionError(`${owner}: posLabel must be one of ${names}, got ${show(positive)}.`);
  }
  return positive;
}
