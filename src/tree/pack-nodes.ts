import type { Arena } from '../kernels/arena.ts';
import type { PackedNodes } from '../kernels/packed-nodes.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** A tree without categories, laid out for walking rows in single precision. */
export function packNodes(arena: Arena, tree: TreeNodes): PackedNodes {
  const { left, right, feature, threshold, missingGoesLeft } = tree;
  const words = arena.int32(4 * left.length);
  const thresholds = new Float32Array(words.buffer, words.byteOffset, words.length);
  words[3] = 0;
  let free = 1;
  // The places of nodes whose children have none yet; what is below a left child comes before what is below its sibling.
  const waiting = [0];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const at = 4 * place;
    const node = words[at + 3];
    if (left[node] < 0) {
      thresholds[at] = Infinity;
      words[at + 1] = 1;
      words[at + 2] = place;
      continue;
    }
    thresholds[at] = single(threshold[node]);
    words[at + 1] = 2 * feature[node] + missingGoesLeft[node];
    words[at + 2] = free;
    words[4 * free + 3] = left[node];
    words[4 * free + 7] = right[node];
    waiting.push(free + 1, free);
    free += 2;
  }
  return { thresholds, words };
}

const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);

/** The greatest number in single precision up to t: what single precision holds is up to the one if and only if up to the other. */
function single(t: number): number {
  number[0] = t;
  if (number[0] <= t) return number[0];
  if (number[0] === 0) bits[0] = -0x7fffffff;
  else bits[0] += number[0] > 0 ? -1 : 1;
  return number[0];
}
