import type { Xorshift } from '../core/xorshift.ts';
import { partitionByRank, sortByRank } from '../kernels/split-keys.ts';
import type { Criterion } from './criterion.ts';
import { FEATURE_THRESHOLD, type RankedColumns } from './ranked-columns.ts';
import type { OpenColumn, SplitColumns } from './split-columns.ts';

/** What a node passes on to the search for its split. */
export interface ParentState {
  impurity: number;
  /** How many features are known to be constant in the node; the search adds those it finds. */
  constants: number;
  /** What monotonic constraints above the node leave its value. */
  lower: number;
  upper: number;
}

/** The best split found; `pos` is the node's end when there is none. */
export interface Split {
  feature: number;
  /** The highest rank that goes left. */
  cut: number;
  threshold: number;
  pos: number;
  missingLeft: boolean;
  improvement: number;
  leftImpurity: number;
  rightImpurity: number;
  middle: number;
}

/** What limits the search. */
export interface SplitLimits {
  maxFeatures: number;
  minSamplesLeaf: number;
  minWeightLeaf: number;
  /** −1, 0 or 1 per feature; undefined for no constraint. */
  monotonic: Int8Array | undefined;
}

export interface SplitterParts {
  columns: RankedColumns;
  reader: SplitColumns;
  /** The rows that have weight, in the order that splits put them in. */
  samples: Int32Array;
  /** One place per sample, for ranks. */
  keys: Int32Array;
  /** All columns, in the order that draws have put them in, and one place for each of those known to be constant. */
  features: Int32Array;
  constants: Int32Array;
  criterion: Criterion;
  limits: SplitLimits;
  random: Xorshift;
  /** The weight of all rows. */
  totalWeight: number;
}

/** What one feature's search works on. */
export interface Search {
  column: OpenColumn;
  feature: number;
  start: number;
  end: number;
  parent: ParentState;
  constraint: number;
}

/**
 * Finds the split of a node: draws features without replacement, leaving out those known to be constant, until
 * maxFeatures of them have been looked at and one was not constant; asks a subclass for each one's best split.
 *
 * Features are drawn by scikit-learn's generator in its order, so that trees agree with its own also where splits tie
 * and where only some features are tried.
 */
export abstract class Splitter {
  protected readonly columns: RankedColumns;
  protected readonly reader: SplitColumns;
  protected readonly samples: Int32Array;
  protected readonly keys: Int32Array;
  protected readonly criterion: Criterion;
  protected readonly limits: SplitLimits;
  protected readonly random: Xorshift;
  readonly #totalWeight: number;
  readonly #features: Int32Array;
  readonly #constants: Int32Array;
  protected bestProxy = -Infinity;
  protected best: Split = newSplit(-1, 0, 0, 0, false);
  protected missing = 0;
  protected lastFeature = -1;

  constructor({ columns, reader, samples, keys, features, constants, criterion, limits, random, totalWeight }: SplitterParts) {
    this.columns = columns;
    this.reader = reader;
    this.samples = samples;
    this.keys = keys;
    this.criterion = criterion;
    this.limits = limits;
    this.random = random;
    this.#totalWeight = totalWeight;
    this.#features = features;
    this.#constants = constants;
  }

  /** Reads a feature's ranks in the node. @returns whether all are the same, so that there is nothing to split */
  protected abstract isConstant(search: Search): boolean;

  /** Keeps the feature's best split if it beats what was found so far. */
  protected abstract tryFeature(search: Search): void;

  /** Puts the rows of the best split in order, left ones first. */
  protected arrange(start: number, end: number): void {
    const { feature, cut, missingLeft } = this.best;
    const { ranks, base, missing } = this.reader.open(feature);
    partitionByRank(ranks, base, missing, this.samples, start, end, cut, missingLeft);
  }

  /** The split of samples[start … end), which the criterion has open; they are put in its order. */
  split(start: number, end: number, parent: ParentState): Split {
    this.best = newSplit(-1, 0, 0, end, false);
    this.bestProxy = -Infinity;
    this.search(start, end, parent);
    if (this.best.pos < end) this.#settle(start, end, parent);
    return this.best;
  }

  /** Looks for the best split, and counts the columns that are known to be constant. */
  protected search(start: number, end: number, parent: ParentState): void {
    const features = this.#features;
    const known = parent.constants;
    let undrawn = this.columns.cols;
    let visited = 0;
    let found = 0;
    let drawn = 0;
    let total = known;
    this.reader.enter(this.samples, start, end, this.limits.maxFeatures);
    // In `features`: constants drawn | constants known | constants found | not drawn | drawn.
    while (undrawn > total && (visited < this.limits.maxFeatures || visited <= found + drawn)) {
      visited++;
      let at = drawn + this.random.below(undrawn - found - drawn);
      if (at < known) {
        swap(features, drawn++, at);
        continue;
      }
      at += found;
      const feature = features[at];
      this.lastFeature = feature;
      const isEmpty = this.reader.isEmpty(feature);
      const constraint = this.limits.monotonic === undefined ? 0 : this.limits.monotonic[feature];
      const search = isEmpty ? undefined : { column: this.reader.open(feature), feature, start, end, parent, constraint };
      if (search === undefined || this.isConstant(search)) {
        swap(features, at, total++);
        found++;
        continue;
      }
      swap(features, --undrawn, at);
      this.tryFeature(search);
    }
    // Siblings and children find the known constants in the order in which they were found.
    features.set(this.#constants.subarray(0, known));
    this.#constants.set(features.subarray(known, known + found), known);
    parent.constants = total;
  }

  #settle(start: number, end: number, parent: ParentState): void {
    const { best, criterion } = this;
    this.arrange(start, end);
    criterion.reset();
    criterion.update(best.pos);
    criterion.measureChildren();
    best.leftImpurity = criterion.leftImpurity;
    best.rightImpurity = criterion.rightImpurity;
    best.improvement = criterion.improvement(parent.impurity, this.#totalWeight);
    best.middle = this.limits.monotonic === undefined ? 0 : criterion.middleValue();
  }

  /** Keeps the split at the criterion's position if it is allowed and the best so far. @returns whether it is */
  protected isBetter({ parent, constraint }: Search): boolean {
    const { criterion, limits } = this;
    if (constraint !== 0 && !criterion.keepsOrder(constraint, parent.lower, parent.upper)) return false;
    if (criterion.leftWeight < limits.minWeightLeaf || criterion.rightWeight < limits.minWeightLeaf) return false;
    const proxy = criterion.proxy();
    if (!(proxy > this.bestProxy)) return false;
    this.bestProxy = proxy;
    return true;
  }
}

/** Looks at every place between two values that differ. Missing values go right, then left, whichever is better. */
export class BestSplitter extends Splitter {
  protected isConstant({ column, start, end }: Search): boolean {
    const { samples, keys } = this;
    this.missing = sortByRank(column.ranks, column.base, column.missing, samples, keys, start, end);
    const present = end - this.missing;
    if (present === start) return true;
    return this.missing === 0 && this.areEqual(column, keys[start], keys[present - 1]);
  }

  protected areEqual({ offset }: OpenColumn, low: number, high: number): boolean {
    const { highs, lows } = this.columns;
    return low === high || lows[offset + high] <= Math.fround(highs[offset + low] + FEATURE_THRESHOLD);
  }

  protected tryFeature(search: Search): void {
    this.scan(search, false);
    if (this.missing === 0) return;
    rotate(this.samples, search.start, search.end, this.missing);
    rotate(this.keys, search.start, search.end, this.missing);
    this.scan(search, true);
  }

  /** Looks at every place of the sorted samples; those without a value lie at the front if missingLeft, else at the end. */
  protected scan(search: Search, missingLeft: boolean): void {
    const { criterion, keys, missing } = this;
    const { column, feature, start, end } = search;
    const isClose = this.columns.close[feature] === 1;
    const present = missingLeft ? end : end - missing;
    criterion.reset();
    for (let p = missingLeft ? start + missing + 1 : start + 1; p < end; p++) {
      if (p < present) {
        if (keys[p] === keys[p - 1] || (isClose && this.areEqual(column, keys[p - 1], keys[p]))) continue;
      } else if (p > present) break;
      if (p - start < this.limits.minSamplesLeaf || end - p < this.limits.minSamplesLeaf) continue;
      criterion.update(p);
      if (!this.isBetter(search)) continue;
      const isLast = !missingLeft && p === present;
      this.keep(search, p, keys[p - 1], isLast ? -1 : keys[p], missingLeft);
    }
  }

  /**
   * Makes a split the best.
   * @param cut the highest rank to the left
   * @param next the lowest to the right; −1 when only missing values go right
   */
  protected keep({ feature, start, end }: Pick<Search, 'feature' | 'start' | 'end'>, pos: number, cut: number, next: number, missingLeft: boolean): void {
    const { lows, highs, starts } = this.columns;
    const offset = starts[feature];
    const threshold = next < 0 ? Infinity : highs[offset + cut] / 2 + lows[offset + next] / 2;
    // Where none was missing in training, a missing value goes with the majority.
    const goesLeft = this.missing === 0 ? pos - start > end - pos : missingLeft;
    this.best = newSplit(feature, cut, threshold, pos, goesLeft);
  }
}

/** Draws one threshold per feature, uniformly between its smallest and largest value in the node. */
export class RandomSplitter extends Splitter {
  #least = 0;
  #most = 0;

  protected isConstant({ column, start, end }: Search): boolean {
    const { ranks, base, missing, offset } = column;
    this.missing = 0;
    this.#least = missing;
    this.#most = -1;
    for (let p = start; p < end; p++) {
      const key = ranks[this.samples[p]] + base;
      if (key === missing) this.missing++;
      else {
        if (key < this.#least) this.#least = key;
        if (key > this.#most) this.#most = key;
      }
    }
    if (this.#most < 0) return true;
    const { lows, highs } = this.columns;
    return this.missing === 0 && (this.#least === this.#most || lows[offset + this.#most] <= Math.fround(highs[offset + this.#least] + FEATURE_THRESHOLD));
  }

  protected tryFeature(search: Search): void {
    const { column, start, end } = search;
    const { lows, highs } = this.columns;
    const low = lows[column.offset + this.#least];
    const high = highs[column.offset + this.#most];
    let threshold = ((high - low) * this.random.below(2 ** 31)) / (2 ** 31 - 1) + low;
    const missingLeft = this.missing > 0 && this.random.below(2) === 1;
    if (threshold === high) threshold = low;
    const cut = this.#cutAt(column, threshold);
    // A threshold within a bin stands for the bin's upper end.
    if (lows !== highs && cut < this.#most) threshold = highs[column.offset + cut] / 2 + lows[column.offset + cut + 1] / 2;
    const pos = partitionByRank(column.ranks, column.base, column.missing, this.samples, start, end, cut, missingLeft);
    if (pos - start < this.limits.minSamplesLeaf || end - pos < this.limits.minSamplesLeaf) return;
    this.criterion.reset();
    this.criterion.update(pos);
    if (!this.isBetter(search)) return;
    this.draw(search, pos, cut, threshold, missingLeft);
  }

  /** Makes a split the best. */
  protected draw({ feature, start, end }: Pick<Search, 'feature' | 'start' | 'end'>, pos: number, cut: number, threshold: number, missingLeft: boolean): void {
    const goesLeft = this.missing > 0 ? missingLeft : pos - start > end - pos;
    this.best = newSplit(feature, cut, threshold, pos, goesLeft);
  }

  /** The highest rank whose values are all at most the threshold; the lowest rank of the node at least. */
  #cutAt({ offset }: OpenColumn, threshold: number): number {
    const { highs } = this.columns;
    let low = this.#least;
    let high = this.#most;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (highs[offset + middle] <= threshold) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  protected override arrange(start: number, end: number): void {
    if (this.lastFeature !== this.best.feature) super.arrange(start, end);
  }
}

function newSplit(feature: number, cut: number, threshold: number, pos: number, missingLeft: boolean): Split {
  return { feature, cut, threshold, pos, missingLeft, improvement: -Infinity, leftImpurity: Infinity, rightImpurity: Infinity, middle: 0 };
}

function swap(list: Int32Array, i: number, j: number): void {
  const kept = list[i];
  list[i] = list[j];
  list[j] = kept;
}

/** Moves the last `count` of list[start … end) to the front; either part keeps its order. */
function rotate(list: Int32Array, start: number, end: number, count: number): void {
  const moved = list.slice(end - count, end);
  list.copyWithin(start + count, start, end - count);
  list.set(moved, start);
}
