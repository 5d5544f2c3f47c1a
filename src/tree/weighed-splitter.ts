import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { CompiledSplitter } from './compiled-splitter.ts';
import { NodeSearch } from './node-search.ts';
import { placesOf } from './sparse-places.ts';
import type { SplitterParts } from './splitter.ts';
import type { WeighedClasses } from './weighed-classes.ts';

/** SparseBestSplitter for classes with weights of any size, compiled, with the same bits. */
export class WeighedSplitter extends CompiledSplitter {
  protected readonly node: NodeSearch;
  protected readonly total = 0;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, classes: WeighedClasses) {
    super(parts);
    const { columns, samples, keys } = parts;
    this.node = new NodeSearch(arena, kernels, parts, {
      measure: classes.isGini ? 'weighedGini' : 'weighedEntropy',
      notes: keys.byteOffset,
      totals: classes.totals.byteOffset,
      size: classes.outputs,
      scratch: arena.float64(samples.length + 1).byteOffset,
      moved: arena.int32(samples.length).byteOffset,
      isDrawn: false,
      states: placesOf(arena, samples, columns.rows),
      weighed: classes.weighed,
    });
  }

  protected override arrange(start: number, end: number): void {
    this.node.part(start, end, this.best);
  }
}
