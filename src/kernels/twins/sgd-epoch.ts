import { SGD_STATE as AT, type SgdArrays } from '../sgd-arrays.ts';

const LARGEST_SLOPE = 1e12;
/** Below this the common factor is multiplied out, so that it never vanishes. */
const SMALLEST_SCALE = 1e-9;

/** Twin of assembly/sgd-epoch.ts: the same operations in the same order, so the same bits. */
export function sgdEpoch(t: number, arrays: SgdArrays): void {
  const { X, y, factors, loss, penalty, decay, averageFrom, order, rates, w, state } = arrays;
  const alpha = penalty?.alpha ?? 0;
  const l1Ratio = penalty?.l1Ratio ?? 0;
  let objective = 0;
  for (let k = 0; k < X.rows; k++) {
    const i = order[k];
    const rate = rates[k];
    let p = 0;
    forEachEntry(arrays, i, (j, x) => (p += w[j] * x));
    p = p * state[AT.scale] + state[AT.intercept];
    objective += loss.loss(y[i], p);
    if (penalty) {
      const norm = Math.sqrt(state[AT.squareNorm]);
      objective += alpha * ((1 - l1Ratio) * 0.5 * (norm * norm) + l1Ratio * state[AT.l1Norm]);
    }
    const slope = Math.max(-LARGEST_SLOPE, Math.min(LARGEST_SLOPE, loss.slope(y[i], p)));
    const update = -rate * slope * factors[i];
    // Steps too large for the penalty would turn all signs: they end at 0 instead.
    if (penalty?.shrinks) shrink(arrays, Math.max(0, 1 - (1 - l1Ratio) * rate * alpha));
    if (update !== 0) {
      add(arrays, i, update);
      state[AT.intercept] += update * decay;
    }
    if (arrays.average && averageFrom <= t + k) addToAverage(arrays, arrays.average, i, update, t + k - averageFrom + 1);
    if (arrays.paid) {
      state[AT.owed] += l1Ratio * rate * alpha;
      truncate(arrays, i, arrays.paid);
    }
  }
  state[AT.objective] = objective;
}

/** Multiplies the common factors out. */
export function settle({ w, average, state }: Pick<SgdArrays, 'w' | 'average' | 'state'>): void {
  const scale = state[AT.scale];
  if (average) {
    const share = 1 / state[AT.b];
    for (let j = 0; j < w.length; j++) average[j] = (average[j] + state[AT.a] * w[j]) * share;
    state[AT.a] = 0;
    state[AT.b] = 1;
  }
  for (let j = 0; j < w.length; j++) w[j] *= scale;
  state[AT.scale] = 1;
}

function forEachEntry({ X }: SgdArrays, i: number, visit: (j: number, x: number) => void): void {
  if (X.kind === 'csr') for (let p = X.indptr[i]; p < X.indptr[i + 1]; p++) visit(X.indices[p], X.data[p]);
  else for (let j = 0; j < X.cols; j++) visit(j, X.data[i * X.cols + j]);
}

function shrink(arrays: SgdArrays, factor: number): void {
  const { state } = arrays;
  state[AT.scale] *= factor;
  state[AT.squareNorm] *= factor * factor;
  state[AT.l1Norm] *= factor;
  if (state[AT.scale] < SMALLEST_SCALE) settle(arrays);
}

function add(arrays: SgdArrays, i: number, amount: number): void {
  const { w, state, penalty } = arrays;
  const scale = state[AT.scale];
  const factor = amount / scale;
  let squares = 0;
  let sizes = 0;
  forEachEntry(arrays, i, (j, x) => {
    w[j] += x * factor;
    squares += w[j] * w[j];
    sizes += Math.abs(w[j]);
  });
  if (!penalty) return;
  state[AT.squareNorm] = squares * (scale * scale);
  state[AT.l1Norm] = sizes * scale;
}

/** Takes the coefficients as they are now, after `amount` times row i was added, into the average of `count`. */
function addToAverage(arrays: SgdArrays, average: Float64Array, i: number, amount: number, count: number): void {
  const { state } = arrays;
  const a = state[AT.a];
  const factor = -amount / state[AT.scale];
  if (a !== 0) forEachEntry(arrays, i, (j, x) => (average[j] += a * x * factor));
  const share = 1 / count;
  if (count > 1) state[AT.b] /= 1 - share;
  state[AT.a] += share * state[AT.b] * state[AT.scale];
  state[AT.averageIntercept] += (state[AT.intercept] - state[AT.averageIntercept]) / count;
}

/** Moves the coefficients of row i towards 0 by what each still owes of the l1 penalty. */
function truncate(arrays: SgdArrays, i: number, paid: Float64Array): void {
  const { w, state } = arrays;
  const scale = state[AT.scale];
  const owed = state[AT.owed];
  forEachEntry(arrays, i, (j) => {
    const before = w[j];
    if (scale * before > 0) w[j] = Math.max(0, before - (owed + paid[j]) / scale);
    else if (scale * before < 0) w[j] = Math.min(0, before + (owed - paid[j]) / scale);
    paid[j] += scale * (w[j] - before);
  });
}
