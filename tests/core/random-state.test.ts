import fc from 'fast-check';
import { logarithm } from '../../src/core/logarithm.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { fixture } from '../fixture.ts';

/** numpy's method names as ours. */
const methods: Record<string, (random: RandomState, args: any[]) => unknown> = {
  nextUint32: (random, [size]) => Array.from({ length: size }, () => random.nextUint32()),
  random_sample: (random, [size]) => random.randomSample(size),
  randint: (random, [low, high, size]) => random.randint(low, high, size),
  uniform: (random, [low, high, size]) => random.uniform(low, high, size),
  shuffle: (random, [list]) => random.shuffle(list),
  permutation: (random, [of]) => random.permutation(of),
  choice: (random, [from, size, options]) => random.choice(from, size, options),
  standard_normal: (random, [size]) => random.standardNormal(size),
  normal: (random, [loc, scale, size]) => random.normal(loc, scale, size),
  exponential: (random, [scale, size]) => random.exponential(scale, size),
  gamma: (random, [shape, scale, size]) => random.gamma(shape, scale, size),
};

const plain = (value: unknown): unknown => (ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value);

describe('RandomState against numpy', () => {
  test.each(fixture('random-state').cases.map((c) => [c.name, c] as const))('%s', (_, { input, expected, tolerance }) => {
    const random = new RandomState(input.seed);
    const drawn = input.calls.map(([method, ...args]: [string, ...any[]]) => plain(methods[method](random, args)));
    if (tolerance === 0) expect(drawn).toEqual(expected);
    else expect(drawn).toBeAllClose(expected, { relative: tolerance, absolute: 0 });
  });
});

describe('RandomState', () => {
  test('no seed and null are seed 0, never the clock', () => {
    const zero = new RandomState(0).randomSample(5);
    expect(new RandomState().randomSample(5)).toEqual(zero);
    expect(new RandomState(null).randomSample(5)).toEqual(zero);
  });

  test('from keeps a generator and makes one of a seed', () => {
    const random = new RandomState(3);
    expect(RandomState.from(random)).toBe(random);
    expect(RandomState.from(3).nextUint32()).toBe(random.nextUint32());
  });

  test('setState goes back to where getState was, between the halves of a normal pair too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 1300 }), (seed, steps) => {
        const random = new RandomState(seed);
        for (let i = 0; i < steps; i++) random.nextUint32();
        random.standardNormal();
        const state = random.getState();
        const first = [random.standardNormal(), random.standardNormal(), random.nextUint32()];
        expect([...new RandomState().setState(state).standardNormal(2)]).toEqual(first.slice(0, 2));
        random.setState(state);
        expect([random.standardNormal(), random.standardNormal(), random.nextUint32()]).toEqual(first);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  test('permutation of a list leaves the list as it was', () => {
    const list = ['a', 'b', 'c', 'd'];
    const shuffled = new RandomState(1).permutation(list);
    expect(list).toEqual(['a', 'b', 'c', 'd']);
    expect([...shuffled].sort()).toEqual(list);
  });

  test.each([
    [() => new RandomState(-1), 'RandomState: seed must be a whole number in [0, 4294967295], got -1.'],
    [() => new RandomState(2 ** 32), 'RandomState: seed must be a whole number in [0, 4294967295], got 4294967296.'],
    [() => new RandomState(0.5), 'RandomState: seed must be a whole number in [0, 4294967295], got 0.5.'],
    [() => new RandomState([]), 'RandomState: seed must be a whole number or a list of them, got [].'],
    [() => new RandomState([1, -2]), 'RandomState: seed must be a whole number in [0, 4294967295], got -2.'],
    [() => new RandomState().randint(5, 5), 'RandomState: randint must have whole low < high, got 5 and 5.'],
    [() => new RandomState().randint(0), 'RandomState: randint must have whole low < high, got 0 and 0.'],
    [() => new RandomState().randomSample(-1), 'RandomState: size must be a whole number of at least 0, got -1.'],
    [() => new RandomState().choice(0, 1), 'RandomState: choice must have at least one item to choose from, got 0.'],
    [() => new RandomState().choice(3, 4, { replace: false }), 'RandomState: choice without replacement must ask for at most 3 items, got 4.'],
    [() => new RandomState().choice(2, 1, { p: [0.5, 0.4] }), 'RandomState: p must sum to 1, got 0.9.'],
    [() => new RandomState().choice(2, 1, { p: [1.5, -0.5] }), 'RandomState: p must not be negative, item 1 has -0.5.'],
    [() => new RandomState().choice(2, 1, { p: [1] }), 'RandomState: p must have one probability per item (2), got 1.'],
    [() => new RandomState().choice(2, 2, { p: [1, 0], replace: false }), 'RandomState: p must be above 0 for at least 2 items, got 1.'],
    [
      () => new RandomState().setState({ key: new Uint32Array(3), pos: 0, hasGauss: false, gauss: 0 }),
      'RandomState: a state must have 624 words and a position among them, got 3 and 0.',
    ],
  ] as const)('%# refuses what it cannot use', (act, message) => {
    expect(act).toThrow(message);
  });
});

describe('logarithm', () => {
  // Computed with 60 decimal digits; Math.log misses some of these by the last bit.
  test.each([
    [0.3535348626679904, -1.0397731770995389],
    [0.6996231823995839, -0.35721339973777744],
    [0.9372449468869547, -0.06481061480561107],
    [1, 0],
    [2, Math.LN2],
    [10, Math.LN10],
  ])('is the double nearest ln %p', (x, expected) => {
    expect(logarithm(x)).toBe(expected);
  });

  test('stays within one unit in the last place of Math.log, and follows it outside the normal range', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true }), (x) => {
        expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(Math.abs(Math.log(x)) * 2.3e-16);
      }),
      { seed: 1, numRuns: 500 },
    );
    for (const x of [0, -1, Infinity, NaN, 1e-310]) expect(logarithm(x)).toBe(Math.log(x));
  });
});
