import { Arena } from '../../src/kernels/arena.ts';
import { encodeLabels } from '../../src/core/labels.ts';
import { lbfgs, type Objective } from '../../src/linear/lbfgs.ts';
import { LogisticLoss } from '../../src/linear/logistic-loss.ts';
import { SoftmaxLoss } from '../../src/linear/softmax-loss.ts';
import { fixture } from '../fixture.ts';
import { dataSets } from './data-sets.ts';

type Build = (input: any, size: number) => Objective;

const elementwise =
  (value: (x: number, i: number, input: any) => number, slope: (x: number, i: number, input: any) => number): Build =>
  (input, size) => ({
    size,
    evaluate(x, gradient) {
      let f = 0;
      for (let i = 0; i < size; i++) {
        f += value(x[i], i, input);
        gradient[i] = slope(x[i], i, input);
      }
      return f;
    },
  });

const rosenbrock: Build = (_, size) => ({
  size,
  evaluate(x, gradient) {
    gradient.fill(0);
    let f = 0;
    for (let i = 0; i + 1 < size; i++) {
      const bend = x[i + 1] - x[i] ** 2;
      f += 100 * bend ** 2 + (1 - x[i]) ** 2;
      gradient[i] += -400 * x[i] * bend - 2 * (1 - x[i]);
      gradient[i + 1] += 200 * bend;
    }
    return f;
  },
});

const logLoss: Build = ({ data, l2, fitIntercept }) => {
  const { X, y } = dataSets[data];
  const { classes, codes } = encodeLabels('test', y);
  return classes.length === 2 ? new LogisticLoss(X, codes, { l2, fitIntercept, arena: new Arena() }) : new SoftmaxLoss(X, codes, classes.length, { l2, fitIntercept, arena: new Arena() });
};

const objectives: Record<string, Build> = {
  rosenbrock,
  logLoss,
  quadratic: elementwise(
    (x, i, { d }) => 0.5 * d[i] * x * x - x,
    (x, i, { d }) => d[i] * x - 1,
  ),
  quartic: elementwise(
    (x) => x ** 4,
    (x) => 4 * x ** 3,
  ),
  kink: elementwise(Math.abs, Math.sign),
};

const cases = fixture('linear').cases.filter(({ call }) => call.startsWith('scipy.optimize.minimize'));

describe('lbfgs decides as scipy does', () => {
  test.each(cases)('$name', ({ options, input, expected, tolerance }) => {
    const x0 = Float64Array.from(input.x0);
    const result = lbfgs(objectives[input.kind](input, x0.length), x0, options);
    const { x, f, ...decisions } = result;
    const { x: expectedX, f: expectedF, ...expectedDecisions } = expected;
    expect(decisions).toEqual(expectedDecisions);
    expect(x).toBeAllClose(expectedX, { relative: tolerance, absolute: tolerance });
    expect([f]).toBeAllClose([expectedF], { relative: tolerance, absolute: tolerance });
  });
});

describe('lbfgs', () => {
  test('leaves the starting point as it was', () => {
    const x0 = new Float64Array([-1.2, 1]);
    lbfgs(rosenbrock({}, 2), x0);
    expect([...x0]).toEqual([-1.2, 1]);
  });

  test('ends, and says so, when the function is nowhere a number', () => {
    const nowhere: Objective = { size: 2, evaluate: (_, gradient) => (gradient.fill(Number.NaN), Number.NaN) };
    const result = lbfgs(nowhere, new Float64Array(2), { maxLineSearch: 5 });
    expect(result.converged).toBe(false);
    expect(result.iterations).toBe(0);
  });

  test('evaluates as often as it reports', () => {
    let calls = 0;
    const inner = rosenbrock({}, 4);
    const counted: Objective = { size: 4, evaluate: (x, gradient) => (calls++, inner.evaluate(x, gradient)) };
    expect(lbfgs(counted, new Float64Array(4)).evaluations).toBe(calls);
  });
});
