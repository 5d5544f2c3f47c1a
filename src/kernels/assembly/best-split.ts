/** Pointers are byte addresses, lengths are elements. Twin: ../twins/best-split.ts, which has the formulas. */

/** What kinds of column there are, bits of a byte. */
const HAS_MISSING: u8 = 1;
const CATEGORICAL: u8 = 2;

/** Categories with less support than this are not told apart. */
const MIN_SUPPORT: f64 = 10;

// The node's side of the search, set by bestSplit for the functions below.
let totalG: i64 = 0;
let totalH: i64 = 0;
let totalCount: i64 = 0;
let sumG: f64 = 0;
let sumH: f64 = 0;
let ownLoss: f64 = 0;
let low: f64 = 0;
let high: f64 = 0;
let penalty: f64 = 0;
let leastRows: i64 = 0;
let leastHessian: f64 = 0;
let unitG: f64 = 0;
let unitH: f64 = 0;
let countShift: i64 = 0;
let hessianMask: i64 = 0;

// The best split so far.
let bestGain: f64 = 0;
let bestFeature: i32 = 0;
let bestBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestKind: i32 = 0;
let bestG: i64 = 0;
let bestH: i64 = 0;

// @ts-ignore: decorator
@inline
function nodeValue(g: f64, h: f64): f64 {
  const value = -g / (h + penalty + 1e-15);
  return value < low ? low : value > high ? high : value;
}

// @ts-ignore: decorator
@inline
function gainOf(leftG: f64, leftH: f64, direction: i32): f64 {
  const rightG = sumG - leftG;
  const rightH = sumH - leftH;
  const left = nodeValue(leftG, leftH);
  const right = nodeValue(rightG, rightH);
  if ((direction > 0 && left > right) || (direction < 0 && left < right)) return -1;
  return ownLoss - left * leftG - right * rightG;
}

/** A gain falls behind the best by more than rounding where what it needs is this much more than it has. */
const NEARLY: f64 = 1 - 1e-9;

/**
 * Whether a split's gain is below the best, found without a division: the gain is own + L²/a + R²/b, and `need` is what
 * L²/a + R²/b must exceed. Where nothing bounds the values.
 */
// @ts-ignore: decorator
@inline
function isBehind(leftG: f64, rightG: f64, a: f64, b: f64, need: f64): bool {
  return leftG * leftG * b + rightG * rightG * a < need * (a * b);
}

/** gainOf where nothing bounds the values, for the pair of the side that a scan comes from; −∞ for too little hessian. */
// @ts-ignore: decorator
@inline
function gainNear(nearG: i64, nearH: i64, isRight: bool): f64 {
  const g = <f64>nearG * unitG;
  const h = <f64>(nearH & hessianMask) * unitH;
  if (h < leastHessian || sumH - h < leastHessian) return -Infinity;
  const leftG = isRight ? sumG - g : g;
  const leftH = isRight ? sumH - h : h;
  // Two divisions at once.
  const gradients = f64x2.replace_lane(f64x2.splat(leftG), 1, sumG - leftG);
  const hessians = f64x2.replace_lane(f64x2.splat(leftH), 1, sumH - leftH);
  const values = f64x2.div(f64x2.neg(gradients), f64x2.add(f64x2.add(hessians, f64x2.splat(penalty)), f64x2.splat(1e-15)));
  const losses = f64x2.mul(values, gradients);
  return ownLoss - f64x2.extract_lane(losses, 0) - f64x2.extract_lane(losses, 1);
}

/**
 * Lists the cells that hold rows, as distances from the first: 16 bits each. In a small node many hold none, and asking
 * while scanning is a branch that the processor guesses wrong.
 * @returns where the list ends
 */
// @ts-ignore: decorator
@inline
function listCells(cells: usize, bins: i32, list: usize): usize {
  const end = (<usize>bins) << 4;
  for (let at: usize = 0; at < end; at += 16) {
    store<u16>(list, <u16>at);
    list += (<usize>(load<i64>(cells + at, 8) != 0)) << 1;
  }
  return list;
}

/** 2³², 2⁵² and the bits of the lower half, in memory: a constant that stands in a loop is made anew in each turn. */
const HALVES = memory.data<u64>([0x41f0000000000000, 0x4330000000000000, 0xffffffff]);

/** Sums of hessians below 2 to this are doubles without rounding. */
const EXACT_BITS: i64 = 52;

/** How far what children gain falls behind the best before `scan` leaves it out unseen, as a share: more than rounding makes. */
const SAFELY: f64 = 1e-6;

/**
 * Tries to split after each listed bin, missing values on the right; or, from the other end, before each, missing values
 * on the left. Sums are of the side that the scan comes from, "near". Where nothing bounds the values two bins are tried
 * at once.
 */
// @ts-ignore: decorator
@inline
function scan(feature: i32, cells: usize, list: usize, end: usize, direction: i32, isLeft: bool): void {
  const mask = hessianMask;
  const shift = countShift;
  const least = leastRows;
  const rows = totalCount;
  const gUnit = unitG;
  const hUnit = unitH;
  const sumOfG = sumG;
  const sumOfH = sumH;
  const own = ownLoss;
  const added = penalty + 1e-15;
  const step: isize = isLeft ? -2 : 2;
  let p = isLeft ? end - 2 : list;
  let left = <i32>(end - list) >> 1;
  let gain = isLeft ? bestGain : max<f64>(bestGain, 0);
  let found = usize.MAX_VALUE;
  let at = i64x2.splat(0);
  let sum = i64x2.splat(0);

  if (direction == 0 && low == -Infinity && high == Infinity && shift <= EXACT_BITS) {
    const fewest = least << shift;
    const most = (rows - least + 1) << shift;
    for (; left > 0; left--, p += step) {
      const next = i64x2.add(sum, v128.load(cells + <usize>load<u16>(p)));
      if (i64x2.extract_lane(next, 1) >= fewest) break;
      sum = next;
    }
    const high = v128.load64_splat(HALVES);
    const low = v128.load64_splat(HALVES + 8);
    const lower = v128.load64_splat(HALVES + 16);
    const masks = i64x2.splat(mask);
    // With sums G and H + l2 of the near side and of both, what both children gain is both's G² / (H + l2) and
    // D² · both / (near · far), where D = G − near · slope. Sums are in units of whole numbers.
    const ridge = f64x2.splat(added / hUnit);
    const both = sumOfH + 2 * added;
    const slope = f64x2.splat(((sumOfG / both) * hUnit) / gUnit);
    const ofBoth = (sumOfG * sumOfG) / both;
    const whole = f64x2.splat(both / hUnit);
    const scale = (hUnit / gUnit) * (hUnit / gUnit) / both;
    let need = f64x2.splat(((gain - own) * (1 - SAFELY) - ofBoth) * scale);
    for (; left > 1; left -= 2, p += step << 1) {
      const one = i64x2.add(sum, v128.load(cells + <usize>load<u16>(p)));
      const two = i64x2.add(one, v128.load(cells + <usize>load<u16>(p + step)));
      if (i64x2.extract_lane(two, 1) >= most) break;
      sum = two;
      const g = v128.shuffle<i64>(one, two, 0, 2);
      const h = v128.and(v128.shuffle<i64>(one, two, 1, 3), masks);
      const upperG = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(g, g, 1, 3, 1, 3)), high);
      const nearG = f64x2.add(upperG, f64x2.sub(v128.or(v128.and(g, lower), low), low));
      const nearH = f64x2.add(f64x2.sub(v128.or(h, low), low), ridge);
      const d = f64x2.sub(nearG, f64x2.mul(nearH, slope));
      const least = f64x2.mul(f64x2.mul(need, nearH), f64x2.sub(whole, nearH));
      const behind = i64x2.bitmask(f64x2.lt(f64x2.mul(d, d), least));
      if (behind == 3) continue;
      if ((behind & 1) == 0) {
        const value = gainNear(i64x2.extract_lane(one, 0), i64x2.extract_lane(one, 1), isLeft);
        if (value > gain) {
          gain = value;
          found = p;
          at = one;
        }
      }
      if ((behind & 2) == 0) {
        const value = gainNear(i64x2.extract_lane(two, 0), i64x2.extract_lane(two, 1), isLeft);
        if (value > gain) {
          gain = value;
          found = p + step;
          at = two;
        }
      }
      need = f64x2.splat(((gain - own) * (1 - SAFELY) - ofBoth) * scale);
    }
  }
  for (; left > 0; left--, p += step) {
    sum = i64x2.add(sum, v128.load(cells + <usize>load<u16>(p)));
    const h = i64x2.extract_lane(sum, 1);
    const count = h >> shift;
    if (count < least) continue;
    if (rows - count < least) break;
    const nearH = <f64>(h & mask) * hUnit;
    if (nearH < leastHessian) continue;
    const farH = sumOfH - nearH;
    if (farH < leastHessian) break;
    const nearG = <f64>i64x2.extract_lane(sum, 0) * gUnit;
    const value = gainOf(isLeft ? sumOfG - nearG : nearG, isLeft ? farH : nearH, direction);
    if (value > gain) {
      gain = value;
      found = p;
      at = sum;
    }
  }
  if (found == usize.MAX_VALUE) return;
  const g = i64x2.extract_lane(at, 0);
  const h = i64x2.extract_lane(at, 1);
  const bin = <i32>load<u16>(found) >> 4;
  bestGain = gain;
  bestFeature = feature;
  bestBin = isLeft ? bin - 1 : bin;
  bestMissingLeft = i32(isLeft);
  bestKind = 0;
  bestG = isLeft ? totalG - g : g;
  bestH = isLeft ? totalH - h : h;
}

function scanRight(feature: i32, cells: usize, list: usize, end: usize, direction: i32): void {
  scan(feature, cells, list, end, direction, false);
}

function scanLeft(feature: i32, cells: usize, list: usize, end: usize, direction: i32): void {
  scan(feature, cells, list, end, direction, true);
}

// The best of one column's splits while scanBoth looks for them, missing values on the right and on the left; for the latter
// the sums of the left side, as bestG and bestH have the former's.
let gainRight: f64 = 0;
let gainLeft: f64 = 0;
let foundRight: usize = 0;
let foundLeft: usize = 0;
let withGapsG: i64 = 0;
let withGapsH: i64 = 0;

/** Tries to split after the bin listed at p, up to which sums are (g, h), with missing values on the right. */
// @ts-ignore: decorator
@inline
function tryRight(p: usize, g: i64, h: i64): void {
  const gain = gainNear(g, h, false);
  if (gain <= gainRight) return;
  gainRight = gain;
  foundRight = p;
  bestG = g;
  bestH = h;
}

/** Tries to split before the bin listed at p with missing values on the left; sums are of the other side. Of equals, the last is kept. */
// @ts-ignore: decorator
@inline
function tryLeft(p: usize, g: i64, h: i64): void {
  const gain = gainNear(g, h, true);
  if (gain <= bestGain || gain < gainLeft) return;
  gainLeft = gain;
  foundLeft = p;
  withGapsG = totalG - g;
  withGapsH = totalH - h;
}

/** Where the cell of a bin lies behind a column's first: p is a place in listCells' list, or that distance itself. */
// @ts-ignore: decorator
@inline
function cellAt(p: usize, isListed: bool): usize {
  return isListed ? <usize>load<u16>(p) : p;
}

/**
 * What scanRight and then scanLeft find, in one pass over the sums up to each bin, where nothing bounds the values: missing
 * values are added to them for the side that they go to.
 *
 * Bins are those of a list, or all: one without rows has the sums of the one before it, and of equals the one is kept that
 * holds rows.
 */
// @ts-ignore: decorator
@inline
function scanBoth(feature: i32, cells: usize, list: usize, end: usize, missing: v128, isListed: bool): void {
  const step: usize = isListed ? 2 : 16;
  const gapsInH = i64x2.extract_lane(missing, 1);
  const knownG = totalG - i64x2.extract_lane(missing, 0);
  const knownH = totalH - gapsInH;
  const keptG = bestG;
  const keptH = bestH;
  gainRight = max<f64>(bestGain, 0);
  gainLeft = bestGain;
  foundRight = usize.MAX_VALUE;
  foundLeft = usize.MAX_VALUE;
  let sum = i64x2.splat(0);
  let p = list;
  if (p < end && cellAt(p, isListed) != 0 && hasRows(knownH)) tryLeft(p, knownG, knownH);
  const high = v128.load64_splat(HALVES);
  const low = v128.load64_splat(HALVES + 8);
  const lower = v128.load64_splat(HALVES + 16);
  const masks = i64x2.splat(hessianMask);
  // As in `scan`.
  const added = penalty + 1e-15;
  const ridge = f64x2.splat(added / unitH);
  const both = sumH + 2 * added;
  const slopeOfBoth = ((sumG / both) * unitH) / unitG;
  const slope = f64x2.splat(slopeOfBoth);
  const ofBoth = (sumG * sumG) / both;
  const whole = f64x2.splat(both / unitH);
  const scale = (unitH / unitG) * (unitH / unitG) / both;
  const ofGaps = <f64>(gapsInH & hessianMask);
  const gapsH = f64x2.splat(ofGaps);
  const gapsD = f64x2.splat(<f64>i64x2.extract_lane(missing, 0) - ofGaps * slopeOfBoth);
  let need = f64x2.splat(((max<f64>(gainLeft, gainRight) - ownLoss) * (1 - SAFELY) - ofBoth) * scale);
  for (; p + 2 * step < end; p += 2 * step) {
    const one = i64x2.add(sum, v128.load(cells + cellAt(p, isListed)));
    const two = i64x2.add(one, v128.load(cells + cellAt(p + step, isListed)));
    sum = two;
    const g = v128.shuffle<i64>(one, two, 0, 2);
    const h = v128.and(v128.shuffle<i64>(one, two, 1, 3), masks);
    const upperG = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(g, g, 1, 3, 1, 3)), high);
    const rightG = f64x2.add(upperG, f64x2.sub(v128.or(v128.and(g, lower), low), low));
    const rightH = f64x2.add(f64x2.sub(v128.or(h, low), low), ridge);
    const restH = f64x2.sub(whole, rightH);
    const d = f64x2.sub(rightG, f64x2.mul(rightH, slope));
    const e = f64x2.add(d, gapsD);
    const leastD = f64x2.mul(f64x2.mul(need, rightH), restH);
    const leastE = f64x2.mul(f64x2.mul(need, f64x2.add(rightH, gapsH)), f64x2.sub(restH, gapsH));
    const behindD = f64x2.lt(f64x2.mul(d, d), leastD);
    const behindE = f64x2.lt(f64x2.mul(e, e), leastE);
    if (i64x2.all_true(v128.and(behindD, behindE))) continue;
    const oneG = i64x2.extract_lane(one, 0);
    const oneH = i64x2.extract_lane(one, 1);
    const twoG = i64x2.extract_lane(two, 0);
    const twoH = i64x2.extract_lane(two, 1);
    const right = i64x2.bitmask(behindD);
    const left = i64x2.bitmask(behindE);
    if ((right & 1) == 0 && hasRows(oneH)) tryRight(p, oneG, oneH);
    if ((left & 1) == 0 && hasRows(knownH - oneH)) tryLeft(p + step, knownG - oneG, knownH - oneH);
    if ((right & 2) == 0 && hasRows(twoH)) tryRight(p + step, twoG, twoH);
    if ((left & 2) == 0 && hasRows(knownH - twoH)) tryLeft(p + 2 * step, knownG - twoG, knownH - twoH);
    need = f64x2.splat(((max<f64>(gainLeft, gainRight) - ownLoss) * (1 - SAFELY) - ofBoth) * scale);
  }
  for (; p < end; ) {
    sum = i64x2.add(sum, v128.load(cells + cellAt(p, isListed)));
    const g = i64x2.extract_lane(sum, 0);
    const h = i64x2.extract_lane(sum, 1);
    if (hasRows(h)) tryRight(p, g, h);
    p += step;
    if (p < end && hasRows(knownH - h)) tryLeft(p, knownG - g, knownH - h);
  }
  if (foundRight != usize.MAX_VALUE) {
    bestGain = gainRight;
    bestFeature = feature;
    bestBin = <i32>cellAt(foundRight, isListed) >> 4;
    bestMissingLeft = 0;
    bestKind = 0;
  } else {
    bestG = keptG;
    bestH = keptH;
  }
  if (foundLeft == usize.MAX_VALUE || gainLeft <= bestGain) return;
  bestGain = gainLeft;
  bestFeature = feature;
  bestBin = (<i32>cellAt(foundLeft, isListed) >> 4) - 1;
  bestMissingLeft = 1;
  bestKind = 0;
  bestG = withGapsG;
  bestH = withGapsH;
}

function scanBothListed(feature: i32, cells: usize, list: usize, end: usize, missing: v128): void {
  scanBoth(feature, cells, list, end, missing, true);
}

function scanBothAll(feature: i32, cells: usize, bins: i32, missing: v128): void {
  scanBoth(feature, cells, 0, (<usize>bins) << 4, missing, false);
}

/** Whether a side with such a sum of hessians, and the other one, have rows enough. */
// @ts-ignore: decorator
@inline
function hasRows(h: i64): bool {
  const count = h >> countShift;
  return count >= leastRows && totalCount - count >= leastRows;
}

/**
 * Orders the categories by gradient over hessian and tries to split after each of the first half, from either end.
 * @param order room for 256 pairs of a double and an i32, 16 bytes each
 */
function scanCategories(feature: i32, cells: usize, bins: i32, hasMissing: bool, bits: usize, order: usize): void {
  const support = <f64>totalCount / sumH;
  let used = 0;
  const last = hasMissing ? bins + 1 : bins;
  for (let b = 0; b < last; b++) {
    const cell = cells + ((<usize>b) << 4);
    const hessian = <f64>(load<i64>(cell + 8) & hessianMask) * unitH;
    if (hessian * support < MIN_SUPPORT) continue;
    const value = (<f64>load<i64>(cell) * unitG) / (hessian + MIN_SUPPORT);
    let at = order + ((<usize>used) << 4);
    for (; at > order && load<f64>(at - 16) > value; at -= 16) v128.store(at, v128.load(at - 16));
    store<f64>(at, value);
    store<i32>(at + 8, b);
    used++;
  }
  if (used <= 1) return;
  const isFree = low == -Infinity && high == Infinity;
  const added = penalty + 1e-15;
  let need = isFree ? (max<f64>(bestGain, 0) - ownLoss) * NEARLY : -1;
  let isBest = false;
  let thresholdAt = 0;
  let forward = true;
  const middle = (used + 1) / 2;
  for (let way = 0; way < 2; way++) {
    let g: i64 = 0;
    let h: i64 = 0;
    const stop = way == 0 ? middle : middle - 1;
    for (let i = 0; i < stop; i++) {
      const at = way == 0 ? i : used - 1 - i;
      const cell = cells + ((<usize>load<i32>(order + ((<usize>at) << 4) + 8)) << 4);
      g += load<i64>(cell);
      h += load<i64>(cell + 8);
      const count = h >> countShift;
      const leftH = <f64>(h & hessianMask) * unitH;
      if (count < leastRows || leftH < leastHessian) continue;
      if (totalCount - count < leastRows || sumH - leftH < leastHessian) break;
      const leftG = <f64>g * unitG;
      if (isBehind(leftG, sumG - leftG, leftH + added, sumH - leftH + added, need)) continue;
      const found = gainOf(leftG, leftH, 0);
      if (found > bestGain && found > 0) {
        bestGain = found;
        if (isFree) need = (found - ownLoss) * NEARLY;
        bestFeature = feature;
        bestBin = 0;
        bestKind = 1;
        bestG = g;
        bestH = h;
        isBest = true;
        thresholdAt = at;
        forward = way == 0;
      }
    }
  }
  if (!isBest) return;
  memory.fill(bits, 0, 32);
  const first = forward ? 0 : thresholdAt;
  const end = forward ? thresholdAt + 1 : used;
  bestMissingLeft = 0;
  for (let i = first; i < end; i++) {
    const bin = load<i32>(order + ((<usize>i) << 4) + 8);
    if (bin == bins) bestMissingLeft = 1;
    const byte = bits + (<usize>bin >> 3);
    store<u8>(byte, load<u8>(byte) | <u8>((<u32>1) << (<u32>bin & 7)));
  }
}

/**
 * The split of a node that lowers the loss most.
 *
 * @param features numbers of the columns to look at, in order; the first wins a tie
 * @param starts per column, the number of its first cell; its bins follow, then the cell of missing values
 * @param bins per column, how many bins it has without that of missing values
 * @param kinds per column, one byte: 1 where values are missing, + 2 for categories
 * @param directions per column, one signed byte: 1 must rise, −1 must fall, 0 free
 * @param total 16 bytes: the sum of the node's pairs
 * @param found 96 bytes: gain, value left, value right (doubles); the pair left; feature (−1 for none), bin, whether
 *   missing values go left, whether by categories (i32); how many rows go left (i32), 4 bytes free; 32 bytes, a bit for
 *   each category that goes left
 * @param order room for 4,096 bytes
 */
export function bestSplit(
  features: usize,
  count: i32,
  histogram: usize,
  starts: usize,
  bins: usize,
  kinds: usize,
  directions: usize,
  total: usize,
  value: f64,
  lower: f64,
  upper: f64,
  minSamplesLeaf: i32,
  minHessian: f64,
  l2: f64,
  gradientUnit: f64,
  hessianUnit: f64,
  shift: i32,
  found: usize,
  order: usize,
): void {
  countShift = shift;
  hessianMask = ((<i64>1) << shift) - 1;
  totalG = load<i64>(total);
  totalH = load<i64>(total + 8);
  totalCount = totalH >> countShift;
  unitG = gradientUnit;
  unitH = hessianUnit;
  sumG = <f64>totalG * unitG;
  sumH = <f64>(totalH & hessianMask) * unitH;
  ownLoss = sumG * value;
  low = lower;
  high = upper;
  penalty = l2;
  leastRows = minSamplesLeaf;
  leastHessian = minHessian;
  bestGain = -1;
  bestFeature = -1;

  const isFree = low == -Infinity && high == Infinity && countShift <= EXACT_BITS;
  for (let i = 0; i < count; i++) {
    const feature = load<i32>(features + ((<usize>i) << 2));
    const cells = histogram + ((<usize>load<i32>(starts + ((<usize>feature) << 2))) << 4);
    const own = load<i32>(bins + ((<usize>feature) << 2));
    const kind = load<u8>(kinds + feature);
    const hasMissing = (kind & HAS_MISSING) != 0;
    if (kind & CATEGORICAL) {
      scanCategories(feature, cells, own, hasMissing, found + 64, order);
    } else {
      const direction = <i32>load<i8>(directions + feature);
      const bothWays = hasMissing && isFree && direction == 0;
      const missing = v128.load(cells + ((<usize>own) << 4));
      if (bothWays && totalCount >= own) {
        scanBothAll(feature, cells, own, missing);
        continue;
      }
      const end = listCells(cells, own, order);
      if (bothWays) {
        scanBothListed(feature, cells, order, end, missing);
        continue;
      }
      // Bins above all others can only be split off from missing values; the first one not from any on its left.
      const last = !hasMissing && end > order && <i32>load<u16>(end - 2) >> 4 == own - 1 ? end - 2 : end;
      scanRight(feature, cells, order, last, direction);
      if (hasMissing) scanLeft(feature, cells, load<u16>(order) == 0 ? order + 2 : order, end, direction);
    }
  }

  store<f64>(found, bestGain);
  store<i32>(found + 40, bestFeature);
  if (bestFeature < 0) return;
  const leftG = <f64>bestG * unitG;
  const leftH = <f64>(bestH & hessianMask) * unitH;
  store<f64>(found + 8, nodeValue(leftG, leftH));
  store<f64>(found + 16, nodeValue(sumG - leftG, sumH - leftH));
  store<i64>(found + 24, bestG);
  store<i64>(found + 32, bestH);
  store<i32>(found + 44, bestBin);
  store<i32>(found + 48, bestMissingLeft);
  store<i32>(found + 52, bestKind);
  store<i32>(found + 56, <i32>(bestH >> countShift));
}
