import type { NodeSearch } from './node-search.ts';
import { BestSplitter, type ParentState } from './splitter.ts';

/** BestSplitter whose search is one call of compiled code where columns are dense; else it asks a subclass column by column. */
export abstract class CompiledSplitter extends BestSplitter {
  /** Undefined where columns are sparse. */
  protected abstract readonly node: NodeSearch | undefined;

  /** Σ w·y of the node that the criterion has open; 0 where nothing asks for it. */
  protected abstract get total(): number;

  protected override search(start: number, end: number, parent: ParentState): void {
    const { node } = this;
    if (node === undefined) {
      super.search(start, end, parent);
      return;
    }
    parent.constants = node.run(start, end, this.random, parent.constants, this.criterion.nodeWeight, this.total);
    const { feature } = node;
    if (feature < 0) return;
    this.missing = node.gaps;
    this.keep({ column: this.reader.open(feature), feature, start, end }, node.place, node.cut, node.next, node.missingLeft);
  }
}
