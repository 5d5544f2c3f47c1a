import { DataError } from '../core/errors.ts';
import { pairwiseSum } from '../core/pairwise-sum.ts';
import { RandomState, type GeneratorState } from '../core/random-state.ts';
import { withArena, type Arena } from '../kernels/arena.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { weightedMean } from '../metrics/weighted-mean.ts';
import { growTree } from '../tree/grow-tree.ts';
import { leavesOf } from '../tree/leaves-of.ts';
import { pruneTree } from '../tree/prune-tree.ts';
import { rankColumns, type RankedColumns } from '../tree/ranked-columns.ts';
import { SplitColumns } from '../tree/split-columns.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import { treeLimits } from '../tree/tree-options.ts';
import type { GradientBoostingOptions } from './gradient-boosting-options.ts';
import type { StageLoss } from './stage-loss.ts';
import { stepLeaves } from './step-leaves.ts';

/** Rows with their raw predictions so far, rows × outputs. */
export interface StageRows {
  X: Matrix;
  /** Numbers, or codes of classes. */
  y: Float64Array;
  weights: Float64Array | undefined;
  raw: Float64Array;
}

/** What growing stages takes. */
export interface StagePlan {
  owner: string;
  options: Readonly<Required<GradientBoostingOptions>>;
  loss: StageLoss;
  train: StageRows;
  /** Rows that early stopping watches; undefined without it. */
  watched: StageRows | undefined;
  /** Where random numbers go on from. */
  generator: GeneratorState;
  /** The stages that are there already, and the last out-of-bag loss of them; NaN for none. */
  kept: { stages: number; oobScore: number };
}

/** What stages have left, one element per stage grown; out-of-bag arrays are null where stages grow on all rows. */
export interface GrownStages {
  /** Stage after stage, in each one tree per output. */
  trees: TreeNodes[];
  trainScore: number[];
  oobScores: number[] | null;
  oobImprovement: number[] | null;
  /** Where the random numbers stand then. */
  generator: GeneratorState;
}

/** Grows stages until there are nEstimators, or early stopping ends them. */
export function growStages(plan: StagePlan): GrownStages {
  const { owner, options, train, watched, generator, kept } = plan;
  const columns = rankColumns(owner, train.X, null);
  const copy = (rows: StageRows): StageRows => ({ ...rows, raw: rows.raw.slice() });
  // Of copies, since work that outgrows the arena is done again from the start.
  return withArena((arena) => {
    const random = new RandomState().setState(generator);
    const stages = new StageGrower({ ...plan, train: copy(train), watched: watched && copy(watched) }, columns, arena, random);
    for (let stage = kept.stages; stage < options.nEstimators; stage++) if (!stages.grow(stage)) break;
    return { ...stages.grown, generator: random.getState() };
  });
}

class StageGrower {
  readonly grown: Omit<GrownStages, 'generator'>;
  readonly #plan: StagePlan;
  readonly #random: RandomState;
  readonly #columns: RankedColumns;
  readonly #reader: SplitColumns;
  readonly #gradient: Float64Array;
  /** The lowest losses of the rows watched, by stage modulo nIterNoChange. */
  readonly #watchedLosses: Float64Array;
  #loss: StageLoss;

  constructor(plan: StagePlan, columns: RankedColumns, arena: Arena, random: RandomState) {
    const draws = plan.options.subsample < 1;
    this.grown = { trees: [], trainScore: [], oobScores: draws ? [] : null, oobImprovement: draws ? [] : null };
    this.#plan = plan;
    this.#random = random;
    this.#columns = columns;
    this.#reader = new SplitColumns(arena, columns);
    this.#gradient = new Float64Array(plan.train.raw.length);
    this.#watchedLosses = new Float64Array(plan.options.nIterNoChange ?? 0).fill(Infinity);
    this.#loss = plan.loss;
  }

  /** @returns whether to go on */
  grow(stage: number): boolean {
    const { options, train, kept } = this.#plan;
    const bag = options.subsample < 1 ? drawBag(this.#random, train.y.length, options.subsample) : undefined;
    const before = bag && (stage === 0 ? this.#meanLoss(train, bag, 0) : (this.grown.oobScores!.at(-1) ?? kept.oobScore));
    this.#loss = this.#loss.adapted?.(train.y, train.raw, train.weights) ?? this.#loss;
    this.#growTrees(bag);
    this.grown.trainScore.push(this.#meanLoss(train, bag, 1));
    if (bag) {
      const score = this.#meanLoss(train, bag, 0);
      this.grown.oobScores!.push(score);
      this.grown.oobImprovement!.push(before! - score);
    }
    return this.#goesOn(stage);
  }

  #growTrees(bag: Uint8Array | undefined): void {
    const { owner, options, train } = this.#plan;
    const { y, raw } = train;
    const { outputs, negativeGradient } = this.#loss;
    negativeGradient(y, raw, this.#gradient);
    const weights = bag ? weightsInBag(bag, train.weights) : train.weights;
    const weight = weights === undefined ? y.length : pairwiseSum(weights);
    if (weight === 0) throw new DataError(`${owner}: a stage drew no row with weight, of ${y.length}. Raise subsample.`);
    const limits = treeLimits(owner, { ...options, monotonicCst: null }, y.length, this.#columns.cols, weight, 0);
    for (let k = 0; k < outputs; k++) {
      const gradient = this.#gradient.subarray(k * y.length, (k + 1) * y.length);
      const grown = withArena((inner) => growTree(inner, this.#columns, this.#reader, { y: gradient }, weights, this.#random, { criterion: 'squaredError', splitter: 'best', limits }));
      const tree = options.ccpAlpha > 0 ? pruneTree(grown, options.ccpAlpha) : grown;
      const own = outputs === 1 ? y : y.map((code) => (code === k ? 1 : 0));
      const leaves = leavesOf(tree, train.X);
      stepLeaves(tree, this.#loss, { leaves, bag, weights, y: own, gradient, raw });
      this.#add(tree, leaves, train, k);
      if (this.#plan.watched) this.#add(tree, leavesOf(tree, this.#plan.watched.X), this.#plan.watched, k);
      this.grown.trees.push(tree);
    }
  }

  /** Adds a tree's values to the raw predictions of output k. */
  #add({ value }: TreeNodes, leaves: Int32Array, { raw }: StageRows, k: number): void {
    const { outputs } = this.#loss;
    const { learningRate } = this.#plan.options;
    for (let i = 0; i < leaves.length; i++) raw[i * outputs + k] += learningRate * value[leaves[i]];
  }

  /** Times the loss's factor; of the rows whose place in the bag is `inBag`, or of all rows. NaN of none. */
  #meanLoss({ y, weights, raw }: StageRows, bag: Uint8Array | undefined, inBag: 0 | 1): number {
    const { outputs, at, factor } = this.#loss;
    const losses = new Float64Array(y.length);
    const own = weights && new Float64Array(y.length);
    let row = 0;
    const rawOf = (output: number): number => raw[row * outputs + output];
    let n = 0;
    for (; row < y.length; row++) {
      if (bag !== undefined && bag[row] !== inBag) continue;
      if (own) own[n] = weights[row];
      losses[n++] = at(y[row], rawOf);
    }
    return factor * weightedMean(losses.subarray(0, n), own?.subarray(0, n));
  }

  /** Whether the loss of the rows watched is below one of the last nIterNoChange by more than tol. */
  #goesOn(stage: number): boolean {
    const { watched, options } = this.#plan;
    if (watched === undefined) return true;
    const loss = this.#meanLoss(watched, undefined, 1);
    if (!this.#watchedLosses.some((one) => loss + options.tol < one)) return false;
    this.#watchedLosses[stage % this.#watchedLosses.length] = loss;
    return true;
  }
}

function weightsInBag(bag: Uint8Array, weights: Float64Array | undefined): Float64Array {
  const own = Float64Array.from(bag);
  if (weights !== undefined) for (let i = 0; i < own.length; i++) own[i] *= weights[i];
  return own;
}

/** Draws a share of the rows without replacement, as scikit-learn does: 1 for those drawn. */
function drawBag(random: RandomState, rows: number, share: number): Uint8Array {
  const wanted = Math.max(1, Math.floor(share * rows));
  const draws = random.randomSample(rows);
  const bag = new Uint8Array(rows);
  let drawn = 0;
  for (let i = 0; i < rows; i++) {
    if (draws[i] * (rows - i) >= wanted - drawn) continue;
    bag[i] = 1;
    drawn++;
  }
  return bag;
}
