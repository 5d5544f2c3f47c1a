import type { NodeSearch } from './node-search.ts';
import { BestSplitter, type ParentState } from './splitter.ts';

/** BestSplitter whose search of a node is one call of compiled code. */
export abstract class CompiledSplitter extends BestSplitter {
  protected abstract readonly node: NodeSearch;

  /** Σ w·y of the node that the criterion has open; 0 where nothing asks for it. */
  protected abstract get total(): number;

  protected override search(start: number, end: number, parent: ParentState): void {
    const { node } = this;
    parent.constants = node.run(start, end, this.random, parent.constants, this.criterion.nodeWeight, this.total);
    const { feature } = node;
    if (feature < 0) return;
    this.missing = node.gaps;
    this.keep({ feature, start, end }, node.place, node.cut, node.next, node.missingLeft);
  }
}
