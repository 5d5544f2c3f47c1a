import { logisticLossesOfScores, logisticLossGradient } from '../../src/kernels/logistic-loss.ts';
import type { LossGradient } from '../../src/kernels/loss-arrays.ts';
import type { MatrixArrays } from '../../src/kernels/matrix-arrays.ts';
import { timesMatrix, timesVector } from '../../src/kernels/products.ts';
import { softmaxLossesByClass, softmaxLossGradient } from '../../src/kernels/softmax-loss.ts';
import { numbers, onBoth } from './both.ts';
import { denseValues, randomCsr, randomDense } from './random-matrix.ts';

const SHAPES: readonly (readonly [rows: number, cols: number])[] = [[1, 1], [3, 2], [4, 5], [31, 4], [32, 3], [33, 8], [150, 20]];
const makers = { sparse: randomCsr, dense: randomDense };

/** Scores from far below −37 to far above 18, so that every branch of the formula is met. */
const coefficients = (length: number, seed: number): Float64Array => numbers(length, seed).map((v) => v / 50);

/** The loss and its derivative by definition, in plain arithmetic. */
function byDefinition(X: MatrixArrays, codes: Float64Array, weights: Float64Array, divisor: number, W: Float64Array, bias: Float64Array, k: number) {
  const values = denseValues(X);
  const losses: number[] = [];
  const pointwise: number[] = [];
  const gradient = new Float64Array(X.cols * k);
  for (let i = 0; i < X.rows; i++) {
    const scores = [...bias];
    for (let j = 0; j < X.cols; j++) for (let c = 0; c < k; c++) scores[c] += values[i * X.cols + j] * W[j * k + c];
    const largest = Math.max(...scores);
    const logSum = largest + Math.log(scores.reduce((sum, s) => sum + Math.exp(s - largest), 0));
    losses.push(weights[i] * (logSum - scores[codes[i]]));
    for (let c = 0; c < k; c++) {
      const slope = (weights[i] * (Math.exp(scores[c] - logSum) - (c === codes[i] ? 1 : 0))) / divisor;
      pointwise.push(slope);
      for (let j = 0; j < X.cols; j++) gradient[j * k + c] += slope * values[i * X.cols + j];
    }
  }
  return { losses, pointwise, gradient: [...gradient] };
}

const copied = ({ losses, pointwise, gradient }: LossGradient): LossGradient => ({
  losses: losses.slice(),
  pointwise: pointwise.slice(),
  gradient: gradient.slice(),
});

describe.each(Object.entries(makers))('%s', (_, make) => {
  describe.each(SHAPES)('%i × %i', (rows, cols) => {
    const X = make(rows, cols, rows * 31 + cols);
    const weights = numbers(rows, 3).map((w) => Math.abs(w) % 3);

    test.each([false, true])('the logistic loss and its gradient are those of the definition (weights: %s)', (isWeighted) => {
      const y = numbers(rows, 4).map((v) => (v > 0 ? 1 : 0));
      const w = coefficients(cols, 5);
      const out = onBoth((arena) => {
        const result = { losses: arena.float64(rows), pointwise: arena.float64(rows), gradient: arena.float64(cols).fill(9) };
        const target = { y: arena.copyFloat64(y), weights: isWeighted ? arena.copyFloat64(weights) : undefined, divisor: 7 };
        logisticLossGradient(arena.copyMatrix(X), target, arena.copyFloat64(w), 0.3, result);
        return copied(result);
      });
      // Two classes are a softmax with scores 0 and s; its derivative by s is that of the second class.
      const W = Float64Array.from({ length: cols * 2 }, (_v, p) => (p % 2 === 0 ? 0 : w[p >> 1]));
      const expected = byDefinition(X, y, isWeighted ? weights : weights.map(() => 1), 7, W, Float64Array.of(0, 0.3), 2);
      const size = Math.max(...expected.gradient.map(Math.abs));
      expect(out.losses).toBeAllClose(expected.losses, { relative: 1e-11, absolute: 1e-11 });
      expect(out.pointwise).toBeAllClose(expected.pointwise.filter((_v, p) => p % 2 === 1), { relative: 1e-11, absolute: 1e-12 });
      expect(out.gradient).toBeAllClose(expected.gradient.filter((_v, p) => p % 2 === 1), { relative: 1e-10, absolute: 1e-12 * size });
    });

    test.each([2, 3, 4, 5, 9])('the softmax loss of %i classes and its gradient are those of the definition', (k) => {
      const y = numbers(rows, 6).map((v) => Math.abs(Math.trunc(v * 1000)) % k);
      const W = coefficients(cols * k, 7);
      const bias = numbers(k, 8).map((v) => v / 100);
      const out = onBoth((arena) => {
        const result = { losses: arena.float64(rows), pointwise: arena.float64(rows * k), gradient: arena.float64(cols * k).fill(9) };
        const target = { y: arena.copyFloat64(y), weights: arena.copyFloat64(weights), divisor: 3 };
        softmaxLossGradient(arena.copyMatrix(X), target, arena.copyFloat64(W), arena.copyFloat64(bias), k, result);
        return copied(result);
      });
      const expected = byDefinition(X, y, weights, 3, W, bias, k);
      const size = Math.max(...expected.gradient.map(Math.abs));
      expect(out.losses).toBeAllClose(expected.losses, { relative: 1e-11, absolute: 1e-11 });
      expect(out.pointwise).toBeAllClose(expected.pointwise, { relative: 1e-11, absolute: 1e-12 });
      expect(out.gradient).toBeAllClose(expected.gradient, { relative: 1e-10, absolute: 1e-12 * size });
    });
  });
});

test.each([
  [-800, 800],
  [-30, 30.000000000000092],
  [-3, 3.048587351573742],
  [0, Math.LN2],
  // scikit-learn gives e⁻²⁰, 2e-18 more.
  [20, Math.log1p(Math.exp(-20))],
  [800, 0],
])('a score of %d where 1 is right costs %d, without overflow', (score, loss) => {
  const losses = onBoth((arena) => {
    const result = { losses: arena.float64(1), pointwise: arena.float64(1), gradient: arena.float64(1) };
    const X: MatrixArrays = { kind: 'dense', rows: 1, cols: 1, data: arena.copyFloat64([score]) };
    logisticLossGradient(X, { y: arena.copyFloat64([1]), divisor: 1 }, arena.copyFloat64([1]), 0, result);
    return copied(result);
  }).losses;
  expect(losses).toBeAllClose([loss], { relative: 4e-16, absolute: 0 });
});

test('a class number outside the classes is refused', () => {
  const result = { losses: new Float64Array(1), pointwise: new Float64Array(2), gradient: new Float64Array(2) };
  expect(() =>
    softmaxLossGradient(randomDense(1, 1, 1), { y: Float64Array.of(2), divisor: 1 }, new Float64Array(2), undefined, 2, result),
  ).toThrow('softmaxLossGradient: y must hold whole numbers from 0 to 1, row 0 has 2.');
});

test.each([false, true])('losses of scores that are known are those of the products (weights: %s)', (isWeighted) => {
  const X = randomDense(33, 8, 5);
  const [w, y, weights] = [coefficients(8, 5), numbers(33, 4).map((v) => (v > 0 ? 1 : 0)), numbers(33, 3).map((v) => Math.abs(v) % 3)];
  const found = onBoth((arena) => {
    const target = { y: arena.copyFloat64(y), weights: isWeighted ? arena.copyFloat64(weights) : undefined, divisor: 7 };
    const whole = { losses: arena.float64(33), pointwise: arena.float64(33), gradient: arena.float64(8) };
    logisticLossGradient(arena.copyMatrix(X), target, arena.copyFloat64(w), 0.3, whole);
    const [losses, pointwise] = [arena.float64(33), arena.float64(33)];
    timesVector(arena.copyMatrix(X), arena.copyFloat64(w), 0, losses);
    logisticLossesOfScores(target, 0.3, losses, pointwise);
    return { whole: copied(whole), losses: losses.slice(), pointwise: pointwise.slice() };
  });
  expect([found.losses, found.pointwise]).toEqual([found.whole.losses, found.whole.pointwise]);
});

test.each([false, true])('softmax losses of scores by class are those of the products (weights: %s)', (isWeighted) => {
  const k = 3;
  const X = randomDense(33, 8, 5);
  const [W, y, weights, bias] = [coefficients(8 * k, 5), Float64Array.from({ length: 33 }, (_, i) => (i * 7) % k), numbers(33, 3).map((v) => Math.abs(v) % 3), [0.3, -1, 2]];
  const byClass = (values: Float64Array): Float64Array => Float64Array.from(values, (_, p) => values[(p % 33) * k + Math.floor(p / 33)]);
  const found = onBoth((arena) => {
    const target = { y: arena.copyFloat64(y), weights: isWeighted ? arena.copyFloat64(weights) : undefined, divisor: 7 };
    const whole = { losses: arena.float64(33), pointwise: arena.float64(33 * k), gradient: arena.float64(8 * k) };
    softmaxLossGradient(arena.copyMatrix(X), target, arena.copyFloat64(W), arena.copyFloat64(bias), k, whole);
    const scores = arena.float64(33 * k);
    timesMatrix(arena.copyMatrix(X), arena.copyFloat64(W), k, undefined, scores);
    const [losses, pointwise] = [arena.float64(33), arena.float64(33 * k)];
    softmaxLossesByClass(target, arena.copyFloat64(byClass(scores)), arena.copyFloat64(bias), losses, pointwise);
    return { whole: copied(whole), losses: losses.slice(), pointwise: pointwise.slice() };
  });
  expect([found.losses, found.pointwise]).toEqual([found.whole.losses, byClass(found.whole.pointwise)]);
});
