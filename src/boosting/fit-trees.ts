import { DataError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { Xorshift } from '../core/xorshift.ts';
import { withArena, type Arena } from '../kernels/arena.ts';
import { packingScales } from '../kernels/boosting-loss.ts';
import type { GradientArrays, Odds } from '../kernels/gradient-arrays.ts';
import type { GrownNode } from '../kernels/grow-tree.ts';
import { copyRows, numberRows, permute } from '../kernels/row-partition.ts';
import { keptTeam } from '../kernels/shared-team.ts';
import type { ThreadTeam } from '../kernels/thread-team.ts';
import { binEdges } from './bin-edges.ts';
import type { BinnedArrays } from './binned-arrays.ts';
import { binnedRows, strideOf } from './binned-rows.ts';
import type { BlockReader, ColumnPlan } from './block-reader.ts';
import { joinTrees, treeOfNodes, type BoostedTrees } from './boosted-trees.ts';
import { TreeGrower } from './grow-tree.ts';
import type { Loss } from './loss.ts';
import { SharedWork } from './shared-work.ts';
import type { TreeLimits } from './tree-limits.ts';

/** Rows with their targets. */
export interface LabelledRows {
  read: BlockReader;
  /** Their numbers in X; null for the first y.length. */
  rows: Int32Array | null;
  y: Float64Array;
  weights: Float64Array | undefined;
}

export interface FitPlan {
  owner: string;
  plan: readonly ColumnPlan[];
  train: LabelledRows;
  /** Undefined where there is no validation set. */
  validation: LabelledRows | undefined;
  loss: Loss;
  limits: TreeLimits;
  maxIter: number;
  maxBins: number;
  /** Share of the rows, and of the columns, that each round's trees grow on. */
  subsample: number;
  colsampleByTree: number;
  /** Per planned column. */
  directions: Int8Array;
  groups: readonly (readonly number[])[] | null;
  /** How many threads work together. */
  threads: number;
  /** Two seeds: of sampling for bin edges, of sampling rows and columns. */
  seeds: readonly [number, number];
  /** Goes on from here; undefined to begin. */
  before: { trees: BoostedTrees; baseline: Float64Array; edges: readonly Float64Array[]; rounds: number; raw: (part: LabelledRows) => Float64Array } | undefined;
  /** Told of the raw predictions before the first round (unless it goes on) and after each; returns whether to stop. */
  afterRound: ((raw: RawPredictions, round: number) => boolean) | null;
}

/** Raw predictions of training and validation rows, output by output. */
export interface RawPredictions {
  /** Raw predictions of output c for training rows. */
  train(c: number): Float64Array;
  validation(c: number): Float64Array;
  /** The mean loss, weighted. */
  trainLoss(): number;
  validationLoss(): number;
}

export interface FittedTrees {
  trees: BoostedTrees;
  baseline: Float64Array;
  edges: readonly Float64Array[];
  rounds: number;
}

/** Fewer rows or rounds than these are not worth moving rows for. */
const ROWS_TO_MOVE = 50_000;
const ROUNDS_TO_MOVE = 20;

/** All that 32-bit addresses reach, less what the kernels keep for themselves. */
const MOST_BYTES = 2 ** 32 - 2 ** 24;

/**
 * Gradient boosting with histograms: each round fits one tree per output to the loss's first and second derivatives at
 * the predictions so far.
 *
 * @throws DataError where the bins do not fit the kernels' memory, or predictions leave the numbers
 */
export function fitTrees(fit: FitPlan): FittedTrees {
  checkMemory(fit);
  return withArena((arena) => new Booster(arena, fit, keptTeam(fit.threads)).run());
}

/** @throws DataError with the arithmetic, before anything is computed */
function checkMemory({ owner, plan, train, validation, loss, limits, maxBins }: FitPlan): void {
  const rows = train.y.length + (validation?.y.length ?? 0);
  const cols = plan.length;
  const stride = strideOf(cols);
  const k = loss.outputs;
  const perRow = stride + cols + 16 * k + 8 + (loss.kind === 'logLoss' ? 8 : 0) + (train.weights ? 8 : 0) + 4 * 4 + 2;
  const histograms = Math.min(limits.maxLeaves, train.y.length) * cols * (maxBins + 1) * 16;
  const sample = Math.min(rows, 200_000) * (cols + 1) * 8;
  const needed = rows * perRow + histograms + sample;
  if (needed <= MOST_BYTES) return;
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  throw new DataError(
    `${owner}: bins and gradients must fit 4 GiB, but ${rows} rows × ${perRow} bytes (${stride} + ${cols} of bins, the rest gradients) + ` +
      `${gib(histograms + sample)} for histograms and the sample make ${gib(needed)}. Fit on fewer rows or columns, or lower maxLeafNodes.`,
  );
}

class Booster {
  readonly #fit: FitPlan;
  readonly #edges: readonly Float64Array[];
  readonly #binned: BinnedArrays;
  readonly #y: Float64Array;
  readonly #weights: Float64Array | undefined;
  /** Where someone looks at their loss. */
  readonly #validation: { y: Float64Array; weights: Float64Array | undefined } | undefined;
  readonly #raw: Float64Array;
  /** Whether raw predictions are kept up: with odds, only where someone looks at them. */
  readonly #keepsRaw: boolean;
  /** For the log loss of two classes. */
  readonly #odds: Odds | undefined;
  readonly #out: GradientArrays;
  readonly #rows: Int32Array;
  readonly #order: Int32Array;
  readonly #leaves: Uint16Array;
  readonly #values: Float64Array;
  readonly #baseline: Float64Array;
  readonly #random: Xorshift;
  readonly #grower: TreeGrower;
  readonly #work: SharedWork;
  /** The most that leaves so far can make of a raw prediction. */
  #reach = 0;
  /** Where the training rows lie since they were moved: the number of the row at each place. */
  #places: Int32Array | undefined;

  constructor(arena: Arena, fit: FitPlan, team: ThreadTeam | undefined) {
    this.#work = new SharedWork(arena, team);
    const { train, validation, loss, plan, maxBins, seeds, before } = fit;
    this.#fit = fit;
    const n = train.y.length;
    const all = n + (validation?.y.length ?? 0);
    const k = loss.outputs;
    this.#edges = before?.edges ?? withArena((inner) => binEdges(inner, this.#work, plan, train.read, train.rows, n, train.weights, maxBins, new RandomState(seeds[0])));
    const parts = [train, ...(validation ? [validation] : [])];
    this.#binned = binnedRows(arena, this.#work, plan, this.#edges, fit.directions, parts.map(({ read, rows, y }) => ({ read, rows, count: y.length })));
    this.#y = arena.copyFloat64(train.y);
    this.#weights = train.weights && arena.copyFloat64(train.weights);
    this.#validation = validation && { y: arena.copyFloat64(validation.y), weights: validation.weights && arena.copyFloat64(validation.weights) };
    this.#baseline = before?.baseline ?? loss.baseline(train.y, train.weights);
    this.#keepsRaw = loss.kind !== 'logLoss' || fit.afterRound !== null;
    this.#raw = arena.unsetFloat64(k * all);
    if (this.#keepsRaw) for (let c = 0; c < k; c++) this.#raw.fill(this.#baseline[c], c * all, (c + 1) * all);
    if (before) {
      let at = 0;
      for (const part of parts) {
        const raw = before.raw(part);
        for (let c = 0; c < k; c++) for (let i = 0; i < part.y.length; i++) this.#raw[c * all + at + i] = raw[i * k + c];
        at += part.y.length;
      }
    }
    this.#out = { derivatives: arena.unsetFloat32(2 * k * all), largest: arena.float64(2 * k) };
    this.#rows = arena.int32(all);
    this.#order = arena.int32(fit.subsample < 1 ? all : 0);
    numberRows(this.#order);
    const leaves = arena.int32(Math.ceil(all / 2));
    this.#leaves = new Uint16Array(leaves.buffer, leaves.byteOffset, all);
    this.#values = arena.float64(Math.min(fit.limits.maxLeaves, n) + 1);
    if (loss.kind === 'logLoss') {
      const odds = arena.unsetFloat64(n);
      if (before) for (let i = 0; i < n; i++) odds[i] = Math.exp(-this.#raw[i]);
      else odds.fill(Math.exp(-this.#baseline[0]));
      this.#odds = { odds, leaves: this.#leaves.subarray(0, n), factors: arena.float64(this.#values.length).fill(1, 0, 1) };
    }
    this.#random = new Xorshift(seeds[1]);
    this.#grower = new TreeGrower(arena, this.#work, this.#binned, fit.limits, fit.groups, this.#random);
  }

  run(): FittedTrees {
    const { maxIter, before, loss, afterRound } = this.#fit;
    const parts: BoostedTrees[] = before ? [before.trees] : [];
    let rounds = before?.rounds ?? 0;
    const raw = this.#predictions();
    let isDone = rounds >= maxIter || (before === undefined && afterRound?.(raw, 0) === true);
    while (!isDone) {
      this.#gradients();
      const count = this.#drawRows();
      const features = this.#drawColumns();
      for (let c = 0; c < loss.outputs; c++) parts.push(this.#growTree(c, count, features));
      rounds++;
      if (parts.length === (before ? 1 : 0) + loss.outputs) this.#moveRows(maxIter - rounds);
      isDone = rounds >= maxIter;
      if (afterRound?.(raw, rounds)) isDone = true;
    }
    return { trees: joinTrees(parts), baseline: this.#baseline, edges: this.#edges, rounds };
  }

  #predictions(): RawPredictions {
    const n = this.#y.length;
    const all = this.#binned.rows;
    return {
      train: (c) => this.#inOrder(this.#raw.subarray(c * all, c * all + n)),
      validation: (c) => this.#raw.subarray(c * all + n, (c + 1) * all),
      trainLoss: () => this.#work.meanLoss(this.#fit.loss, this.#y, this.#weights, this.#raw, all),
      validationLoss: () => this.#work.meanLoss(this.#fit.loss, this.#validation!.y, this.#validation!.weights, this.#raw.subarray(n), all),
    };
  }

  /**
   * Puts rows of one leaf of the last tree next to each other. Later trees part rows by much the same columns, so that a
   * node's rows then lie closer, in fewer lines of the caches. The result has the same bits: whole numbers are added, and
   * all else is row by row. (Not where rows are drawn by their numbers or leaves have sums of their own.)
   */
  #moveRows(roundsLeft: number): void {
    const { loss, subsample } = this.#fit;
    const all = this.#binned.rows;
    const n = this.#y.length;
    if (n < ROWS_TO_MOVE || roundsLeft < ROUNDS_TO_MOVE || subsample < 1 || loss.leafValue !== null) return;
    const order = this.#rows.subarray(0, n);
    // Derivatives are computed anew before they are read.
    const { buffer, byteOffset, byteLength } = this.#out.derivatives;
    const room = new Uint8Array(buffer, byteOffset, byteLength);
    this.#work.permuteBins(this.#binned, order, room);
    permute(this.#y, order, room);
    if (this.#weights) permute(this.#weights, order, room);
    if (this.#keepsRaw) for (let c = 0; c < loss.outputs; c++) permute(this.#raw.subarray(c * all, c * all + n), order, room);
    if (this.#odds) {
      permute(this.#odds.odds, order, room);
      const before = this.#leaves.slice(0, n);
      for (let i = 0; i < n; i++) this.#leaves[i] = before[order[i]];
    }
    if (this.#fit.afterRound) this.#places = order.slice();
  }

  /** Values of training rows in the order that they came in. */
  #inOrder(values: Float64Array): Float64Array {
    const places = this.#places;
    if (places === undefined) return values;
    const ordered = new Float64Array(values.length);
    for (let i = 0; i < places.length; i++) ordered[places[i]] = values[i];
    return ordered;
  }

  #gradients(): void {
    const { loss, owner } = this.#fit;
    if (this.#odds) this.#work.oddsDerivatives(this.#y, this.#weights, this.#odds, this.#out);
    else this.#work.derivatives(loss, this.#y, this.#weights, this.#raw, this.#binned.rows, this.#out);
    if (!this.#out.largest.every(Number.isFinite)) {
      throw new DataError(`${owner}: the loss's derivatives must stay finite, but they left single precision. Scale y, or lower learningRate.`);
    }
  }

  /** Puts the round's rows in front, those left out and the validation rows behind. @returns how many are in front */
  #drawRows(): number {
    const { subsample } = this.#fit;
    const n = this.#y.length;
    if (subsample >= 1) return n;
    const wanted = Math.max(1, Math.floor(subsample * n));
    let inside = 0;
    let outside = wanted;
    for (let i = 0; i < n; i++) {
      if (this.#random.below(n - i) < wanted - inside) this.#order[inside++] = i;
      else this.#order[outside++] = i;
    }
    return wanted;
  }

  #drawColumns(): Int32Array | null {
    const { colsampleByTree, plan } = this.#fit;
    if (colsampleByTree >= 1) return null;
    const wanted = Math.max(1, Math.ceil(colsampleByTree * plan.length));
    const drawn: number[] = [];
    for (let j = 0; j < plan.length; j++) if (this.#random.below(plan.length - j) < wanted - drawn.length) drawn.push(j);
    return Int32Array.from(drawn);
  }

  #growTree(c: number, count: number, features: Int32Array | null): BoostedTrees {
    const { owner, loss, limits, plan, subsample } = this.#fit;
    const n = this.#y.length;
    const all = this.#binned.rows;
    const { derivatives, largest } = this.#out;
    const scales = packingScales(count, largest[2 * c], largest[2 * c + 1]);
    const areInOrder = subsample >= 1;
    if (!areInOrder) copyRows(this.#order, this.#rows);
    const nodes = this.#grower.grow({ rows: this.#rows, count, areInOrder, derivatives: derivatives.subarray(2 * c * all, 2 * (c * all + n)), scales, features }, this.#leaves);
    const raw = this.#raw.subarray(c * all, (c + 1) * all);
    let leaf = 0;
    for (const node of nodes) if (node.left < 0) this.#values[leaf++] = limits.learningRate * (loss.leafValue ? this.#leafValue(node, raw) : node.value);
    const values = this.#values.subarray(0, leaf);
    this.#reach += values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (!Number.isFinite(this.#reach)) throw new DataError(`${owner}: predictions must stay finite, but they left double precision. Lower learningRate.`);
    if (this.#odds) values.forEach((value, i) => (this.#odds!.factors[i] = Math.exp(-value)));
    if (this.#keepsRaw) this.#work.addLeafValues(this.#leaves, this.#values, raw);
    return treeOfNodes(nodes, plan, this.#edges, limits.learningRate, this.#values);
  }

  #leafValue({ from, to }: GrownNode, raw: Float64Array): number {
    const rows = this.#rows.subarray(from, to);
    const residuals = new Float64Array(rows.length);
    const weights = this.#weights && new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      residuals[i] = this.#y[rows[i]] - raw[rows[i]];
      if (weights) weights[i] = (this.#weights as Float64Array)[rows[i]];
    }
    return this.#fit.loss.leafValue!(residuals, weights);
  }
}
