import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { CompiledMeans } from './compiled-means.ts';
import { CompiledSplitter } from './compiled-splitter.ts';
import { NodeSearch } from './node-search.ts';
import type { Search, SplitterParts } from './splitter.ts';

/** BestSplitter for means, compiled: one call a node or, if sparse, a column, with the same bits. */
export class MeansSplitter extends CompiledSplitter {
  readonly #kernels: KernelExports;
  readonly #means: CompiledMeans;
  /** The proxy of the best split. */
  readonly #best: Float64Array;
  protected readonly node: NodeSearch | undefined;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, means: CompiledMeans) {
    super(parts);
    this.#kernels = kernels;
    this.#means = means;
    this.#best = arena.float64(1);
    const { columns, keys } = parts;
    if (columns.indices !== undefined) return;
    const { pairs, isPoisson } = means.compiled;
    let size = 0;
    for (let j = 0; j < columns.cols; j++) size = Math.max(size, columns.starts[j + 1] - columns.starts[j]);
    // As sortByRank wants it: 4 bytes for each rank, then 8 for every 64 and for every 4096 of them.
    const scratch = arena.float64((size >> 1) + (size >> 6) + (size >> 12) + 3).byteOffset;
    const moved = arena.int32(keys.length).byteOffset;
    const measure = isPoisson ? 'poisson' : 'squaredError';
    this.node = new NodeSearch(arena, kernels, parts, { measure, notes: keys.byteOffset, totals: pairs.byteOffset, size, scratch, moved, isDrawn: false });
  }

  protected get total(): number {
    return this.#means.compiled.sums[0];
  }

  protected override scan(search: Search, missingLeft: boolean): void {
    const { samples, keys, limits, reader } = this;
    const { column, feature, start, end } = search;
    const { sums, pairs, isPoisson } = this.#means.compiled;
    const isClose = this.columns.close[feature] === 1;
    this.#best[0] = this.bestProxy;
    const pos = this.#kernels.scanValues(
      keys.byteOffset,
      samples.byteOffset,
      start,
      end,
      this.missing,
      missingLeft ? 1 : 0,
      pairs.byteOffset,
      sums[0],
      sums[2],
      isPoisson ? 1 : 0,
      limits.minSamplesLeaf,
      limits.minWeightLeaf,
      isClose ? reader.lows.byteOffset + 4 * column.offset : 0,
      isClose ? reader.highs.byteOffset + 4 * column.offset : 0,
      this.#best.byteOffset,
    );
    if (pos === start) return;
    this.bestProxy = this.#best[0];
    const isLast = !missingLeft && pos === end - this.missing;
    this.keep(search, pos, keys[pos - 1], isLast ? -1 : keys[pos], missingLeft);
  }
}
