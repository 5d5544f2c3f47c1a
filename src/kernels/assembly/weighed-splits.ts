import { entropy } from './class-splits.ts';
import { isClose } from './mean-splits.ts';

/**
 * The best split of a node by a sorted column, for classes and weights of any size. Sums are built row by row in the order of
 * src/tree's ClassCriterion and SparseBestSplitter, which are the twin.
 */

@inline
function impurity(left: usize, totals: usize, k: i32, weight: f64, isRight: bool, isGini: bool): f64 {
  if (!isGini) return entropy(left, totals, k, weight, isRight);
  let squares: f64 = 0;
  for (let c: usize = 0; c < <usize>k; c++) {
    const l = load<f64>(left + (c << 3));
    const w = isRight ? load<f64>(totals + (c << 3)) - l : l;
    squares += w * w;
  }
  return 1 - squares / (weight * weight);
}

/**
 * The best place to split samples[start … end), sorted by `keys`; those from `block` to `blockEnd` are equal, and only the keys
 * of the first and the last of them are there. pairs: weight and class by row, f64; totals: weight of each of k classes, f64,
 * and `weight` of all; left: room for as many. best: f64 proxy of the best so far, which is written if beaten.
 * @returns the place, or start where none is better
 */
export function scanWeighed(
  keys: usize,
  samples: usize,
  start: i32,
  end: i32,
  block: i32,
  blockEnd: i32,
  pairs: usize,
  totals: usize,
  left: usize,
  k: i32,
  weight: f64,
  isGini: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  best: usize,
): i32 {
  let found = start;
  let pos = start;
  let leftWeight: f64 = 0;
  memory.fill(left, 0, (<usize>k) << 3);
  for (let p = start + 1; p < end; p++) {
    if (p > block && p < blockEnd) p = blockEnd;
    if (p >= end) break;
    const before = load<i32>(keys + ((<usize>(p - 1)) << 2));
    const key = load<i32>(keys + ((<usize>p) << 2));
    if (key == before || isClose(lows, highs, before, key)) continue;
    if (p - start < minSamples || end - p < minSamples) continue;
    // From whichever end is nearer.
    if (p - pos <= end - p) {
      for (let q = pos; q < p; q++) leftWeight += move(samples, q, pairs, left, 1);
    } else {
      memory.copy(left, totals, (<usize>k) << 3);
      leftWeight = weight;
      for (let q = end - 1; q >= p; q--) leftWeight += move(samples, q, pairs, left, -1);
    }
    pos = p;
    const rightWeight = weight - leftWeight;
    if (leftWeight < minWeight || rightWeight < minWeight) continue;
    const proxy = -rightWeight * impurity(left, totals, k, rightWeight, true, isGini) - leftWeight * impurity(left, totals, k, leftWeight, false, isGini);
    if (!(proxy > load<f64>(best))) continue;
    store<f64>(best, proxy);
    found = p;
  }
  return found;
}

/** Adds a sample's weight, with its sign, to its class. @returns what was added */
@inline
function move(samples: usize, q: i32, pairs: usize, left: usize, sign: f64): f64 {
  const pair = pairs + ((<usize>load<u32>(samples + ((<usize>q) << 2))) << 4);
  const w = sign * load<f64>(pair);
  const at = left + ((<usize>load<f64>(pair, 8)) << 3);
  store<f64>(at, load<f64>(at) + w);
  return w;
}
