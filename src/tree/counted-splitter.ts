import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { CountedClasses } from './counted-classes.ts';
import { CompiledSplitter } from './compiled-splitter.ts';
import { NodeSearch } from './node-search.ts';
import type { Search, SplitterParts } from './splitter.ts';

/**
 * BestSplitter for classes and whole-numbered weights, compiled: one call a node or, if sparse, a column, which counts or
 * sorts ranks as suits the node. Sums of whole numbers are exact, so that it finds the same splits whatever the order of its rows.
 */
export class CountedSplitter extends CompiledSplitter {
  readonly #kernels: KernelExports;
  readonly #counted: CountedClasses;
  readonly #scratch: number;
  /** The proxy of the best split; see assembly/class-splits.ts for the rest. */
  readonly #best: Float64Array;
  readonly #found: Int32Array;
  #isBetter = false;
  protected readonly node: NodeSearch | undefined;
  protected readonly total = 0;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, counted: CountedClasses) {
    super(parts);
    this.#kernels = kernels;
    this.#counted = counted;
    const n = parts.samples.length;
    const classes = counted.outputs;
    this.#scratch = arena.float64(2 * classes + 128 + Math.ceil((n * (classes + 1)) / 2) + 2 * n + 8).byteOffset;
    this.#best = arena.float64(4);
    this.#found = new Int32Array(this.#best.buffer, this.#best.byteOffset, 6);
    if (parts.columns.indices !== undefined) return;
    const measure = counted.isGini ? 'gini' : 'entropy';
    this.node = new NodeSearch(arena, kernels, parts, { measure, notes: counted.notes.byteOffset, totals: counted.totals.byteOffset, size: classes, scratch: this.#scratch, moved: 0, isDrawn: false });
  }

  protected override isConstant({ column, feature, start, end }: Search): boolean {
    const { criterion, limits, samples } = this;
    const isClose = this.columns.close[feature] === 1;
    this.#best[0] = this.bestProxy;
    const result = this.#kernels.searchClasses(
      column.ranks.byteOffset,
      column.ranks instanceof Int32Array ? 1 : 0,
      column.base,
      column.missing,
      samples.byteOffset,
      this.#counted.notes.byteOffset,
      start,
      end,
      this.#counted.totals.byteOffset,
      criterion.outputs,
      criterion.nodeWeight,
      this.#counted.isGini ? 1 : 0,
      limits.minSamplesLeaf,
      limits.minWeightLeaf,
      isClose ? this.reader.lows.byteOffset + 4 * column.offset : 0,
      isClose ? this.reader.highs.byteOffset + 4 * column.offset : 0,
      this.#scratch,
      this.#best.byteOffset,
    );
    this.missing = this.#best[3];
    this.#isBetter = result === 2;
    return result === 0;
  }

  protected override arrange(start: number, end: number): void {
    const { feature, cut, missingLeft } = this.best;
    const { ranks, base, missing } = this.reader.open(feature);
    this.#kernels.partitionCounted(
      ranks.byteOffset,
      ranks instanceof Int32Array ? 1 : 0,
      base,
      missing,
      this.samples.byteOffset,
      this.#counted.notes.byteOffset,
      start,
      end,
      cut,
      missingLeft ? 1 : 0,
      this.#scratch,
    );
  }

  protected override tryFeature(search: Search): void {
    if (!this.#isBetter) return;
    const found = this.#found;
    this.bestProxy = this.#best[0];
    this.keep(search, search.start + found[2], found[3], found[4], found[5] === 1);
  }
}
