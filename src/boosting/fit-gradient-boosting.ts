import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { RandomState, type GeneratorState } from '../core/random-state.ts';
import { takeRows } from '../core/rows.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { trainTestSplit } from '../model-selection/train-test-split.ts';
import { impurityDrops } from '../tree/impurity-drops.ts';
import { warmNotes } from '../tree/kept-trees.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import type { GradientBoostingOptions } from './gradient-boosting-options.ts';
import { growStages, type GrownStages, type StageRows } from './grow-stages.ts';
import { rawOfStages, type Stages } from './raw-of-stages.ts';
import type { StageLoss } from './stage-loss.ts';
import { modelStart, startOf, type StageStart, type StartRows } from './stage-start.ts';

/** What gradient boosting with whole trees has learned. */
export interface GradientBoostingFitted extends Stages {
  /** Stages there are; fewer than the option says where early stopping ended them. */
  nEstimators: number;
  /** How much each column's splits lower the variance of the gradients, summing to 1. */
  featureImportances: Float64Array;
  /** The loss of the rows that each stage grew on, after it. */
  trainScore: Float64Array;
  /** With `subsample` below 1: the loss of the rows that each stage did not grow on, after it, else null. */
  oobScores: Float64Array | null;
  /** By how much each stage lowered that loss; NaN where the stage before it had none. */
  oobImprovement: Float64Array | null;
  /** The last of oobScores. */
  oobScore: number | null;
  /** Where the random numbers stand, for a warm start. */
  generator: GeneratorState;
  /** What to know of the fit, in sentences. */
  notes: string[];
}

export interface GradientBoostingTask {
  owner: string;
  options: Readonly<Required<GradientBoostingOptions>>;
  X: Matrix;
  /** Numbers, or codes of classes. */
  y: Float64Array;
  /** What a model for `init` learns: labels or numbers. */
  target: ArrayLike<Label> | Float64Array;
  weights: Float64Array | undefined;
  loss: StageLoss;
  /** The start where `init` is null. */
  start(rows: StartRows): Promise<StageStart>;
  /** How many classes there are, which rows set aside keep the shares of; 0 for numbers. */
  classes: number;
  before: GradientBoostingFitted | undefined;
}

/** Fits stages of trees. @throws OptionError, ShapeError, DataError for what cannot be learned from, or gone on from */
export async function fitGradientBoosting(task: GradientBoostingTask): Promise<GradientBoostingFitted> {
  const { owner, options, loss } = task;
  const before = options.warmStart ? task.before : undefined;
  if (before) checkBefore(task, before);
  const generator = before?.generator ?? new RandomState(options.randomState).getState();
  const [train, watched] = splitRows(task);
  const start = before ?? (await startFrom(task, train));
  const rowsOf = async ({ X, y, weights }: Rows): Promise<StageRows> => {
    const raw = before ? await rawOfStages(before, loss, options.learningRate, X) : await startOf(start, loss, X);
    return { X, y, weights, raw };
  };
  const kept = { stages: before?.nEstimators ?? 0, oobScore: before?.oobScore ?? Number.NaN };
  const grown = growStages({ owner, options, loss, train: await rowsOf(train), watched: watched && (await rowsOf(watched)), generator, kept });
  const trees = [...(before?.trees ?? []), ...grown.trees];
  return {
    baseline: start.baseline,
    initEstimator: start.initEstimator,
    trees,
    nTreesPerIteration: loss.outputs,
    nEstimators: trees.length / loss.outputs,
    featureImportances: stageImportances(trees, task.X.cols),
    ...scoresOf(before, grown),
    generator: grown.generator,
    notes: warmNotes(owner, kept.stages, options.nEstimators),
  };
}

function checkBefore({ owner, options, X }: GradientBoostingTask, { nEstimators, featureImportances: { length } }: GradientBoostingFitted): void {
  if (length !== X.cols) throw new ShapeError(`${owner}: X has ${X.cols} columns, but the fit before saw ${length}. A warm start needs the same; fit a clone instead.`);
  if (nEstimators <= options.nEstimators) return;
  throw new OptionError(`${owner}: nEstimators must be at least ${nEstimators} for a warm start, since so many stages are there, got ${options.nEstimators}. Raise it, or fit a clone.`);
}

async function startFrom(task: GradientBoostingTask, rows: StartRows): Promise<StageStart> {
  const { init } = task.options;
  if (init === null) return task.start(rows);
  if (init === 'zero') return { baseline: new Float64Array(task.loss.outputs), initEstimator: null };
  return modelStart(task.owner, init, rows);
}

type Rows = StartRows & { y: Float64Array };

/** The rows to learn from and those that early stopping watches. */
function splitRows(task: GradientBoostingTask): [Rows, Rows | undefined] {
  const { owner, options, X, y, target, weights, classes } = task;
  if (options.nIterNoChange === null) return [task, undefined];
  const numbers = Int32Array.from(y, (_, i) => i);
  let parts: [Int32Array, Int32Array];
  try {
    parts = trainTestSplit(numbers, { testSize: options.validationFraction, randomState: options.randomState, stratify: classes > 0 ? y : null }) as [Int32Array, Int32Array];
  } catch (error) {
    throw new DataError(`${owner}: ${options.validationFraction} of ${y.length} rows cannot be set aside for early stopping. Change validationFraction, or set nIterNoChange: null.`, { cause: error });
  }
  const [train, watched] = parts.map((rows) => ({ X: X.take(rows), y: takeRows(y, rows), target: takeRows(target, rows), weights: weights && takeRows(weights, rows) }) as Rows);
  if (classes > 0 && new Set(train.y).size < classes) {
    throw new DataError(`${owner}: the rows that are left when some are set aside for early stopping must have every class, ${classes - new Set(train.y).size} of ${classes} are missing. Change randomState or validationFraction.`);
  }
  return [train, watched];
}

/** The mean over all trees that split, divided by its sum; zeros where none does. */
function stageImportances(trees: readonly TreeNodes[], features: number): Float64Array {
  const splitting = trees.filter((tree) => tree.left.length > 1);
  const sums = new Float64Array(features);
  for (const tree of splitting) impurityDrops(tree, features).forEach((drop, j) => (sums[j] += drop));
  const means = sums.map((sum) => (splitting.length > 0 ? sum / splitting.length : 0));
  const total = means.reduce((a, b) => a + b, 0);
  return total > 0 ? means.map((mean) => mean / total) : means;
}

function scoresOf(before: GradientBoostingFitted | undefined, grown: GrownStages): Pick<GradientBoostingFitted, 'trainScore' | 'oobScores' | 'oobImprovement' | 'oobScore'> {
  const { trainScore } = grown;
  const joined = (old: Float64Array | null | undefined, own: number[] | null): Float64Array | null => {
    if (!old && own === null) return null;
    const earlier = old ?? new Float64Array(before?.nEstimators ?? 0).fill(Number.NaN);
    return Float64Array.of(...earlier, ...(own ?? trainScore.map(() => Number.NaN)));
  };
  const oobScores = joined(before?.oobScores, grown.oobScores);
  return {
    trainScore: Float64Array.of(...(before?.trainScore ?? []), ...trainScore),
    oobScores,
    oobImprovement: joined(before?.oobImprovement, grown.oobImprovement),
    oobScore: oobScores === null ? null : oobScores[oobScores.length - 1],
  };
}
