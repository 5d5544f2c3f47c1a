import { choice, custom, either, flag, integer, number, optional, positive, seed, type Rule } from '../core/rules.ts';
import { scorerNames, type ScorerName } from '../metrics/scorer.ts';
import { categoricalFeaturesRule, type CategoricalFeatures } from './categorical-features.ts';

/** 1: predictions must not fall when the column rises; −1: not rise; 0: free. One per column, or by column name. */
export type MonotonicCst = readonly number[] | Readonly<Record<string, number>>;

/** Lists of columns (numbers or names) that may meet on a path of a tree. */
export type InteractionCst = 'pairwise' | 'noInteractions' | readonly (readonly (number | string)[])[];

/** What both boosted models take. */
export interface HistGradientBoostingOptions {
  /** What each tree's values are multiplied by. Default 0.1. */
  learningRate?: number;
  /** Most rounds; a round grows a tree, or one per class for three classes and more. Default 100. */
  maxIter?: number;
  /** Most leaves of a tree; null for no limit (but 65,535). Default 31. */
  maxLeafNodes?: number | null;
  /** Most splits between root and leaf; null for no limit. Default null. */
  maxDepth?: number | null;
  /** Fewest rows of a leaf. Default 20. */
  minSamplesLeaf?: number;
  /** Added to a leaf's hessian: larger means smaller steps. Default 0. */
  l2Regularization?: number;
  /** Share of the columns that each node may split by, drawn anew. Default 1. */
  maxFeatures?: number;
  /** Share of the columns that each round's trees may split by. Default 1. */
  colsampleByTree?: number;
  /** Share of the rows that each round's trees grow on, drawn without replacement. Default 1. */
  subsample?: number;
  /** Most bins of a column, besides that of missing values: 2 to 255. Default 255. */
  maxBins?: number;
  /**
   * Columns whose values are categories without an order: numbers, names, or a flag per column; 'fromDtype' for a
   * Table's columns of text and categories; null for none. Default 'fromDtype'.
   */
  categoricalFeatures?: CategoricalFeatures;
  /** Directions that predictions keep to, per column; for two classes, those of the second's probability. Default null. */
  monotonicCst?: MonotonicCst | null;
  /** Which columns may meet on a path; columns in no list form one of their own. Default null: all. */
  interactionCst?: InteractionCst | null;
  /** Whether fitting again adds rounds to what was learned, up to maxIter, instead of beginning anew. Default false. */
  warmStart?: boolean;
  /** Whether to stop when the score stops rising; 'auto' for more than 10,000 rows, or where validation rows are given. Default 'auto'. */
  earlyStopping?: boolean | 'auto';
  /** The score that early stopping watches: the loss, or a scorer's name. One that is never defined (NaN) is an error after the first round. Default 'loss'. */
  scoring?: 'loss' | ScorerName;
  /** Rows set aside for early stopping: a share in (0, 1) or their number; null to watch the training rows. Default 0.1. */
  validationFraction?: number | null;
  /** Rounds without a better score before stopping. Default 10. */
  nIterNoChange?: number;
  /** By how much a score must be better to count. Default 1e-7. */
  tol?: number;
  /** Threads that work on one fit; null: one for small data, else as many as there are cores, up to 8. Within folds that threads share, one, and in the last round those that have no fold. The result is the same. Default null. */
  workers?: number | null;
  /** Seed of all that is drawn. Default null: seed 0. */
  randomState?: number | null;
}

const share = (): Rule<number> => number(1, { min: 0, max: 1, openMin: true });

const isDirection = (v: unknown): boolean => v === 1 || v === -1 || v === 0;
const isColumn = (v: unknown): boolean => typeof v === 'string' || (Number.isInteger(v) && (v as number) >= 0);

export const boostingRules = {
  learningRate: positive(0.1),
  maxIter: integer(100, { min: 1 }),
  maxLeafNodes: optional(integer(31, { min: 2, max: 65_535 }), 31),
  maxDepth: optional(integer(1, { min: 1 })),
  minSamplesLeaf: integer(20, { min: 1 }),
  l2Regularization: number(0, { min: 0 }),
  maxFeatures: share(),
  colsampleByTree: share(),
  subsample: share(),
  maxBins: integer(255, { min: 2, max: 255 }),
  categoricalFeatures: categoricalFeaturesRule(),
  monotonicCst: custom<MonotonicCst | null>(
    null,
    'an array of 1, −1 or 0 per column, an object of such by column name, or null',
    (v) => v === null || (typeof v === 'object' && Object.values(v as object).every(isDirection)),
    [2],
  ),
  interactionCst: custom<InteractionCst | null>(
    null,
    "'pairwise', 'noInteractions', an array of arrays of column numbers or names, or null",
    (v) => v === null || v === 'pairwise' || v === 'noInteractions' || (Array.isArray(v) && v.every((group) => Array.isArray(group) && group.every(isColumn))),
    [[-1]],
  ),
  warmStart: flag(false),
  earlyStopping: choice<boolean | 'auto'>('auto', [true, false, 'auto']),
  scoring: choice<'loss' | ScorerName>('loss', ['loss', ...scorerNames]),
  validationFraction: optional(either<number>([number(0.1, { min: 0, max: 1, openMin: true, openMax: true }), integer(1, { min: 1 })], 0.1), 0.1),
  nIterNoChange: integer(10, { min: 1 }),
  tol: number(1e-7, { min: 0 }),
  workers: optional(integer(1, { min: 1 })),
  randomState: seed(),
};
