import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { CompiledMeans } from './compiled-means.ts';
import { BestSplitter, type Search, type SplitterParts } from './splitter.ts';

/** BestSplitter for means, whose places are looked at in compiled code, with the same bits. */
export class MeansSplitter extends BestSplitter {
  readonly #kernels: KernelExports;
  readonly #means: CompiledMeans;
  /** The proxy of the best split. */
  readonly #best: Float64Array;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, means: CompiledMeans) {
    super(parts);
    this.#kernels = kernels;
    this.#means = means;
    this.#best = arena.float64(1);
  }

  protected override scan(search: Search, missingLeft: boolean): void {
    const { samples, keys, limits, reader } = this;
    const { column, feature, start, end } = search;
    const { sums, y, weights, isPoisson } = this.#means.compiled;
    const isClose = this.columns.close[feature] === 1;
    this.#best[0] = this.bestProxy;
    const pos = this.#kernels.scanValues(
      keys.byteOffset,
      samples.byteOffset,
      start,
      end,
      this.missing,
      missingLeft ? 1 : 0,
      y.byteOffset,
      weights?.byteOffset ?? 0,
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
