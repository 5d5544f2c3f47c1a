import { EPSILON, type Grower } from './grower.ts';
import { childBounds, type NodeBounds } from './child-bounds.ts';

/** A node that is still to be made. */
interface Waiting extends NodeBounds {
  start: number;
  end: number;
  depth: number;
  parent: number;
  isLeft: boolean;
  impurity: number;
  constants: number;
}

/** Makes nodes from the root down, every left child with all below it before its sibling. */
export function growDepthFirst({ splitter, criterion, nodes, limits, rows }: Grower): void {
  const waiting: Waiting[] = [
    { start: 0, end: rows, depth: 0, parent: -1, isLeft: false, impurity: Infinity, constants: 0, lower: -Infinity, upper: Infinity },
  ];
  const state = { impurity: 0, constants: 0, lower: 0, upper: 0 };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { start, end, depth, parent, isLeft, constants, lower, upper } = next;
    criterion.open(start, end);
    const impurity = parent < 0 ? criterion.nodeImpurity() : next.impurity;
    const weight = criterion.nodeWeight;
    const node = nodes.add({ parent, isLeft, impurity, samples: end - start, weight });
    criterion.writeValue(nodes.value, node * nodes.outputs);
    if (limits.monotonic) criterion.clipValue(nodes.value, node * nodes.outputs, lower, upper);
    const isFinal =
      depth >= limits.maxDepth ||
      end - start < limits.minSamplesSplit ||
      end - start < 2 * limits.minSamplesLeaf ||
      weight < 2 * limits.minWeightLeaf ||
      impurity <= EPSILON;
    if (isFinal) continue;
    state.impurity = impurity;
    state.constants = constants;
    state.lower = lower;
    state.upper = upper;
    const split = splitter.split(start, end, state);
    if (split.pos >= end || split.improvement + EPSILON < limits.minImpurityDecrease) continue;
    nodes.setSplit(node, split.feature, split.threshold, split.missingLeft);
    const { left, right } = limits.monotonic ? childBounds(limits.monotonic[split.feature], next, split.middle) : { left: next, right: next };
    // Written out: spreading these objects took longer than the search.
    const known = state.constants;
    waiting.push(
      { start: split.pos, end, depth: depth + 1, parent: node, isLeft: false, impurity: split.rightImpurity, constants: known, lower: right.lower, upper: right.upper },
      { start, end: split.pos, depth: depth + 1, parent: node, isLeft: true, impurity: split.leftImpurity, constants: known, lower: left.lower, upper: left.upper },
    );
  }
}
