import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { CountedClasses } from './counted-classes.ts';
import { CompiledSplitter } from './compiled-splitter.ts';
import { NodeSearch } from './node-search.ts';
import type { SplitterParts } from './splitter.ts';

/**
 * BestSplitter for classes and whole-numbered weights, compiled: it counts or sorts ranks as suits the node. Sums of whole
 * numbers are exact, so that it finds the same splits whatever the order of its rows.
 */
export class CountedSplitter extends CompiledSplitter {
  readonly #kernels: KernelExports;
  readonly #notes: Int32Array;
  readonly #scratch: number;
  protected readonly node: NodeSearch;
  protected readonly total = 0;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, counted: CountedClasses) {
    super(parts);
    this.#kernels = kernels;
    this.#notes = counted.notes;
    const n = parts.samples.length;
    const classes = counted.outputs;
    this.#scratch = arena.float64(2 * classes + 128 + Math.ceil((n * (classes + 1)) / 2) + 2 * n + 8).byteOffset;
    const measure = counted.isGini ? 'gini' : 'entropy';
    const states = parts.columns.indices && arena.int32(parts.columns.rows);
    this.node = new NodeSearch(arena, kernels, parts, {
      measure, notes: counted.notes.byteOffset, totals: counted.totals.byteOffset, size: classes, scratch: this.#scratch, moved: 0, isDrawn: false, states,
    });
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
      this.#notes.byteOffset,
      start,
      end,
      cut,
      missingLeft ? 1 : 0,
      this.#scratch,
    );
  }
}
