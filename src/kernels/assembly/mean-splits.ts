import { log } from './elementary.ts';

/**
 * Sums of a node's values, and its best split by one sorted column. Sums are built row by row in the order of src/tree's
 * MeanCriterion and BestSplitter, which are the twin.
 */

/** Two values this close count as equal. */
const CLOSE: f32 = 1e-7;
/** Sums not above this are taken for none by the Poisson criterion. */
const NONE: f64 = 10 * 2.220446049250313e-16;

@inline
function rowAt(samples: usize, p: i32): usize {
  return <usize>load<u32>(samples + ((<usize>p) << 2));
}

@inline
function weightOf(weights: usize, row: usize): f64 {
  return weights ? load<f64>(weights + (row << 3)) : 1;
}

/**
 * Σ w·y, Σ w·y² and Σ w of samples[start … end), to out. samples: i32 by sample; y: f64 by row; weights: the same, or 0 where
 * each is 1.
 */
export function sumValues(samples: usize, start: i32, end: i32, y: usize, weights: usize, out: usize): void {
  let total: f64 = 0;
  let squares: f64 = 0;
  let weight: f64 = 0;
  for (let p = start; p < end; p++) {
    const row = rowAt(samples, p);
    const w = weightOf(weights, row);
    const value = load<f64>(y + (row << 3));
    const product = w * value;
    total += product;
    squares += product * value;
    weight += w;
  }
  store<f64>(out, total);
  store<f64>(out, squares, 8);
  store<f64>(out, weight, 16);
}

/** Whether no split comes between two ranks that differ. lows, highs: f32 by rank, or 0 where all are far enough apart. */
@inline
export function isClose(lows: usize, highs: usize, low: i32, high: i32): bool {
  return lows != 0 && load<f32>(lows + ((<usize>high) << 2)) <= load<f32>(highs + ((<usize>low) << 2)) + CLOSE;
}

/** What the best split has most of, from Σ w·y and Σ w of both sides. */
@inline
export function meansProxy(left: f64, leftWeight: f64, right: f64, rightWeight: f64, isPoisson: bool): f64 {
  if (!isPoisson) return (left * left) / leftWeight + (right * right) / rightWeight;
  if (!(left > NONE && right > NONE)) return -Infinity;
  return left * (log(left / leftWeight) / 0.6931471805599453) + right * (log(right / rightWeight) / 0.6931471805599453);
}

@inline
function pair(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

/** Sums of what lies left of `p`, from those left of `pos` or from those of all, whichever is nearer. */
@inline
function moveTo(samples: usize, pos: i32, p: i32, end: i32, pairs: usize, sums: v128, all: v128): v128 {
  if (p - pos <= end - p) {
    for (let q = pos; q < p; q++) sums = f64x2.add(sums, v128.load(pairs + (rowAt(samples, q) << 4)));
    return sums;
  }
  for (let q = end - 1; q >= p; q--) all = f64x2.sub(all, v128.load(pairs + (rowAt(samples, q) << 4)));
  return all;
}

/** Σ w·y and Σ w of samples[start … p), to out; total and weight: of samples[start … end). */
export function sumLeft(samples: usize, start: i32, p: i32, end: i32, pairs: usize, total: f64, weight: f64, out: usize): void {
  v128.store(out, moveTo(samples, start, p, end, pairs, pair(0, 0), pair(total, weight)));
}

/** See scanPlaces: all samples are sorted. */
export function scanValues(
  keys: usize,
  samples: usize,
  start: i32,
  end: i32,
  gaps: i32,
  missingLeft: bool,
  pairs: usize,
  total: f64,
  weight: f64,
  isPoisson: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  best: usize,
): i32 {
  return scanPlaces(keys, samples, start, end, gaps, missingLeft, false, 0, 0, pairs, total, weight, isPoisson, minSamples, minWeight, lows, highs, best);
}

/** See scanPlaces: samples from `block` to `blockEnd` are equal, and only the keys of the first and the last of them are there. */
export function scanAroundBlock(
  keys: usize,
  samples: usize,
  start: i32,
  end: i32,
  block: i32,
  blockEnd: i32,
  pairs: usize,
  total: f64,
  weight: f64,
  isPoisson: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  best: usize,
): i32 {
  return scanPlaces(keys, samples, start, end, 0, false, true, block, blockEnd, pairs, total, weight, isPoisson, minSamples, minWeight, lows, highs, best);
}

/**
 * The best place to split samples[start … end), sorted by `keys`; `gaps` of them have no value and lie at the front if
 * missingLeft, else at the end. pairs: w·y and w by row, f64. total and weight: of the node, as sumValues gave them.
 * best: f64 proxy of the best so far, which is written if beaten.
 * @returns the place, or start where none is better
 */
@inline
function scanPlaces(
  keys: usize,
  samples: usize,
  start: i32,
  end: i32,
  gaps: i32,
  missingLeft: bool,
  hasBlock: bool,
  block: i32,
  blockEnd: i32,
  pairs: usize,
  total: f64,
  weight: f64,
  isPoisson: bool,
  minSamples: i32,
  minWeight: f64,
  lows: usize,
  highs: usize,
  best: usize,
): i32 {
  const present = missingLeft ? end : end - gaps;
  let found = start;
  let bestProxy = load<f64>(best);
  let pos = start;
  // Σ w·y and Σ w of the node and of what lies left.
  const all = pair(total, weight);
  let sums = pair(0, 0);
  for (let p = missingLeft ? start + gaps + 1 : start + 1; p < end; p++) {
    if (hasBlock && p > block && p < blockEnd) p = blockEnd;
    if (p < present) {
      const before = load<i32>(keys + ((<usize>(p - 1)) << 2));
      const key = load<i32>(keys + ((<usize>p) << 2));
      if (key == before || isClose(lows, highs, before, key)) continue;
    } else if (p > present) break;
    if (p - start < minSamples || end - p < minSamples) continue;
    sums = moveTo(samples, pos, p, end, pairs, sums, all);
    pos = p;
    const left = f64x2.extract_lane(sums, 0);
    const leftWeight = f64x2.extract_lane(sums, 1);
    const rightWeight = weight - leftWeight;
    const right = total - left;
    if (leftWeight < minWeight || rightWeight < minWeight) continue;
    // Plainly no better, whatever rounding does to the quotients: no need to divide.
    if (!isPoisson && bestProxy > 1e-290 && left * left * rightWeight + right * right * leftWeight < bestProxy * 0.999999999999 * (leftWeight * rightWeight)) continue;
    const proxy = meansProxy(left, leftWeight, right, rightWeight, isPoisson);
    if (!(proxy > bestProxy)) continue;
    bestProxy = proxy;
    found = p;
  }
  store<f64>(best, bestProxy);
  return found;
}
