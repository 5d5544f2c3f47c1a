import { Arena } from '../../src/kernels/arena.ts';
import fc from 'fast-check';
import { encodeLabels } from '../../src/core/labels.ts';
import type { LinearLoss } from '../../src/linear/linear-loss.ts';
import { LogisticLoss } from '../../src/linear/logistic-loss.ts';
import { SoftmaxLoss } from '../../src/linear/softmax-loss.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';
import { dataSets } from './data-sets.ts';

const cases = fixture('linear').cases.filter(({ call }) => call.startsWith('LinearModelLoss'));

function lossOn(X: DenseMatrix | CsrMatrix, codes: Int32Array, classes: number, settings: any): LinearLoss {
  return classes === 2 ? new LogisticLoss(X, codes, { ...settings, arena: new Arena() }) : new SoftmaxLoss(X, codes, classes, { ...settings, arena: new Arena() });
}

describe.each(['as it is', 'stored the other way'])('value and gradient on X %s are those of scikit-learn', (storage) => {
  test.each(cases)('$name', ({ options, input, expected, tolerance }) => {
    const { X, y } = dataSets[input.data];
    const { classes, codes } = encodeLabels('test', y);
    const stored = storage === 'as it is' ? X : X.kind === 'csr' ? X.toDense() : CsrMatrix.fromDense(X);
    const sampleWeight = input.sampleWeight ? Float64Array.from(input.sampleWeight) : undefined;
    const loss = lossOn(stored, codes, classes.length, { ...options, sampleWeight });
    const gradient = new Float64Array(loss.size).fill(123);
    const value = loss.evaluate(Float64Array.from(input.coefficients), gradient);
    expect([value]).toBeAllClose([expected.value], { relative: tolerance, absolute: tolerance });
    expect(gradient).toBeAllClose(expected.gradient, { relative: tolerance, absolute: tolerance });
  });
});

describe.each([2, 3, 5])('with %i classes', (classes) => {
  const problem = fc.record({
    X: fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }), { minLength: 4, maxLength: 9 }),
    start: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4 * classes, maxLength: 4 * classes }),
    labels: fc.array(fc.nat(classes - 1), { minLength: 9, maxLength: 9 }),
    weights: fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), { minLength: 9, maxLength: 9 }),
  });
  const settings = (rows: number, weights: number[]): any => ({ l2: 0.3, fitIntercept: true, sampleWeight: Float64Array.from(weights.slice(0, rows)) });

  test('the gradient is the slope of the value in every direction', () => {
    fc.assert(
      fc.property(problem, ({ X, start, labels, weights }) => {
        const loss = lossOn(DenseMatrix.from(X), Int32Array.from(labels.slice(0, X.length)), classes, settings(X.length, weights));
        const w = Float64Array.from(start.slice(0, loss.size));
        const gradient = new Float64Array(loss.size);
        const scratch = new Float64Array(loss.size);
        loss.evaluate(w, gradient);
        const h = 1e-6;
        for (let e = 0; e < w.length; e++) {
          const [up, down] = [h, -h].map((step) => loss.evaluate(w.map((v, at) => (at === e ? v + step : v)), scratch));
          expect(Math.abs((up - down) / (2 * h) - gradient[e])).toBeLessThan(1e-8);
        }
      }),
      { seed: 11, numRuns: 25 },
    );
  });

  test('scores worked out elsewhere give the same mean loss and residuals', () => {
    fc.assert(
      fc.property(problem, ({ X, start, labels, weights }) => {
        const loss = lossOn(DenseMatrix.from(X), Int32Array.from(labels.slice(0, X.length)), classes, { ...settings(X.length, weights), l2: 0 });
        const coefficients = Float64Array.from(start.slice(0, loss.size));
        const value = loss.evaluate(coefficients, new Float64Array(loss.size));
        const residuals = loss.residuals.slice();
        loss.residuals.fill(0);
        const scores = new Float64Array(residuals.length);
        loss.scoresAt(coefficients, scores);
        expect(loss.evaluateScores(scores)).toBe(value);
        expect(loss.residuals).toEqual(residuals);
      }),
      { seed: 12, numRuns: 25 },
    );
  });

  test('residuals are weighted probabilities less the truth', () => {
    fc.assert(
      fc.property(problem, ({ X, start, labels, weights }) => {
        const codes = Int32Array.from(labels.slice(0, X.length));
        const loss = lossOn(DenseMatrix.from(X), codes, classes, settings(X.length, weights));
        const coefficients = Float64Array.from(start.slice(0, loss.size));
        loss.evaluate(coefficients, new Float64Array(loss.size));
        const scores = new Float64Array(loss.residuals.length);
        loss.scoresAt(coefficients, scores);
        const p = new Float64Array(scores.length);
        loss.probabilities(scores, p);
        for (let at = 0; at < p.length; at++) {
          const i = Math.floor(at / loss.outputs);
          const truth = loss.outputs === 1 ? codes[i] : Number(codes[i] === at % loss.outputs);
          expect(loss.residuals[at]).toBeCloseTo(((p[at] - truth) * weights[i]) / loss.totalWeight, 13);
        }
      }),
      { seed: 13, numRuns: 25 },
    );
  });
});

test('two classes by softmax lose what one sigmoid of the difference loses', () => {
  const X = DenseMatrix.from([[1, 2], [0, -1], [3, 1]]);
  const codes = Int32Array.of(0, 1, 1);
  const settings = { l2: 0, fitIntercept: true, arena: new Arena() };
  const sigmoid = new LogisticLoss(X, codes, settings).evaluate(Float64Array.of(0.5, -1, 0.25), new Float64Array(3));
  const softmax = new SoftmaxLoss(X, codes, 2, settings).evaluate(Float64Array.of(0, 0.5, 0, -1, 0, 0.25), new Float64Array(6));
  expect(softmax).toBeCloseTo(sigmoid, 14);
});

test('scores in the thousands neither overflow nor lose the loss', () => {
  const X = DenseMatrix.from([[5000], [-5000], [5000], [-5000]]);
  const gradient = new Float64Array(1);
  const value = new LogisticLoss(X, [0, 0, 1, 1], { l2: 0, fitIntercept: false, arena: new Arena() }).evaluate(Float64Array.of(1), gradient);
  expect(value).toBe(2500);
  expect(gradient[0]).toBe(2500);
});
