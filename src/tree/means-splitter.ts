import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { CompiledMeans } from './compiled-means.ts';
import { CompiledSplitter } from './compiled-splitter.ts';
import { NodeSearch } from './node-search.ts';
import { mostRanks, sortScratch } from './sort-scratch.ts';
import { placesOf } from './sparse-places.ts';
import type { SplitterParts } from './splitter.ts';

/** BestSplitter or, if columns are sparse, SparseBestSplitter for means, compiled, with the same bits. */
export class MeansSplitter extends CompiledSplitter {
  readonly #means: CompiledMeans;
  protected readonly node: NodeSearch;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, means: CompiledMeans) {
    super(parts);
    this.#means = means;
    const { columns, samples, keys } = parts;
    const { pairs, isPoisson } = means.compiled;
    const shared = { measure: isPoisson ? 'poisson' : 'squaredError', notes: keys.byteOffset, totals: pairs.byteOffset, moved: arena.int32(keys.length).byteOffset, isDrawn: false } as const;
    if (columns.indices === undefined) {
      const size = mostRanks(columns);
      const scratch = arena.float64(sortScratch(size)).byteOffset;
      this.node = new NodeSearch(arena, kernels, parts, { ...shared, size, scratch });
      return;
    }
    const states = placesOf(arena, samples, columns.rows);
    this.node = new NodeSearch(arena, kernels, parts, { ...shared, size: 0, scratch: arena.float64(samples.length + 1).byteOffset, states });
  }

  protected get total(): number {
    return this.#means.compiled.sums[0];
  }

  protected override arrange(start: number, end: number): void {
    if (this.columns.indices === undefined) super.arrange(start, end);
    else this.node.part(start, end, this.best);
  }
}
