import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { CompiledSplitter } from './compiled-splitter.ts';
import { NodeSearch } from './node-search.ts';
import { mostRanks, sortScratch } from './sort-scratch.ts';
import { placesOf } from './sparse-places.ts';
import type { SplitterParts } from './splitter.ts';
import type { WeighedClasses } from './weighed-classes.ts';

/** BestSplitter or, if columns are sparse, SparseBestSplitter for classes with weights of any size, compiled, with the same bits. No value may be missing. */
export class WeighedSplitter extends CompiledSplitter {
  protected readonly node: NodeSearch;
  protected readonly total = 0;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, { isGini, totals, outputs, weighed }: WeighedClasses) {
    super(parts);
    const { columns, samples, keys } = parts;
    const shared = { measure: isGini ? 'weighedGini' : 'weighedEntropy', notes: keys.byteOffset, totals: totals.byteOffset, size: outputs, isDrawn: false, weighed } as const;
    if (columns.indices === undefined) {
      const ranks = mostRanks(columns);
      this.node = new NodeSearch(arena, kernels, parts, { ...shared, ranks, scratch: arena.float64(sortScratch(ranks)).byteOffset, moved: weighed.left.byteOffset });
      return;
    }
    this.node = new NodeSearch(arena, kernels, parts, {
      ...shared, scratch: arena.float64(samples.length + 1).byteOffset, moved: arena.int32(samples.length).byteOffset, states: placesOf(arena, samples, columns.rows),
    });
  }

  protected override arrange(start: number, end: number): void {
    if (this.columns.indices === undefined) super.arrange(start, end);
    else this.node.part(start, end, this.best);
  }
}
