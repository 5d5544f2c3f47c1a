import { describe, expect, test } from '@jest/globals';
import * as nn from '../../src/nn/index.ts';

const { init } = nn;
const shape = [40, 25, 3];
const drawn = (fill: (parameter: nn.Parameter) => nn.Parameter) => nn.withSeed(11, () => fill(new nn.Parameter(shape))).data;
const spread = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
const [fanIn, fanOut] = [25 * 3, 40 * 3];
const count = 40 * 25 * 3;

describe('initial weights', () => {
  // A standard deviation of n numbers is known to about 1/√(2n) of itself; five times that.
  const margin = 5 / Math.sqrt(2 * count);

  test.each<[string, (parameter: nn.Parameter) => nn.Parameter, number]>([
    ['uniform', (p) => init.uniform(p, { low: -0.5, high: 0.5 }), 0.5],
    ['xavierUniform', (p) => init.xavierUniform(p, { gain: 2 }), 2 * Math.sqrt(6 / (fanIn + fanOut))],
    ['kaimingUniform', (p) => init.kaimingUniform(p), Math.sqrt(6 / fanIn)],
    ['kaimingUniform from the outputs', (p) => init.kaimingUniform(p, { mode: 'fanOut', nonlinearity: 'tanh' }), (5 / 3) * Math.sqrt(3 / fanOut)],
    ['kaimingUniform with a slope', (p) => init.kaimingUniform(p, { negativeSlope: Math.sqrt(5) }), Math.sqrt(1 / fanIn)],
  ])('%s lies evenly within its bounds', (_, fill, bound) => {
    const values = drawn(fill);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * bound);
    expect(Math.min(...values)).toBeLessThan(-0.99 * bound);
    expect(Math.abs(spread(values) / (bound / Math.sqrt(3)) - 1)).toBeLessThan(margin);
  });

  test.each<[string, (parameter: nn.Parameter) => nn.Parameter, number]>([
    ['normal', (p) => init.normal(p, { std: 0.3 }), 0.3],
    ['xavierNormal', (p) => init.xavierNormal(p), Math.sqrt(2 / (fanIn + fanOut))],
    ['kaimingNormal', (p) => init.kaimingNormal(p, { nonlinearity: 'relu' }), Math.sqrt(2 / fanIn)],
  ])('%s has its standard deviation', (_, fill, std) => {
    expect(Math.abs(spread(drawn(fill)) / std - 1)).toBeLessThan(margin);
  });

  test.each([
    [[6, 6], 1],
    [[4, 3, 3], 2],
    [[9, 4], 1.5],
  ])('orthogonal of shape %p and gain %d has rows or columns at right angles', (size, gain) => {
    const { data } = nn.withSeed(1, () => init.orthogonal(new nn.Parameter(size), { gain }));
    const [rows, cols] = [size[0], data.length / size[0]];
    const at = (i: number, j: number) => (rows <= cols ? data[i * cols + j] : data[j * cols + i]);
    const [few, many] = [Math.min(rows, cols), Math.max(rows, cols)];
    for (let a = 0; a < few; a++) {
      for (let b = 0; b < few; b++) {
        let dot = 0;
        for (let j = 0; j < many; j++) dot += at(a, j) * at(b, j);
        expect(dot).toBeAllClose(a === b ? gain * gain : 0, { absolute: 1e-5, relative: 0 });
      }
    }
  });

  test('constant, zeros and ones fill', () => {
    expect([init.constant, init.zeros, init.ones].map((fill) => new Set((fill as (p: nn.Parameter, value: number) => nn.Parameter)(new nn.Parameter([2, 2], 5), 3).data))).toEqual([new Set([3]), new Set([0]), new Set([1])]);
  });

  test('scaled schemes need two dimensions', () => {
    expect(() => init.xavierUniform(new nn.Parameter([3]))).toThrow('xavierUniform: the parameter must have two dimensions or more, got [3].');
    expect(() => init.calculateGain('swish' as 'relu')).toThrow('calculateGain: nonlinearity must be one of linear, sigmoid, tanh, relu, leakyRelu, selu, got swish.');
  });
});

describe("layers start as PyTorch's do", () => {
  const bounds = (parameter: nn.Parameter | undefined, bound: number): void => {
    const most = Math.max(...parameter!.data.map(Math.abs));
    expect(most).toBeLessThanOrEqual(bound);
    expect(most).toBeGreaterThan(0.9 * bound);
  };

  test('Linear, convolutions and recurrent layers within one over the root of their inputs', () => {
    nn.withSeed(0, () => {
      const linear = new nn.Linear(50, 40);
      for (const parameter of linear.parameters()) bounds(parameter, 1 / Math.sqrt(50));
      for (const parameter of new nn.Conv2d(4, 40, 3, { groups: 2 }).parameters()) bounds(parameter, 1 / Math.sqrt(18));
      for (const parameter of new nn.GRU(3, 16, { numLayers: 2, bidirectional: true }).parameters()) bounds(parameter, 1 / 4);
    });
  });

  test('Embedding standard normal with a zero row for padding, attention by xavier, normalisation at one and zero', () => {
    nn.withSeed(0, () => {
      const embedding = new nn.Embedding(400, 10, { paddingIdx: 1 });
      expect(spread(embedding.weight.data)).toBeAllClose(1, { absolute: 0.05, relative: 0 });
      expect(embedding.weight.data.slice(10, 20)).toEqual(new Float32Array(10));
      const attention = new nn.MultiheadAttention(20, 2);
      bounds(attention.inProjWeight, Math.sqrt(6 / 80));
      expect([...attention.inProjBias!.data, ...attention.outProj.bias!.data].every((value) => value === 0)).toBe(true);
      const norm = new nn.BatchNorm1d(2);
      expect(Object.values(norm.stateDict()).map(({ data }) => [...data])).toEqual([[1, 1], [0, 0], [0, 0], [1, 1]]);
    });
  });
});
