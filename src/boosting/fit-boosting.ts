import { availableParallelism } from 'node:os';
import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { thisThread } from '../core/this-thread.ts';
import type { ColumnPlan } from './block-reader.ts';
import { firstTrees, type BoostedTrees, type ColumnCoding } from './boosted-trees.ts';
import type { HistGradientBoostingOptions } from './hist-gradient-boosting-options.ts';
import { categoricalColumns, categoriesOf } from './categorical-features.ts';
import { interactionGroups, monotonicDirections } from './constraints.ts';
import { EarlyStopping, type ScoreRaw } from './early-stopping.ts';
import type { Features } from './features.ts';
import { fitRows, type FitRowsTask } from './fit-rows.ts';
import { fitTrees } from './fit-trees.ts';
import type { Loss } from './loss.ts';
import { predictRaw } from './predict-raw.ts';
import type { TreeLimits } from './tree-limits.ts';

/** What boosting has learned, besides classes. */
export interface HistGradientBoostingFitted extends ColumnCoding {
  trees: BoostedTrees;
  /** Raw predictions before the first round, one per output. */
  baseline: Float64Array;
  /** How much each column's splits lower the loss, summing to 1; zeros where no tree splits. */
  featureImportances: Float64Array;
  /** Rounds that were kept: all, or with early stopping those up to the best. */
  nIter: number;
  /** Trees of a round. */
  nTreesPerIteration: number;
  /** Scores before the first round and after each that was run, of early stopping; the higher the better. Empty without. */
  trainScore: readonly number[];
  /** The same of the validation rows. */
  validationScore: readonly number[];
  /** Whether early stopping was on. */
  didEarlyStopping: boolean;
  /** Number of columns of X. */
  nFeaturesIn: number;
  /** Their names, if X was a Table; else null. */
  featureNamesIn: readonly string[] | null;
}

export interface BoostingTask extends FitRowsTask {
  options: Readonly<Required<HistGradientBoostingOptions>>;
  loss: Loss;
  /** The score to watch; null for the loss. */
  score: ScoreRaw | null;
  /** What was learned before, to go on from. */
  before: HistGradientBoostingFitted | undefined;
}

/** Reads options and columns, sets validation rows aside, and boosts. */
export function fitBoosting(task: BoostingTask): HistGradientBoostingFitted {
  const { owner, options, loss, score, before } = task;
  const { features } = task.train;
  const coding = before?.categories ?? learnCategories(owner, features, options);
  if (before && before.nFeaturesIn !== features.cols) {
    throw new ShapeError(`${owner}: a warm start needs the ${before.nFeaturesIn} columns of the fit before, got ${features.cols}. Fit a clone instead.`);
  }
  const plan = planOf(coding);
  const random = new RandomState(options.randomState ?? 0);
  const splitSeed = random.randint(2 ** 32 - 1);
  const drawSeed = random.randint(2 ** 32 - 1);

  const rows = fitRows(task, plan, splitSeed);
  const { scoring, nIterNoChange, tol, maxIter, maxBins, subsample, colsampleByTree } = options;
  const stopping = rows.stops ? new EarlyStopping({ owner, scoring, score, train: rows.train, validation: rows.validation, nIterNoChange, tol }) : null;
  if (before && maxIter < before.nIter) {
    throw new DataError(`${owner}: maxIter must be at least the ${before.nIter} rounds of the fit before, got ${maxIter}.`);
  }
  const fitted = fitTrees({
    owner,
    plan,
    train: rows.train,
    validation: rows.validation,
    loss,
    limits: limitsOf(options, features.rows),
    maxIter,
    maxBins,
    subsample,
    colsampleByTree,
    threads: threadsFor(options.workers, features.rows * features.cols),
    directions: monotonicDirections(owner, options.monotonicCst, features, plan),
    groups: interactionGroups(owner, options.interactionCst, features, plan),
    seeds: [splitSeed, before ? (drawSeed + before.nIter) >>> 0 : drawSeed],
    before: before && {
      trees: before.trees,
      baseline: before.baseline,
      edges: plan.map(({ column }) => before.binEdges[column]),
      rounds: before.nIter,
      raw: (part) => predictRaw(before, part.read, part.rows, part.y.length, plan),
    },
    afterRound: stopping && stopping.afterRound,
  });

  const skipped = before ? before.nIter + 1 : 0;
  const nIter = stopping && stopping.trainScore.length > 0 ? Math.max(skipped + stopping.bestRound, 1) : fitted.rounds;
  const binEdges = new Array<Float64Array>(features.cols);
  plan.forEach(({ column }, j) => (binEdges[column] = fitted.edges[j]));
  const trees = nIter < fitted.rounds ? firstTrees(fitted.trees, nIter * loss.outputs) : fitted.trees;
  return {
    trees,
    featureImportances: gainShares(trees, features.cols),
    baseline: fitted.baseline,
    nIter,
    nTreesPerIteration: loss.outputs,
    trainScore: [...(before?.trainScore ?? []), ...(stopping?.trainScore ?? [])],
    validationScore: [...(before?.validationScore ?? []), ...(stopping?.validationScore ?? [])],
    didEarlyStopping: rows.stops,
    categories: coding,
    binEdges,
    nFeaturesIn: features.cols,
    featureNamesIn: features.names,
  };
}

/** A row keeps its leaf's number in 16 bits. */
const MOST_LEAVES = 65_535;

function limitsOf({ maxLeafNodes, maxDepth, minSamplesLeaf, l2Regularization, learningRate, maxFeatures }: BoostingTask['options'], rows: number): TreeLimits {
  const mostLeaves = rows / minSamplesLeaf < MOST_LEAVES ? Infinity : MOST_LEAVES;
  return { maxLeaves: maxLeafNodes ?? mostLeaves, maxDepth: maxDepth ?? Infinity, minSamplesLeaf, l2: l2Regularization, learningRate, maxFeatures };
}

/** Each column's share of the gains of all splits. */
function gainShares({ feature, gain }: BoostedTrees, cols: number): Float64Array {
  const gains = new Float64Array(cols);
  for (let node = 0; node < feature.length; node++) if (feature[node] >= 0) gains[feature[node]] += gain[node];
  const sum = gains.reduce((a, b) => a + b, 0);
  return sum > 0 ? gains.map((own) => own / sum) : gains;
}

function learnCategories(owner: string, features: Features, { categoricalFeatures, maxBins }: Readonly<Required<HistGradientBoostingOptions>>): (Label[] | null)[] {
  return categoricalColumns(owner, features, categoricalFeatures).map((is, j) => (is ? categoriesOf(owner, features, j, maxBins) : null));
}

/** Fewer values than this are fitted faster by one thread: others take longer to start than they save. */
const FEW_VALUES = 300_000;
/** More threads than this wait for each other. */
const MOST_THREADS = 8;

/** Threads for a fit: those asked for, else by size; its share of them where this thread is itself one of several. */
function threadsFor(workers: number | null, values: number): number {
  const wanted = workers ?? (values < FEW_VALUES ? 1 : Math.min(MOST_THREADS, availableParallelism()));
  return Math.min(wanted, thisThread.share ?? Infinity);
}

/** Categories first, as scikit-learn orders columns: it decides ties. */
export function planOf(categories: ColumnCoding['categories']): ColumnPlan[] {
  const plan = categories.map((own, column) => ({ column, categories: own }));
  return [...plan.filter((own) => own.categories !== null), ...plan.filter((own) => own.categories === null)];
}
