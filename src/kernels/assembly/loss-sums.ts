/** Pointers are byte addresses, lengths are elements. Twin: ../twins/loss-sums.ts, which has the formulas. */
import { ABSOLUTE, GAMMA, HUBER, LOG_LOSS, POISSON, QUANTILE, SQUARED } from './boosting-losses.ts';
import { areModerate, expLanes, log1pOfShareLanes } from './elementary-lanes.ts';
import { exp, log, log1pOfShare } from './elementary.ts';

/** As ../gradient-arrays.ts has it. */
const ROWS_OF_SUM: i32 = 4096;

// @ts-ignore: decorator
@inline
function lossAt(loss: i32, parameter: f64, y: f64, raw: f64): f64 {
  if (loss == LOG_LOSS) {
    const size = abs<f64>(raw);
    return log1pOfShare(exp(-size)) + (raw > 0 ? 1 - y : y) * size;
  }
  if (loss == SQUARED) return ((raw - y) * (raw - y)) / 2;
  if (loss == ABSOLUTE) return abs<f64>(raw - y);
  if (loss == QUANTILE) return y >= raw ? parameter * (y - raw) : (1 - parameter) * (raw - y);
  if (loss == HUBER) {
    const error = abs<f64>(y - raw);
    return error <= parameter ? (error * error) / 2 : parameter * (error - parameter / 2);
  }
  if (loss == POISSON) return exp(raw) - y * raw;
  return raw + y * exp(-raw);
}

/** The log loss of k classes at row i. */
function softmaxAt(k: i32, height: i32, i: usize, y: usize, raw: usize): f64 {
  let top = -Infinity;
  for (let c = 0; c < k; c++) top = max<f64>(top, load<f64>(raw + ((<usize>c * <usize>height + i) << 3)));
  let sum: f64 = 0;
  for (let c = 0; c < k; c++) sum += exp(load<f64>(raw + ((<usize>c * <usize>height + i) << 3)) - top);
  const own = <usize>load<f64>(y + (i << 3));
  return log(sum) + top - load<f64>(raw + ((own * <usize>height + i) << 3));
}

/** The log losses of two rows. */
// @ts-ignore: decorator
@inline
function logLosses(y: v128, raw: v128): v128 {
  const size = f64x2.abs(raw);
  const rest = f64x2.sub(f64x2.splat(1), y);
  const share = v128.bitselect(rest, y, f64x2.gt(raw, f64x2.splat(0)));
  return f64x2.add(log1pOfShareLanes(expLanes(f64x2.neg(size))), f64x2.mul(share, size));
}

/**
 * Sums of weighted losses over parts of the rows, those of even places and those of odd ones by themselves first.
 *
 * @param firstPart, lastPart the parts to sum up, of ROWS_OF_SUM rows each
 * @param weights one double per row, or 0 for 1 each
 * @param sums one double per part
 */
export function lossSums(loss: i32, parameter: f64, k: i32, height: i32, firstPart: i32, lastPart: i32, n: i32, y: usize, weights: usize, raw: usize, sums: usize): void {
  for (let part = firstPart; part < lastPart; part++) {
    const end = <usize>min<i32>(n, (part + 1) * ROWS_OF_SUM);
    let i = <usize>(part * ROWS_OF_SUM);
    let sum = f64x2.splat(0);
    for (; i + 1 < end; i += 2) {
      const rs = v128.load(raw + (i << 3));
      let two: v128;
      if (loss == LOG_LOSS && areModerate(f64x2.abs(rs))) two = logLosses(v128.load(y + (i << 3)), rs);
      else two = f64x2.replace_lane(f64x2.splat(lossOf(loss, parameter, k, height, i, y, raw)), 1, lossOf(loss, parameter, k, height, i + 1, y, raw));
      sum = f64x2.add(sum, weights ? f64x2.mul(two, v128.load(weights + (i << 3))) : two);
    }
    let even = f64x2.extract_lane(sum, 0);
    if (i < end) even += lossOf(loss, parameter, k, height, i, y, raw) * (weights ? load<f64>(weights + (i << 3)) : 1);
    store<f64>(sums + ((<usize>part) << 3), even + f64x2.extract_lane(sum, 1));
  }
}

function lossOf(loss: i32, parameter: f64, k: i32, height: i32, i: usize, y: usize, raw: usize): f64 {
  return loss > GAMMA ? softmaxAt(k, height, i, y, raw) : lossAt(loss, parameter, load<f64>(y + (i << 3)), load<f64>(raw + (i << 3)));
}
