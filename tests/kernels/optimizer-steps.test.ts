import { adamStep, rmspropStep, sgdStep, squaredNorm } from '../../src/kernels/optimizer-steps.ts';
import { trainingKernelsFor, trainingVectors } from '../../src/kernels/training-memory.ts';
import { LENGTHS, numbers } from './both.ts';

/** Runs three steps on compiled kernels and on the twins, checks that the bits are the same, and returns them. */
function onBoth(length: number, count: number, work: (vectors: Float32Array[]) => unknown): unknown[] {
  const start = Array.from({ length: count }, (_, i) => Float32Array.from(numbers(length, i + 1), (value) => (i === 0 ? value : i === 1 ? value / 100 : Math.abs(value % 1) * 0.01)));
  const results = [trainingVectors(new Array<number>(count).fill(length)), start.map(() => new Float32Array(length))].map((vectors, i) => {
    vectors.forEach((vector, j) => vector.set(start[j]));
    expect(trainingKernelsFor(vectors[0], ...vectors) !== undefined).toBe(i === 0);
    const values = [work(vectors), work(vectors), work(vectors)];
    return [...vectors.map((vector) => Float32Array.from(vector)), values];
  });
  expect(results[0]).toStrictEqual(results[1]);
  if (length > 0 && count > 1) expect(results[0][0]).not.toEqual(start[0]);
  return results[0];
}

describe.each(LENGTHS)('on %i numbers', (length) => {
  test.each([
    [2, { momentum: 0, dampening: 0, nesterov: false }],
    [3, { momentum: 0.9, dampening: 0.2, nesterov: false }],
    [3, { momentum: 0.9, dampening: 0, nesterov: true }],
  ])('stochastic gradient descent on %i vectors, %o', (count, options) => {
    onBoth(length, count, ([values, gradient, velocity]) => sgdStep(values, gradient, velocity, { lr: 0.1, weightDecay: 0.03, ...options }));
  });

  test('Adam', () => {
    const [values, gradient, first] = onBoth(length, 4, ([v, g, m, s]) =>
      adamStep(v, g, m, s, { beta1: 0.9, beta2: 0.99, eps: 1e-8, stepSize: 0.01, secondScale: 3.3, addedDecay: 0.1, keep: 0.99 }),
    ) as Float32Array[];
    expect([...values, ...first].every(Number.isFinite)).toBe(true);
    expect(gradient).toEqual(Float32Array.from(numbers(length, 2), (value) => value / 100));
  });

  test.each([3, 4, 5])('RMSprop on %i vectors', (count) => {
    onBoth(length, count, ([values, gradient, squares, velocity, mean]) => {
      // A variance is never negative.
      mean?.fill(0);
      rmspropStep(values, gradient, squares, velocity, mean, { lr: 0.01, alpha: 0.9, eps: 1e-8, weightDecay: 0.01, momentum: 0.5 });
    });
  });

  test('the squared norm is the sum of squares', () => {
    const x = Float32Array.from(numbers(length, 1));
    const [, [sum]] = onBoth(length, 1, ([vector]) => squaredNorm(vector)) as [Float32Array, number[]];
    expect(sum).toBeAllClose(x.reduce((total, value) => total + value * value, 0), { relative: 1e-13 });
  });
});

test('a step leaves what lies around its stretch alone', () => {
  const [values, gradient] = trainingVectors([9, 9]);
  gradient.fill(1);
  sgdStep(values.subarray(1, 7), gradient.subarray(1, 7), undefined, { lr: 1, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false });
  expect(Array.from(values)).toEqual([0, -1, -1, -1, -1, -1, -1, 0, 0]);
});

test('refuses vectors of different lengths', () => {
  const [values, gradient] = trainingVectors([4, 3]);
  expect(() => sgdStep(values, gradient, undefined, { lr: 1, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false })).toThrow('sgdStep: gradient must have 4 elements, got 3.');
});

test('what is remembered of gradients that have ended is zero in the end, on kernels and twins', () => {
  const step = { beta1: 0.9, beta2: 0.9, eps: 1e-8, stepSize: 0.01, secondScale: 1, addedDecay: 0, keep: 1 };
  for (const vectors of [trainingVectors([5, 5, 5, 5]), [0, 1, 2, 3].map(() => new Float32Array(5))]) {
    const [values, gradient, first, second] = vectors;
    gradient.set([1, -1, 1e-3, 0, 1e-20]);
    adamStep(values, gradient, first, second, step);
    // A gradient of 1e-20 counts as none: its square is too small for single precision.
    expect(Array.from(first, Math.abs)).toBeAllClose([0.1, 0.1, 1e-4, 0, 0], { relative: 1e-6 });
    gradient.fill(0);
    for (let i = 0; i < 1000; i++) adamStep(values, gradient, first, second, step);
    expect([...first, ...second].every((value) => value === 0)).toBe(true);
  }
});
