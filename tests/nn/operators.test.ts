import { describe, expect, test } from '@jest/globals';
import * as nn from '../../src/nn/index.ts';
import { differentiate } from '../../src/nn/differentiate.ts';
import { BATCH } from '../../src/nn/shape.ts';
import { Input, type Tensor } from '../../src/nn/tensor.ts';
import { fixture } from '../fixture.ts';
import { runTensors } from './run-tensors.ts';

type Apply = (inputs: Tensor[], options: any) => Tensor;

/** How a fixture's operator is called where it is not `nn[operator](...inputs, ...arguments)`. */
const calls: Record<string, Apply> = {
  pow: ([x], { exponent }) => nn.pow(x, exponent),
  sum: ([x], { axes, keepDims }) => nn.sum(x, axes ?? undefined, { keepDims }),
  mean: ([x], { axes, keepDims }) => nn.mean(x, axes ?? undefined, { keepDims }),
  cat: (inputs, { axis, twice }) => nn.cat(twice ? [...inputs, ...inputs] : inputs, axis),
  stack: (inputs, { axis }) => nn.stack(inputs, axis),
  splitSecond: ([x], { arguments: [sizes, axis] }) => nn.split(x, sizes, axis)[1],
};

interface Case {
  operator: string;
  weights: number[];
  batched: boolean[];
  inputs: { shape: number[]; data: number[]; type: 'float32' | 'int32' }[];
}

/** Σ output·weights, its gradients, and the output, as tensors of one graph. */
function graphOf({ operator, batched, inputs }: Case, options: object) {
  const tensors = inputs.map(({ shape, type }, i) => new Input(`x${i}`, batched[i] ? [BATCH, ...shape.slice(1)] : shape, type));
  const apply: Apply = calls[operator] ?? ((given, { arguments: rest = [] }) => (nn as unknown as Record<string, (...all: unknown[]) => Tensor>)[operator](...given, ...rest));
  const output = apply(tensors, options);
  const weights = new Input('weights', output.shape);
  return { tensors, weights, output, result: nn.sum(nn.mul(output, weights)) };
}

const arrays = (inputs: Case['inputs']) => inputs.map(({ data, shape, type }) => ({ shape, data: type === 'int32' ? Int32Array.from(data) : Float32Array.from(data) }));

describe('operators', () => {
  for (const { name, input, options, expected, tolerance } of fixture('nn-operators').cases) {
    test(`${input.operator}: ${name}`, async () => {
      const { tensors, weights, output, result } = graphOf(input, options);
      const gradients = differentiate(result, tensors);
      const outputs: Record<string, Tensor> = { output, result };
      gradients.forEach((gradient, i) => gradient && (outputs[`g${i}`] = gradient));
      const values = await runTensors([...tensors, weights], [...arrays(input.inputs), { shape: expected.shape, data: Float32Array.from(input.weights) }], outputs);

      const largest = (numbers: number[]): number => Math.max(1, ...numbers.map(Math.abs));
      expect(values.output.shape).toEqual(expected.shape);
      expect(values.output.data).toBeAllClose(expected.output, { relative: tolerance, absolute: tolerance * largest(expected.output) });
      for (const [i, wanted] of expected.gradients.entries()) {
        if (wanted === null) continue;
        expect(values[`g${i}`].shape).toEqual(input.inputs[i].shape);
        expect(values[`g${i}`].data).toBeAllClose(wanted, { relative: tolerance, absolute: tolerance * largest(wanted) });
      }
    });
  }
});

describe('gradients against finite differences', () => {
  // Where the function has a corner at an input, differences see both sides of it.
  const cornered = /^(abs|relu|clamp|maximum|minimum)$/;
  for (const { name, input, options, expected } of fixture('nn-operators').cases.filter((one) => !cornered.test(one.input.operator))) {
    test(`${input.operator}: ${name}`, async () => {
      const { tensors, weights, result } = graphOf(input, options);
      const fixed = { shape: expected.shape, data: Float32Array.from(input.weights) };
      const step = 1e-2;
      const moved = (sign: number) =>
        arrays(input.inputs).map(({ shape, data }, i) => ({
          shape,
          data: data instanceof Int32Array ? data : data.map((value, p) => value + sign * step * Math.cos(p + i)),
        }));
      const [after, before] = await Promise.all([1, -1].map(async (sign) => (await runTensors([...tensors, weights], [...moved(sign), fixed], { result })).result.data[0]));
      let slope = 0;
      let size = 0;
      for (const [i, gradient] of (expected.gradients as (number[] | null)[]).entries()) {
        gradient?.forEach((g, p) => {
          slope += g * Math.cos(p + i);
          size += Math.abs(g);
        });
      }
      // Truncation is of order step²; rounding 1e-7 over the step.
      expect((after - before) / (2 * step)).toBeAllClose(slope, { relative: 1e-3, absolute: 2e-3 * Math.max(1, size) });
    });
  }
});
