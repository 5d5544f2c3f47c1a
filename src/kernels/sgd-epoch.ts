import { checkLength } from './check-length.ts';
import { kernelsFor } from './kernel-memory.ts';
import { kernelsForMatrix } from './products.ts';
import { SGD_STATE, type SgdArrays } from './sgd-arrays.ts';
import * as twins from './twins/sgd-epoch.ts';

/** Steps of one call: V8 exchanges a function for the code it has optimised meanwhile only when it is called. */
const BLOCK = 2048;

/**
 * One epoch of stochastic gradient descent: every row moves the coefficients against the slope of its loss, which are kept
 * as scale·w, so that shrinking all of them is one multiplication, and so is their running average.
 *
 * In WebAssembly where all arrays come from one arena, in plain TypeScript otherwise, with the same bits.
 *
 * @param t steps made before, plus 1
 */
export function sgdEpoch(t: number, arrays: SgdArrays): void {
  const { X, y, factors, loss, penalty, decay, averageFrom, order, rates, w, average, paid, state } = arrays;
  for (const [name, list] of Object.entries({ y, factors, order, rates })) checkLength('sgdEpoch', name, list, X.rows);
  for (const [name, list] of Object.entries({ w, average: average ?? w, paid: paid ?? w })) checkLength('sgdEpoch', name, list, X.cols);
  checkLength('sgdEpoch', 'state', state, SGD_STATE.length);
  const kernels = kernelsForMatrix(X) && kernelsFor(y, factors, order) && kernelsFor(rates, w, state) && kernelsFor(average ?? w, paid ?? w);
  if (!kernels) return twins.sgdEpoch(t, arrays);
  const places = X.kind === 'csr' ? [X.indptr.byteOffset, X.indices.byteOffset] : [0, 0];
  state[SGD_STATE.objective] = 0;
  for (let from = 0; from < X.rows; from += BLOCK) {
    kernels.sgdRows(
      from,
      Math.min(X.rows, from + BLOCK),
      X.cols,
      places[0],
      places[1],
      X.data.byteOffset,
      y.byteOffset,
      factors.byteOffset,
      loss.code,
      loss.epsilon,
      penalty === null ? 0 : penalty.shrinks ? 2 : 1,
      penalty?.alpha ?? 0,
      penalty?.l1Ratio ?? 0,
      decay,
      t - averageFrom,
      order.byteOffset,
      rates.byteOffset,
      w.byteOffset,
      average ? average.byteOffset : 0,
      paid ? paid.byteOffset : 0,
      state.byteOffset,
    );
  }
}

export { settle as settleSgd } from './twins/sgd-epoch.ts';
