import { availableParallelism } from 'node:os';
import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { thisThread } from '../core/this-thread.ts';
import { trainTestSplit } from '../model-selection/train-test-split.ts';
import { blockReader, type ColumnPlan } from './block-reader.ts';
import { firstTrees, type BoostedTrees, type ColumnCoding } from './boosted-trees.ts';
import type { HistGradientBoostingOptions } from './hist-gradient-boosting-options.ts';
import { categoricalColumns, categoriesOf } from './categorical-features.ts';
import { interactionGroups, monotonicDirections } from './constraints.ts';
import { EarlyStopping, negativeLoss, type ScoreRaw } from './early-stopping.ts';
import type { Features } from './features.ts';
import { fitTrees, type LabelledRows } from './fit-trees.ts';
import type { Loss } from './loss.ts';
import { predictRaw } from './predict-raw.ts';

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

/** Rows of X with their targets as numbers. */
export interface Labelled {
  features: Features;
  y: Float64Array;
  weights: Float64Array | undefined;
}

export interface BoostingTask {
  owner: string;
  options: Readonly<Required<HistGradientBoostingOptions>>;
  train: Labelled;
  /** Rows that were given for early stopping. */
  validation: Labelled | undefined;
  loss: Loss;
  /** Whether a share set aside keeps the shares of y. */
  stratify: boolean;
  /** The score to watch; null for the loss. */
  score: ScoreRaw | null;
  /** What was learned before, to go on from. */
  before: HistGradientBoostingFitted | undefined;
}

/** Reads options and columns, sets validation rows aside, and boosts. */
export function fitBoosting({ owner, options, train, validation, loss, stratify, score, before }: BoostingTask): HistGradientBoostingFitted {
  const { features } = train;
  const coding = before?.categories ?? learnCategories(owner, features, options);
  if (before && before.nFeaturesIn !== features.cols) {
    throw new ShapeError(`${owner}: a warm start needs the ${before.nFeaturesIn} columns of the fit before, got ${features.cols}. Fit a clone instead.`);
  }
  const plan = planOf(coding);
  const random = new RandomState(options.randomState ?? 0);
  const splitSeed = random.randint(2 ** 32 - 1);
  const drawSeed = random.randint(2 ** 32 - 1);

  const rows = features.rows;
  const stops = validation !== undefined || options.earlyStopping === true || (options.earlyStopping === 'auto' && rows > 10_000);
  const read = blockReader(owner, features, plan);
  let trainRows: LabelledRows = { read, rows: null, y: train.y, weights: train.weights };
  let validationRows: LabelledRows | undefined = validation && { read: blockReader(owner, validation.features, plan), rows: null, y: validation.y, weights: validation.weights };
  if (stops && validation === undefined && options.validationFraction !== null) {
    [trainRows, validationRows] = setAside(owner, trainRows, options.validationFraction, stratify, splitSeed);
  }
  if (trainRows.weights?.every((w) => w === 0)) throw new DataError(`${owner}: sampleWeight must not be zero in every training row.`);
  const stopping = stops ? earlyStopping({ owner, options, loss, score }, trainRows, validationRows) : null;

  const { maxLeafNodes, maxDepth, minSamplesLeaf, l2Regularization, learningRate, maxFeatures, maxIter, maxBins, subsample, colsampleByTree } = options;
  if (before && maxIter < before.nIter) {
    throw new DataError(`${owner}: maxIter must be at least the ${before.nIter} rounds of the fit before, got ${maxIter}.`);
  }
  const mostLeaves = rows / minSamplesLeaf < 65_535 ? Infinity : 65_535;
  const fitted = fitTrees({
    owner,
    plan,
    train: trainRows,
    validation: validationRows,
    loss,
    limits: { maxLeaves: maxLeafNodes ?? mostLeaves, maxDepth: maxDepth ?? Infinity, minSamplesLeaf, l2: l2Regularization, learningRate, maxFeatures },
    maxIter,
    maxBins,
    subsample,
    colsampleByTree,
    threads: threadsFor(options.workers, rows * features.cols),
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
    didEarlyStopping: stops,
    categories: coding,
    binEdges,
    nFeaturesIn: features.cols,
    featureNamesIn: features.names,
  };
}

function earlyStopping({ owner, options, loss, score }: Pick<BoostingTask, 'owner' | 'options' | 'loss' | 'score'>, train: LabelledRows, validation: LabelledRows | undefined): EarlyStopping {
  const { scoring, nIterNoChange, tol } = options;
  return new EarlyStopping({ owner, scoring, score: score ?? negativeLoss(loss), train, validation, nIterNoChange, tol });
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

function setAside(owner: string, all: LabelledRows, share: number, stratify: boolean, seed: number): [LabelledRows, LabelledRows] {
  const { y, weights, read } = all;
  const numbers = Int32Array.from({ length: y.length }, (_, i) => i);
  let parts: [Int32Array, Int32Array];
  try {
    parts = trainTestSplit(numbers, { testSize: share, randomState: seed, stratify: stratify ? y : null }) as [Int32Array, Int32Array];
  } catch (error) {
    throw new DataError(`${owner}: ${share} of ${y.length} rows cannot be set aside for early stopping. Set earlyStopping: false, or give validation rows.`, { cause: error });
  }
  const part = (rows: Int32Array): LabelledRows => ({
    read,
    rows,
    y: Float64Array.from(rows, (i) => y[i]),
    weights: weights && Float64Array.from(rows, (i) => weights[i]),
  });
  return [part(parts[0]), part(parts[1])];
}

