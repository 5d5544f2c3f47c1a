import type { Label, Labels } from '../core/labels.ts';
import { choice, custom, optional, type Rule } from '../core/rules.ts';

/** The option that every metric shares. */
export interface WeightOption {
  /** One finite, non-negative weight per row; a weight of 2 counts as the row twice. Default: every row 1. */
  sampleWeight?: ArrayLike<number>;
}

/** How scores of single classes become one number; 'samples' averages over rows that may have several labels. */
export type Average = 'binary' | 'micro' | 'macro' | 'weighted' | 'samples';

/** What a ratio with denominator 0 is worth; NaN leaves it out of averages. */
export type ZeroDivision = 0 | 1 | typeof Number.NaN;

const isListLike = (v: unknown): boolean =>
  Array.isArray(v) || (ArrayBuffer.isView(v) && 'length' in v);

const isLabel = (v: unknown): boolean => typeof v === 'string' || typeof v === 'boolean' || (typeof v === 'number' && !Number.isNaN(v));

/** `sampleWeight`: its length and values are checked against y, see checkSampleWeight. */
export const sampleWeightRule = (): Rule<ArrayLike<number> | undefined> =>
  custom<ArrayLike<number> | undefined>(undefined, 'an array of one weight per row', isListLike, 'heavy');

/** `labels`: distinct labels, at least one; null for those that occur. */
export const labelsRule = (): Rule<Labels | null> =>
  custom<Labels | null>(
    null,
    'an array of distinct labels, or null',
    (v) => v === null || (isListLike(v) && (v as Labels).length > 0 && new Set(Array.from(v as Labels)).size === (v as Labels).length),
    [],
  );

/** `posLabel`: null leaves the choice to the metric. */
export const posLabelRule = (): Rule<Label | null> =>
  custom<Label | null>(null, 'a label, or null', (v) => v === null || isLabel(v), Number.NaN);

/** `average`: null gives one value per class. */
export const averageRule = (defaultValue: Average | null): Rule<Average | null> =>
  optional(choice<Average>('binary', ['binary', 'micro', 'macro', 'weighted', 'samples']), defaultValue);

/** `zeroDivision`. */
export const zeroDivisionRule = (): Rule<ZeroDivision> =>
  custom<ZeroDivision>(0, '0, 1 or NaN', (v) => v === 0 || v === 1 || Number.isNaN(v), 2);
