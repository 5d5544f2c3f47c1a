/** Twin: ../twins/sgd-epoch.ts, which says what it does; the losses are those of src/linear/sgd-loss.ts. */
import { exp, log1pOfShare } from './elementary.ts';

const LARGEST_SLOPE: f64 = 1e12;
const SMALLEST_SCALE: f64 = 1e-9;

// Where things lie in `state`, in bytes; see ../sgd-arrays.ts.
const INTERCEPT: usize = 0;
const AVERAGE_INTERCEPT: usize = 8;
const SCALE: usize = 16;
const SQUARE_NORM: usize = 24;
const L1_NORM: usize = 32;
const A: usize = 40;
const B: usize = 48;
const OWED: usize = 56;
const OBJECTIVE: usize = 64;

/** Codes of losses. */
const HINGE: i32 = 0;
const PERCEPTRON: i32 = 1;
const SQUARED_HINGE: i32 = 2;
const MODIFIED_HUBER: i32 = 3;
const LOG: i32 = 4;
const SQUARED_ERROR: i32 = 5;
const HUBER: i32 = 6;
const EPSILON_INSENSITIVE: i32 = 7;

/**
 * Steps `from` … `to` − 1 of an epoch; see ../sgd-epoch.ts. Pointers are of doubles, `order`, `indptr` and `indices` of 32-bit integers; `indptr` is 0
 * for a dense X, `average` and `paid` are 0 where there are none.
 * @param penalty 0 for none, 1 for the lasso, 2 where coefficients shrink
 * @param averaged how many steps before the first of this epoch count in the average; below 0 the average begins later
 */
export function sgdRows(
  from: i32,
  to: i32,
  cols: i32,
  indptr: usize,
  indices: usize,
  data: usize,
  y: usize,
  factors: usize,
  loss: i32,
  epsilon: f64,
  penalty: i32,
  alpha: f64,
  l1Ratio: f64,
  decay: f64,
  averaged: f64,
  order: usize,
  rates: usize,
  w: usize,
  average: usize,
  paid: usize,
  state: usize,
): void {
  const width = (<usize>cols) << 3;
  let objective = load<f64>(state, OBJECTIVE);
  let intercept = load<f64>(state, INTERCEPT);
  let scale = load<f64>(state, SCALE);
  for (let k = from; k < to; k++) {
    const i = <usize>load<i32>(order + ((<usize>k) << 2));
    const rate = load<f64>(rates + ((<usize>k) << 3));
    const target = load<f64>(y + (i << 3));
    let columns: usize = 0;
    let first = data + i * width;
    let last = first + width;
    if (indptr != 0) {
      const start = <usize>load<i32>(indptr + (i << 2));
      columns = indices + (start << 2);
      first = data + (start << 3);
      last = data + ((<usize>load<i32>(indptr + (i << 2), 4)) << 3);
    }
    // The next row is brought near meanwhile.
    const next = <usize>load<i32>(order + ((<usize>min(k + 1, to - 1)) << 2));
    load<f64>(y + (next << 3));
    load<f64>(factors + (next << 3));
    if (columns == 0) for (let x = data + next * width, end = x + width; x < end; x += 64) load<f64>(x);
    else {
      const start = <usize>load<i32>(indptr + (next << 2));
      load<i32>(indices + (start << 2));
      load<f64>(data + (start << 3));
    }

    let p: f64 = 0;
    if (columns == 0) for (let x = first, at = w; x < last; x += 8, at += 8) p += load<f64>(at) * load<f64>(x);
    else for (let x = first, column = columns; x < last; x += 8, column += 4) p += load<f64>(place(w, column)) * load<f64>(x);
    p = p * scale + intercept;

    let share: f64 = 0;
    if (loss == LOG) share = exp(-p);
    objective += lossOf(loss, epsilon, target, p, share);
    if (penalty != 0) {
      const norm = sqrt<f64>(load<f64>(state, SQUARE_NORM));
      objective += alpha * ((1 - l1Ratio) * 0.5 * (norm * norm) + l1Ratio * load<f64>(state, L1_NORM));
    }
    const slope = max<f64>(-LARGEST_SLOPE, min<f64>(LARGEST_SLOPE, slopeOf(loss, epsilon, target, p, share)));
    const update = -rate * slope * load<f64>(factors + (i << 3));

    if (penalty == 2) {
      const factor = max<f64>(0, 1 - (1 - l1Ratio) * rate * alpha);
      scale *= factor;
      store<f64>(state, load<f64>(state, SQUARE_NORM) * (factor * factor), SQUARE_NORM);
      store<f64>(state, load<f64>(state, L1_NORM) * factor, L1_NORM);
      if (scale < SMALLEST_SCALE) {
        settle(cols, w, average, scale, state);
        scale = 1;
      }
    }
    if (update != 0) {
      const factor = update / scale;
      if (penalty == 0) addRow(columns, first, last, w, factor);
      else addMeasured(columns, first, last, w, factor, scale, state);
      intercept += update * decay;
    }
    if (average != 0 && averaged + <f64>k >= 0) {
      const count = averaged + <f64>k + 1;
      const a = load<f64>(state, A);
      if (a != 0) addToAverage(columns, first, last, average, a, -update / scale);
      const part = 1 / count;
      if (count > 1) store<f64>(state, load<f64>(state, B) / (1 - part), B);
      store<f64>(state, a + part * load<f64>(state, B) * scale, A);
      const before = load<f64>(state, AVERAGE_INTERCEPT);
      store<f64>(state, before + (intercept - before) / count, AVERAGE_INTERCEPT);
    }
    if (paid != 0) {
      const owed = load<f64>(state, OWED) + l1Ratio * rate * alpha;
      store<f64>(state, owed, OWED);
      truncate(columns, first, last, w, paid, scale, owed);
    }
  }
  store<f64>(state, intercept, INTERCEPT);
  store<f64>(state, scale, SCALE);
  store<f64>(state, objective, OBJECTIVE);
}

/** Where a list has the number of the column that `column` points to. */
// @ts-ignore: decorator
@inline
function place(list: usize, column: usize): usize {
  return list + ((<usize>load<i32>(column)) << 3);
}

/** Multiplies the common factors out. */
function settle(cols: i32, w: usize, average: usize, scale: f64, state: usize): void {
  const width = (<usize>cols) << 3;
  if (average != 0) {
    const a = load<f64>(state, A);
    const share = 1 / load<f64>(state, B);
    for (let j: usize = 0; j < width; j += 8) store<f64>(average + j, (load<f64>(average + j) + a * load<f64>(w + j)) * share);
    store<f64>(state, 0, A);
    store<f64>(state, 1, B);
  }
  for (let j: usize = 0; j < width; j += 8) store<f64>(w + j, load<f64>(w + j) * scale);
}

/** w += factor · row. */
function addRow(columns: usize, first: usize, last: usize, w: usize, factor: f64): void {
  let x = first;
  if (columns == 0) {
    const factors = f64x2.splat(factor);
    let at = w;
    for (; x + 8 < last; x += 16, at += 16) v128.store(at, f64x2.add(v128.load(at), f64x2.mul(v128.load(x), factors)));
    if (x < last) store<f64>(at, load<f64>(at) + load<f64>(x) * factor);
    return;
  }
  for (let column = columns; x < last; x += 8, column += 4) {
    const at = place(w, column);
    store<f64>(at, load<f64>(at) + load<f64>(x) * factor);
  }
}

/** The same, and norms of what the row has touched. */
function addMeasured(columns: usize, first: usize, last: usize, w: usize, factor: f64, scale: f64, state: usize): void {
  let squares: f64 = 0;
  let sizes: f64 = 0;
  let x = first;
  if (columns == 0) {
    const factors = f64x2.splat(factor);
    let at = w;
    for (; x + 8 < last; x += 16, at += 16) {
      const values = f64x2.add(v128.load(at), f64x2.mul(v128.load(x), factors));
      v128.store(at, values);
      const ofTwo = f64x2.mul(values, values);
      const both = f64x2.abs(values);
      squares += f64x2.extract_lane(ofTwo, 0);
      sizes += f64x2.extract_lane(both, 0);
      squares += f64x2.extract_lane(ofTwo, 1);
      sizes += f64x2.extract_lane(both, 1);
    }
    if (x < last) {
      const value = load<f64>(at) + load<f64>(x) * factor;
      store<f64>(at, value);
      squares += value * value;
      sizes += abs<f64>(value);
    }
  } else {
    for (let column = columns; x < last; x += 8, column += 4) {
      const at = place(w, column);
      const value = load<f64>(at) + load<f64>(x) * factor;
      store<f64>(at, value);
      squares += value * value;
      sizes += abs<f64>(value);
    }
  }
  store<f64>(state, squares * (scale * scale), SQUARE_NORM);
  store<f64>(state, sizes * scale, L1_NORM);
}

/** average += a · row · factor. */
function addToAverage(columns: usize, first: usize, last: usize, average: usize, a: f64, factor: f64): void {
  let x = first;
  if (columns == 0) {
    const as = f64x2.splat(a);
    const factors = f64x2.splat(factor);
    let at = average;
    for (; x + 8 < last; x += 16, at += 16) v128.store(at, f64x2.add(v128.load(at), f64x2.mul(f64x2.mul(as, v128.load(x)), factors)));
    if (x < last) store<f64>(at, load<f64>(at) + a * load<f64>(x) * factor);
    return;
  }
  for (let column = columns; x < last; x += 8, column += 4) {
    const at = place(average, column);
    store<f64>(at, load<f64>(at) + a * load<f64>(x) * factor);
  }
}

/** Moves coefficients towards 0 by what each still owes. */
function truncate(columns: usize, first: usize, last: usize, w: usize, paid: usize, scale: f64, owed: f64): void {
  for (let x = first, j: usize = 0, column = columns; x < last; x += 8, j += 8, column += 4) {
    const offset = columns == 0 ? j : place(0, column);
    const before = load<f64>(w + offset);
    const already = load<f64>(paid + offset);
    let after = before;
    if (scale * before > 0) after = max<f64>(0, before - (owed + already) / scale);
    else if (scale * before < 0) after = min<f64>(0, before + (owed - already) / scale);
    store<f64>(w + offset, after);
    store<f64>(paid + offset, already + scale * (after - before));
  }
}

/** @param share e^(−p), of the log loss only */
// @ts-ignore: decorator
@inline
function lossOf(loss: i32, epsilon: f64, y: f64, p: f64, share: f64): f64 {
  switch (loss) {
    case HINGE:
      return p * y <= 1 ? 1 - p * y : 0;
    case PERCEPTRON:
      return p * y <= 0 ? 0 - p * y : 0;
    case SQUARED_HINGE: {
      const short = max<f64>(0, 1 - p * y);
      return short * short;
    }
    case MODIFIED_HUBER:
      return p * y >= 1 ? 0 : p * y >= -1 ? (1 - p * y) * (1 - p * y) : -4 * p * y;
    case LOG:
      return p >= 0 ? p + log1pOfShare(share) - y * p : log1pOfShare(1 / share) - y * p;
    case SQUARED_ERROR:
      return 0.5 * (p - y) * (p - y);
    case HUBER:
      return abs<f64>(y - p) <= epsilon ? 0.5 * ((y - p) * (y - p)) : epsilon * (abs<f64>(y - p) - 0.5 * epsilon);
    case EPSILON_INSENSITIVE:
      return max<f64>(0, abs<f64>(y - p) - epsilon);
    default: {
      const beyond = max<f64>(0, abs<f64>(y - p) - epsilon);
      return beyond * beyond;
    }
  }
}

// @ts-ignore: decorator
@inline
function slopeOf(loss: i32, epsilon: f64, y: f64, p: f64, share: f64): f64 {
  switch (loss) {
    case HINGE:
      return p * y <= 1 ? -y : 0;
    case PERCEPTRON:
      return p * y <= 0 ? -y : 0;
    case SQUARED_HINGE:
      return 1 - p * y > 0 ? -2 * y * (1 - p * y) : 0;
    case MODIFIED_HUBER:
      return p * y >= 1 ? 0 : p * y >= -1 ? 2 * (1 - p * y) * -y : -4 * y;
    case LOG:
      return p <= -37 ? exp(p) - y : (1 - y - y * share) / (1 + share);
    case SQUARED_ERROR:
      return p - y;
    case HUBER:
      return max<f64>(-epsilon, min<f64>(epsilon, p - y));
    case EPSILON_INSENSITIVE:
      return y - p > epsilon ? -1 : p - y > epsilon ? 1 : 0;
    default:
      return y - p > epsilon ? -2 * (y - p - epsilon) : y - p < -epsilon ? 2 * (p - y - epsilon) : 0;
  }
}
