import { childBounds, type NodeBounds } from './child-bounds.ts';
import { EPSILON, type Grower } from './grower.ts';
import { popLargest, pushLargest } from './improvement-heap.ts';
import type { Split } from './splitter.ts';

/** A node that may be split, with the split found for it. */
interface Candidate extends NodeBounds {
  node: number;
  start: number;
  end: number;
  depth: number;
  split: Split | undefined;
  improvement: number;
}

/** Splits whichever node gains most, until there are `maxLeafNodes` leaves. */
export function growBestFirst(grower: Grower, maxLeafNodes: number): void {
  const { limits } = grower;
  const frontier: Candidate[] = [];
  let splitsLeft = maxLeafNodes - 1;
  pushLargest(frontier, addNode(grower, -1, true, 0, grower.rows, 0, Infinity, { lower: -Infinity, upper: Infinity }));
  for (let best = popLargest(frontier); best !== undefined; best = popLargest(frontier)) {
    const { node, split, start, end, depth } = best;
    if (split === undefined || splitsLeft <= 0) continue;
    splitsLeft--;
    grower.nodes.setSplit(node, split.feature, split.threshold, split.missingLeft);
    const bounds = childBounds(limits.monotonic?.[split.feature] ?? 0, best, split.middle);
    const left = addNode(grower, node, true, start, split.pos, depth + 1, split.leftImpurity, bounds.left);
    const right = addNode(grower, node, false, split.pos, end, depth + 1, split.rightImpurity, bounds.right);
    pushLargest(frontier, left);
    pushLargest(frontier, right);
  }
}

function addNode(
  { splitter, criterion, nodes, limits }: Grower,
  parent: number,
  isLeft: boolean,
  start: number,
  end: number,
  depth: number,
  parentsImpurity: number,
  { lower, upper }: NodeBounds,
): Candidate {
  criterion.open(start, end);
  const impurity = parent < 0 ? criterion.nodeImpurity() : parentsImpurity;
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
  const found = isFinal ? undefined : splitter.split(start, end, { impurity, constants: 0, lower, upper });
  const split = found && found.pos < end && found.improvement + EPSILON >= limits.minImpurityDecrease ? found : undefined;
  return { node, start, end, depth, split, improvement: split?.improvement ?? 0, lower, upper };
}
