import { choice, custom, either, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { OptionError } from '../core/errors.ts';
import type { TreeLimits } from './tree-limits.ts';

/** How far a tree grows; shared by trees and forests. */
export interface GrowthOptions {
  /** Most splits between the root and a leaf. Default null: no limit. */
  maxDepth?: number | null;
  /** Fewest rows of a node that is split: a whole number, or a share of all rows in (0, 1). Default 2. */
  minSamplesSplit?: number;
  /** Fewest rows of a leaf: a whole number, or a share of all rows in (0, 1). Default 1. */
  minSamplesLeaf?: number;
  /** Smallest weight of a leaf, as a share of the weight of all rows. Default 0. */
  minWeightFractionLeaf?: number;
  /**
   * How many features each node tries, drawn anew: 'sqrt' or 'log2' of their number, a whole number, a share in (0, 1),
   * or null for all. (A share of 1 cannot be told from the number 1 in JavaScript: write null.)
   */
  maxFeatures?: 'sqrt' | 'log2' | number | null;
  /** Most leaves; the node that gains most is then split first. Default null: no limit. */
  maxLeafNodes?: number | null;
  /** Smallest drop in impurity, weighted by the node's share of rows, that a split must bring. Default 0. */
  minImpurityDecrease?: number;
  /** Branches are pruned whose leaves lower the impurity by less than this for each leaf more. Default 0: none. */
  ccpAlpha?: number;
  /** Per feature 1 where predictions must not fall as it rises, −1 where they must not rise, 0 for either. Default null. */
  monotonicCst?: readonly number[] | null;
  /** Seed of the order in which features are tried (and of random thresholds). Default null: 0. */
  randomState?: number | null;
}

const share = { min: 0, max: 1, openMin: true, openMax: true };

export const growthRules = (maxFeatures: 'sqrt' | null): Rules<GrowthOptions> => ({
  maxDepth: optional(integer(1, { min: 1 })),
  minSamplesSplit: either<number>([integer(2, { min: 2 }), number(0.5, share)], 2),
  minSamplesLeaf: either<number>([integer(1, { min: 1 }), number(0.5, share)], 1),
  minWeightFractionLeaf: number(0, { min: 0, max: 0.5 }),
  maxFeatures: optional(either<'sqrt' | 'log2' | number>([choice('sqrt', ['sqrt', 'log2']), integer(1, { min: 1 }), number(0.5, share)], 'sqrt'), maxFeatures),
  maxLeafNodes: optional(integer(2, { min: 2 })),
  minImpurityDecrease: number(0, { min: 0 }),
  ccpAlpha: number(0, { min: 0 }),
  monotonicCst: custom<readonly number[] | null>(
    null,
    'a list of −1, 0 and 1, one per feature, or null',
    (v) => v === null || (Array.isArray(v) && v.every((c) => c === -1 || c === 0 || c === 1)),
    [2],
  ),
  randomState: seed(),
});

/** The limits in rows and weights. @param weight the weight of all rows */
export function treeLimits(owner: string, options: Required<GrowthOptions>, rows: number, cols: number, weight: number, classes: number): TreeLimits {
  const rowsOf = (value: number): number => (Number.isInteger(value) ? value : Math.ceil(value * rows));
  const minSamplesLeaf = rowsOf(options.minSamplesLeaf);
  return {
    maxDepth: options.maxDepth ?? Infinity,
    minSamplesSplit: Math.max(2, rowsOf(options.minSamplesSplit), 2 * minSamplesLeaf),
    minSamplesLeaf,
    minWeightLeaf: options.minWeightFractionLeaf * weight,
    maxFeatures: featuresTried(options.maxFeatures, cols),
    maxLeafNodes: options.maxLeafNodes,
    minImpurityDecrease: options.minImpurityDecrease,
    monotonic: constraints(owner, options.monotonicCst, cols, classes),
  };
}

function featuresTried(maxFeatures: GrowthOptions['maxFeatures'], cols: number): number {
  if (maxFeatures === null || maxFeatures === undefined) return cols;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(cols)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(cols)));
  return Number.isInteger(maxFeatures) ? maxFeatures : Math.max(1, Math.floor(maxFeatures * cols));
}

function constraints(owner: string, given: readonly number[] | null, cols: number, classes: number): Int8Array | undefined {
  if (given === null) return undefined;
  if (given.length !== cols) throw new OptionError(`${owner}: monotonicCst must have one entry per feature (${cols}), got ${given.length}.`);
  if (classes > 2) throw new OptionError(`${owner}: monotonicCst is for numbers and two classes, y has ${classes}. Leave it out.`);
  // A classifier's first value is the share of the first class, which falls as that of the second rises.
  return Int8Array.from(given, (c) => (classes > 0 ? -c : c));
}

