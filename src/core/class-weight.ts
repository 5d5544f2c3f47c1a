import { DataError, OptionError } from './errors.ts';
import type { Label } from './labels.ts';
import { pairwiseSum } from './pairwise-sum.ts';
import { custom, type Rule } from './rules.ts';
import { show } from './show.ts';

/** 'balanced', or pairs of label and weight; labels left out weigh 1. */
export type ClassWeight = 'balanced' | ReadonlyMap<Label, number> | Readonly<Record<string, number>>;

const isWeight = (w: unknown): boolean => typeof w === 'number' && w >= 0 && w < Infinity;

/** The `classWeight` option, null (all 1) by default. */
export const classWeightRule = (): Rule<ClassWeight | null> =>
  custom<ClassWeight | null>(
    null,
    "'balanced', a Map or an object of label → weight, or null",
    (v) =>
      v === null ||
      v === 'balanced' ||
      (v instanceof Map && [...v.values()].every(isWeight)) ||
      (typeof v === 'object' && !Array.isArray(v) && Object.values(v as object).every(isWeight)),
    'balance',
  );

/**
 * One weight per class. 'balanced' is n / (k · count), with counts weighted by `sampleWeight`,
 * as scikit-learn's compute_class_weight; where that becomes infinite, for a class whose rows all weigh 0, there is none.
 * @throws DataError for such a class, OptionError for a label that is none of the classes
 */
export function classWeights(
  owner: string,
  classWeight: ClassWeight | null,
  classes: readonly Label[],
  codes: Int32Array,
  sampleWeight?: Float64Array,
): Float64Array {
  const weights = new Float64Array(classes.length).fill(1);
  if (classWeight === null) return weights;
  if (classWeight === 'balanced') {
    const counts = new Float64Array(classes.length);
    for (let i = 0; i < codes.length; i++) counts[codes[i]] += sampleWeight ? sampleWeight[i] : 1;
    const weightless = sampleWeight ? counts.indexOf(0) : -1;
    if (weightless >= 0) {
      throw new DataError(`${owner}: classWeight 'balanced' needs weight in every class, all rows of ${show(classes[weightless])} weigh 0. Leave the class out, or give weights by label.`);
    }
    const total = pairwiseSum(counts);
    for (let k = 0; k < weights.length; k++) weights[k] = total / (weights.length * counts[k]);
    return weights;
  }
  const entries: [unknown, number][] = classWeight instanceof Map ? [...classWeight] : Object.entries(classWeight);
  for (const [label, weight] of entries) {
    // An object's keys are text even where labels are numbers or booleans.
    const code = classes.findIndex((c) => c === label || (!(classWeight instanceof Map) && String(c) === label));
    if (code < 0) throw new OptionError(`${owner}: classWeight names ${show(label)}, but the classes are ${classes.map(show).join(', ')}.`);
    weights[code] = weight;
  }
  return weights;
}

/** Row weights with the class weight multiplied in; undefined when every row weighs 1. */
export function weightRows(
  owner: string,
  classWeight: ClassWeight | null,
  classes: readonly Label[],
  codes: Int32Array,
  sampleWeight?: Float64Array,
): Float64Array | undefined {
  if (classWeight === null) return sampleWeight;
  const perClass = classWeights(owner, classWeight, classes, codes, sampleWeight);
  const weights = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) weights[i] = perClass[codes[i]] * (sampleWeight ? sampleWeight[i] : 1);
  return weights;
}

/** Weights of rows and of their classes, multiplied; undefined where every row weighs 1. */
export function timesWeights(rows: Float64Array | undefined, classes: Float64Array | undefined): Float64Array | undefined {
  return rows && classes ? rows.map((w, i) => w * classes[i]) : (rows ?? classes);
}
