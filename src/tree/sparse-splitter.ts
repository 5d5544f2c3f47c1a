import { sortByRank } from '../kernels/split-keys.ts';
import { sideOf } from './side-of.ts';
import { BestSplitter, type Search, type SplitterParts } from './splitter.ts';

/**
 * BestSplitter for sparse columns: it looks at a column's entries in the node, not at the rows without one, which are
 * equal. Entries above zero are put at the end of the node's rows and those below zero at its start, one by one and then
 * sorted, as scikit-learn does: sums run in its order.
 */
export class SparseBestSplitter extends BestSplitter {
  /** Where each row lies in `samples`; −1 for rows without weight. */
  readonly #places: Int32Array;
  /** The node's rows: those below zero, then those without an entry or with a zero, from `zeros` to `positives`, then those above. */
  #zeros = 0;
  #positives = 0;
  /** Whether the column at hand has missing values in the node, which all rows are sorted for. */
  #isWhole = false;

  constructor(parts: SplitterParts) {
    super(parts);
    this.#places = new Int32Array(parts.columns.rows).fill(-1);
    this.#place(0, parts.samples.length);
  }

  #place(from: number, to: number): void {
    for (let p = from; p < to; p++) this.#places[this.samples[p]] = p;
  }

  protected override isConstant(search: Search): boolean {
    const { column, feature, start, end } = search;
    const { samples, keys } = this;
    const { ranks, base, missing } = column;
    this.missing = 0;
    this.#isWhole = !this.#gather(feature, start, end, missing - base);
    if (this.#isWhole) {
      const isConstant = super.isConstant(search);
      this.#place(start, end);
      return isConstant;
    }
    const [zeros, positives] = [this.#zeros, this.#positives];
    if (zeros === start && positives === end) return true;
    for (const [from, to] of [[start, zeros], [positives, end]]) {
      if (to - from > 1) {
        sortByRank(ranks, base, missing, samples, keys, from, to);
        this.#place(from, to);
      } else if (to > from) keys[from] = ranks[samples[from]] + base;
    }
    // What the rest is compared with.
    if (zeros < positives) keys[zeros] = keys[positives - 1] = base;
    return this.areEqual(column, keys[start], keys[end - 1]);
  }

  /** Puts the node's entries where they belong. @returns false if one of them is missing */
  #gather(feature: number, start: number, end: number, missing: number): boolean {
    const { indptr, indices, ranks } = this.columns;
    const places = this.#places;
    this.#zeros = start;
    this.#positives = end;
    for (let e = indptr[feature]; e < indptr[feature + 1]; e++) {
      const place = places[indices![e]];
      if (place < start || place >= end) continue;
      if (ranks[e] === missing) return false;
      if (ranks[e] > 0) this.#swap(place, --this.#positives);
      else if (ranks[e] < 0) this.#swap(place, this.#zeros++);
    }
    return true;
  }

  #swap(from: number, to: number): void {
    const { samples } = this;
    const row = samples[from];
    samples[from] = samples[to];
    samples[to] = row;
    this.#places[samples[from]] = from;
    this.#places[row] = to;
  }

  protected override scan(search: Search, missingLeft: boolean): void {
    if (this.#isWhole) {
      super.scan(search, missingLeft);
      return;
    }
    const { criterion, keys, limits } = this;
    const { column, feature, start, end } = search;
    const isClose = this.columns.close[feature] === 1;
    criterion.reset();
    for (let p = start + 1; p < end; p++) {
      if (p > this.#zeros && p < this.#positives) p = this.#positives;
      if (p >= end) break;
      if (keys[p] === keys[p - 1] || (isClose && this.areEqual(column, keys[p - 1], keys[p]))) continue;
      if (p - start < limits.minSamplesLeaf || end - p < limits.minSamplesLeaf) continue;
      criterion.update(p);
      if (this.isBetter(search)) this.keep(search, p, keys[p - 1], keys[p], false);
    }
  }

  protected override tryFeature(search: Search): void {
    super.tryFeature(search);
    if (this.#isWhole) this.#place(search.start, search.end);
  }

  protected override arrange(start: number, end: number): void {
    const { feature, cut, threshold } = this.best;
    const { base, missing } = this.reader.open(feature);
    if (!this.#gather(feature, start, end, missing - base)) {
      super.arrange(start, end);
      this.#place(start, end);
      return;
    }
    // Only the side of zero that the threshold is on is parted.
    const { ranks } = this.reader.open(feature);
    const { samples } = this;
    const side = sideOf(cut, base, threshold);
    let p = side < 0 ? start : this.#positives;
    let last = side < 0 ? this.#zeros : end;
    if (side === 0) return;
    while (p < last) {
      if (ranks[samples[p]] + base <= cut) p++;
      else this.#swap(p, --last);
    }
  }
}
