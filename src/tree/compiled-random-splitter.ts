import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import type { CompiledMeans } from './compiled-means.ts';
import { CountedClasses } from './counted-classes.ts';
import { NodeSearch } from './node-search.ts';
import { placesOf } from './sparse-places.ts';
import { RandomSplitter, type ParentState, type SplitterParts } from './splitter.ts';

/**
 * RandomSplitter, one call of compiled code a node. Sums of means are built in RandomSplitter's order, with the same bits;
 * those of classes, which are exact, without parting the samples for each column.
 */
export class CompiledRandomSplitter extends RandomSplitter {
  readonly #kernels: KernelExports;
  readonly #node: NodeSearch;
  readonly #sums: CountedClasses | CompiledMeans;
  readonly #spare: number;
  /** For means of sparse columns: where each row lies in `samples`, as far as nodes tell. */
  readonly #places: Int32Array | undefined;

  constructor(arena: Arena, kernels: KernelExports, parts: SplitterParts, sums: CountedClasses | CompiledMeans) {
    super(parts);
    this.#kernels = kernels;
    this.#sums = sums;
    const n = parts.samples.length;
    // Of parted samples and their notes, 8 bytes a sample, or the sums of two sides.
    this.#spare = arena.float64(n + 2).byteOffset;
    const shared = { isDrawn: true, moved: this.#spare };
    if (sums instanceof CountedClasses) {
      const measure = sums.isGini ? 'gini' : 'entropy';
      const size = sums.outputs;
      const states = parts.columns.indices && arena.int32(parts.columns.rows);
      const scratch = arena.float64(states ? 2 * size + 128 + n + 1 : size).byteOffset;
      this.#node = new NodeSearch(arena, kernels, parts, { ...shared, measure, notes: sums.notes.byteOffset, totals: sums.totals.byteOffset, size, scratch, states });
    } else {
      const { pairs, isPoisson } = sums.compiled;
      if (parts.columns.indices) this.#places = placesOf(arena, parts.samples, parts.columns.rows);
      const scratch = this.#places ? arena.float64(128 + n + 1).byteOffset : 0;
      this.#node = new NodeSearch(arena, kernels, parts, { ...shared, measure: isPoisson ? 'poisson' : 'squaredError', notes: 0, totals: pairs.byteOffset, size: 0, scratch, states: this.#places });
    }
  }

  protected override search(start: number, end: number, parent: ParentState): void {
    const node = this.#node;
    const total = this.#sums instanceof CountedClasses ? 0 : this.#sums.compiled.sums[0];
    parent.constants = node.run(start, end, this.random, parent.constants, this.criterion.nodeWeight, total);
    this.lastFeature = node.last;
    const { feature } = node;
    if (feature < 0) return;
    this.missing = node.gaps;
    this.draw({ feature, start, end }, node.place, node.cut, node.threshold, node.missingLeft);
  }

  protected override arrange(start: number, end: number): void {
    const sums = this.#sums;
    if (!(sums instanceof CountedClasses)) {
      super.arrange(start, end);
      // Rows of one child must not pass for the other's.
      if (this.#places) for (let p = start; p < end; p++) this.#places[this.samples[p]] = p;
      return;
    }
    const { feature, cut, missingLeft } = this.best;
    const { ranks, base, missing } = this.reader.open(feature);
    this.#kernels.partitionCounted(
      ranks.byteOffset,
      ranks instanceof Int32Array ? 1 : 0,
      base,
      missing,
      this.samples.byteOffset,
      sums.notes.byteOffset,
      start,
      end,
      cut,
      missingLeft ? 1 : 0,
      this.#spare,
    );
  }
}
