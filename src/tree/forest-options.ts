import { OptionError } from '../core/errors.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { RandomState } from '../core/random-state.ts';
import { either, flag, integer, number, optional, type Rules } from '../core/rules.ts';
import { growthRules, type GrowthOptions } from './tree-options.ts';

/** What forests have besides the options of their trees. */
export interface ForestOptions extends GrowthOptions {
  /** Number of trees. Default 100. */
  nEstimators?: number;
  /** Whether each tree learns from rows drawn with replacement, rather than from all. */
  bootstrap?: boolean;
  /** How many rows each tree draws: a whole number, or a share of all rows in (0, 1); null for as many as there are. Default null. */
  maxSamples?: number | null;
  /** Whether to score each row by the trees that have not drawn it. Default false. */
  oobScore?: boolean;
  /**
   * Cuts columns with more distinct values into so many bins, of about as many rows each, which splits do not part;
   * faster on large data, and scikit-learn's forests have none. Default null: splits between any two values.
   */
  maxBins?: number | null;
  /**
   * Whether fitting again keeps the trees there are and grows those that are lacking to nEstimators, on the rows then given:
   * `model.with({ nEstimators: 200, warmStart: true }).restore(model.fitted)`. Default false.
   */
  warmStart?: boolean;
  /** Most threads; null for one per processor where there is work enough, and one within cross-validation's workers. Default null. */
  workers?: number | null;
}

export const forestRules = (maxFeatures: 'sqrt' | null, bootstrap: boolean): Rules<ForestOptions> => ({
  nEstimators: integer(100, { min: 1 }),
  ...growthRules(maxFeatures),
  bootstrap: flag(bootstrap),
  maxSamples: optional(either<number>([integer(1, { min: 1 }), number(0.5, { min: 0, max: 1, openMin: true, openMax: true })], 1)),
  oobScore: flag(false),
  maxBins: optional(integer(255, { min: 2, max: 65_535 })),
  warmStart: flag(false),
  workers: optional(integer(1, { min: 1 })),
});

/** How many rows each tree draws; null where trees learn from all rows. @throws OptionError for options that exclude each other */
export function rowsDrawn(owner: string, options: Required<ForestOptions>, rows: number, weights: Float64Array | undefined): number | null {
  const { bootstrap, maxSamples, oobScore } = options;
  if (!bootstrap && maxSamples !== null) throw new OptionError(`${owner}: maxSamples must be null without bootstrap, got ${maxSamples}. Use bootstrap: true.`);
  if (!bootstrap && oobScore) throw new OptionError(`${owner}: oobScore must be false without bootstrap, got true. Use bootstrap: true.`);
  if (!bootstrap) return null;
  if (maxSamples === null) return rows;
  const all = weights === undefined ? rows : pairwiseSum(weights);
  return Number.isInteger(maxSamples) ? maxSamples : Math.max(1, Math.floor(maxSamples * all));
}

/** The seed of each tree, drawn as scikit-learn draws it. */
export function treeSeeds(randomState: number | null, trees: number): Float64Array {
  const random = new RandomState(randomState);
  return Float64Array.from({ length: trees }, () => random.randint(2 ** 31 - 1));
}
