import { describe, expect, test } from '@jest/globals';
import { differentiate } from '../../src/nn/differentiate.ts';
import * as nn from '../../src/nn/index.ts';
import { meanLoss } from '../../src/nn/losses/loss.ts';
import { BATCH } from '../../src/nn/shape.ts';
import { Input } from '../../src/nn/tensor.ts';
import { fixture } from '../fixture.ts';
import { runTensors } from './run-tensors.ts';

const { cases } = fixture('nn-optimizers');

const losses: Record<string, (options?: any) => nn.Loss> = { mse: nn.mse, l1: nn.l1, huber: nn.huber, smoothL1: nn.smoothL1, bceWithLogits: nn.bceWithLogits, crossEntropy: nn.crossEntropy };
const optimizers = { SGD: nn.SGD, Adam: nn.Adam, AdamW: nn.AdamW, RMSprop: nn.RMSprop };

function stateOf(json: Record<string, { shape: number[]; data: number[] }>): nn.StateDict {
  return Object.fromEntries(Object.entries(json).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]));
}

export const mlp = () => new nn.Sequential(new nn.Linear(5, 8), new nn.ReLU(), new nn.Linear(8, 6), new nn.Tanh(), new nn.Linear(6, 3));

describe('losses', () => {
  for (const { name, input, options, expected, tolerance } of cases.filter((one) => one.input.kind === 'loss')) {
    test(name, async () => {
      const loss = losses[input.loss](options);
      const x = new Input('x', [BATCH, ...input.shape.slice(1)]);
      const { shape, type } = loss.target(x.shape);
      const target = new Input('t', shape, type);
      const weight = input.weight ? new Input('w', [BATCH]) : undefined;
      const result = meanLoss(loss, x, target, weight);
      const [gradient] = differentiate(result, [x]);
      const rows = input.shape[0];
      const targets = type === 'int32' ? { data: Int32Array.from(input.target), shape: [rows] } : { data: Float32Array.from(input.target), shape: input.shape };
      const values = await runTensors(
        [x, target, ...(weight ? [weight] : [])],
        [{ data: Float32Array.from(input.prediction), shape: input.shape }, targets, ...(weight ? [{ data: Float32Array.from(input.weight), shape: [rows] }] : [])],
        { result, gradient: gradient! },
      );
      expect(values.result).toEqual({ shape: [], data: [expect.any(Number)] });
      expect(values.result.data[0]).toBeAllClose(expected.loss, { relative: tolerance, absolute: 0 });
      expect(values.gradient.data).toBeAllClose(expected.gradient, { relative: tolerance, absolute: tolerance * Math.max(...expected.gradient.map(Math.abs)) });
    });
  }
});

describe('twenty steps of an optimiser', () => {
  for (const { name, input, options, expected, tolerance } of cases.filter((one) => one.input.kind === 'train')) {
    test(name, async () => {
      const model = mlp().loadStateDict(stateOf(input.start));
      const step = await nn.compileTrainStep({
        model,
        inputs: { x: { shape: [5] } },
        loss: nn.crossEntropy(),
        optimizer: new optimizers[input.optimizer as keyof typeof optimizers](options),
        clipGradNorm: input.clip.norm,
        clipGradValue: input.clip.value,
      });
      const batch = (i: number) => ({ x: Float32Array.from(input.x[i].flat()), target: Int32Array.from(input.y[i]) });
      const { gradients } = await step.gradients(batch(0));
      expect(Object.keys(gradients)).toEqual(Object.keys(expected.gradients));
      for (const [parameter, values] of Object.entries(expected.gradients as Record<string, number[]>)) {
        expect(gradients[parameter].data).toBeAllClose(values, { relative: tolerance, absolute: tolerance * Math.max(...values.map(Math.abs)) });
      }
      const seen = { losses: [] as number[], norms: [] as number[] };
      for (let i = 0; i < 20; i++) {
        const { loss, gradNorm, applied } = await step.run(batch(i));
        expect(applied).toBe(true);
        seen.losses.push(loss);
        seen.norms.push(gradNorm);
      }
      expect(seen.losses).toBeAllClose(expected.losses, { relative: tolerance, absolute: tolerance });
      expect(seen.norms).toBeAllClose(expected.norms, { relative: tolerance, absolute: tolerance });
      const state = model.stateDict();
      for (const [parameter, { shape, data }] of Object.entries(expected.state as Record<string, { shape: number[]; data: number[] }>)) {
        expect(state[parameter].shape).toEqual(shape);
        expect(state[parameter].data).toBeAllClose(data, { relative: tolerance, absolute: tolerance });
      }
      await step.dispose();
    });
  }
});

test('gradients are clipped by norm, and what is left by value', async () => {
  const model = new nn.Linear(3, 1).loadStateDict(stateOf({ weight: { shape: [1, 3], data: [0.5, -1, 2] }, bias: { shape: [1], data: [0] } }));
  const step = await nn.compileTrainStep({ model, inputs: { x: { shape: [3] } }, loss: nn.mse(), optimizer: new nn.SGD({ lr: 1 }), clipGradNorm: 2, clipGradValue: 1 });
  const batch = { x: Float32Array.of(1, 2, 4, 0, 1, 3), target: Float32Array.of(1, -2) };
  const { gradients } = await step.gradients(batch);
  const all = Object.values(gradients).flatMap(({ data }) => [...data]);
  const norm = Math.hypot(...all);
  expect(norm).toBeGreaterThan(20);
  const before = Object.values(model.stateDict()).flatMap(({ data }) => [...data]);
  await step.run(batch);
  const after = Object.values(model.stateDict()).flatMap(({ data }) => [...data]);
  const expected = all.map((value) => Math.max(-1, Math.min(1, (value * 2) / norm)));
  expect(expected).toContain(1);
  expect(before.map((value, i) => value - after[i])).toBeAllClose(expected, { absolute: 1e-6, relative: 1e-5 });
  await step.dispose();
});
