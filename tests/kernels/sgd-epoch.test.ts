import type { MatrixArrays } from '../../src/kernels/matrix-arrays.ts';
import { SGD_STATE, type SgdArrays } from '../../src/kernels/sgd-arrays.ts';
import { settleSgd, sgdEpoch } from '../../src/kernels/sgd-epoch.ts';
import { sgdLoss, type SgdClassificationLoss } from '../../src/linear/sgd-loss.ts';
import { numbers, onBoth } from './both.ts';
import { randomCsr } from './random-matrix.ts';

const LOSSES: readonly SgdClassificationLoss[] = [
  'hinge',
  'perceptron',
  'squaredHinge',
  'modifiedHuber',
  'logLoss',
  'squaredError',
  'huber',
  'epsilonInsensitive',
  'squaredEpsilonInsensitive',
];

interface Settings {
  loss?: SgdClassificationLoss;
  penalty?: SgdArrays['penalty'];
  averageFrom?: number;
  rate?: number;
}

/** Where two epochs end, settled. */
function afterTwoEpochs(X: MatrixArrays, { loss = 'hinge', penalty = null, averageFrom = 0, rate = 0.1 }: Settings) {
  const { rows, cols } = X;
  return onBoth((arena) => {
    const state = arena.float64(SGD_STATE.length);
    state[SGD_STATE.scale] = 1;
    state[SGD_STATE.b] = 1;
    const arrays: SgdArrays = {
      X: arena.copyMatrix(X),
      y: arena.copyFloat64(numbers(rows, 5).map((v) => (loss === 'logLoss' ? Number(v > 0) : v > 0 ? 1 : -1))),
      factors: arena.copyFloat64(numbers(rows, 6).map((v) => 1 + Math.abs(v) / 10)),
      loss: sgdLoss(loss, 0.1),
      penalty,
      decay: 1,
      averageFrom,
      order: arena.copyInt32(Int32Array.from({ length: rows }, (_, i) => rows - 1 - i)),
      rates: arena.float64(rows).fill(rate),
      w: arena.float64(cols),
      average: averageFrom > 0 ? arena.float64(cols) : null,
      paid: penalty && penalty.l1Ratio > 0 ? arena.float64(cols) : null,
      state,
    };
    sgdEpoch(1, arrays);
    sgdEpoch(1 + rows, arrays);
    settleSgd(arrays);
    return { w: arrays.w.slice(), average: arrays.average?.slice(), state: state.slice() };
  });
}

const dense = (rows: number, cols: number): MatrixArrays => ({ kind: 'dense', rows, cols, data: numbers(rows * cols, rows + cols) });

describe.each(LOSSES)('steps against the slope of %s', (loss) => {
  const penalty = { alpha: 0.01, l1Ratio: 0.3, shrinks: true };
  test.each([1, 2, 3, 20, 21])('are the same in dense rows of %i columns', (cols) => {
    const { state } = afterTwoEpochs(dense(40, cols), { loss, rate: 0.01 });
    expect(state.every(Number.isFinite)).toBe(true);
    afterTwoEpochs(dense(40, cols), { loss, penalty, averageFrom: 7, rate: 0.01 });
  });

  test('are the same in sparse rows', () => {
    afterTwoEpochs(randomCsr(40, 30, 3), { loss, rate: 0.01 });
    afterTwoEpochs(randomCsr(40, 30, 4), { loss, penalty, averageFrom: 1, rate: 0.01 });
  });
});

test('more rows than go in one call are the same', () => {
  afterTwoEpochs(dense(5000, 3), { penalty: { alpha: 1e-4, l1Ratio: 0, shrinks: true }, averageFrom: 4500, rate: 0.001 });
});

test('a common factor that would vanish is multiplied out', () => {
  const { state, w } = afterTwoEpochs(dense(50, 4), { penalty: { alpha: 0.9, l1Ratio: 0, shrinks: true }, averageFrom: 1, rate: 1 });
  expect(state[SGD_STATE.scale]).toBe(1);
  expect(w.some((value) => value !== 0)).toBe(true);
});

test('no rows leave all as it is', () => {
  expect([...afterTwoEpochs(dense(0, 3), {}).w]).toEqual([0, 0, 0]);
});
