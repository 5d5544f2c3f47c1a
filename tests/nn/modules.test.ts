import { describe, expect, test } from '@jest/globals';
import { differentiate } from '../../src/nn/differentiate.ts';
import * as nn from '../../src/nn/index.ts';
import { BATCH } from '../../src/nn/shape.ts';
import { Input, type Tensor } from '../../src/nn/tensor.ts';
import { runTraced } from '../../src/nn/trace.ts';
import { inEvalMode, traceOf } from '../../src/nn/trace-net.ts';
import { fixture } from '../fixture.ts';
import { runTensors } from './run-tensors.ts';

type Layer = [kind: string, ...rest: unknown[]];

const build = (layers: Layer[]): nn.Module => new nn.Sequential(...layers.map(([kind, ...rest]) => new (nn as unknown as Record<string, new (...all: unknown[]) => nn.Module>)[kind](...rest)));

const stateOf = (json: Record<string, { shape: number[]; data: number[] }>): nn.StateDict =>
  Object.fromEntries(Object.entries(json).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]));

describe('modules have the outputs, gradients and statistics of PyTorch', () => {
  for (const { name, input, expected, tolerance } of fixture('nn-modules').cases) {
    test(name, async () => {
      const model = build(input.layers).loadStateDict(stateOf(input.state));
      expect(Object.keys(model.stateDict()).sort()).toEqual(Object.keys(input.state).sort());

      const x = new Input('x', [BATCH, ...input.shape.slice(1)], input.type);
      const trace = traceOf(model, { takesGradients: true });
      const output = runTraced(trace, () => model.forward(x));
      const weights = new Input('weights', output.shape);
      const parameters = model.namedParameters();
      const gradients = differentiate(nn.sum(nn.mul(output, weights)), [x, ...parameters.map(([, parameter]) => parameter)]);
      const outputs: Record<string, Tensor> = { output, eval: inEvalMode(model, () => model.forward(x)) };
      gradients.forEach((gradient, i) => gradient && (outputs[i === 0 ? 'gx' : `g ${parameters[i - 1][0]}`] = gradient));
      for (const [buffer, value] of trace.updates) outputs[`b ${model.namedBuffers().find(([, one]) => one === buffer)![0]}`] = value;
      const data = input.type === 'int32' ? Int32Array.from(input.x) : Float32Array.from(input.x);
      const feeds = [{ data, shape: input.shape }, { data: Float32Array.from(input.weights), shape: expected.shape }];
      const values = await runTensors([x, weights], feeds, outputs);

      const close = (what: string, wanted: number[], shape: number[]): void => {
        const largest = Math.max(1, ...wanted.map(Math.abs));
        expect({ what, shape: values[what]?.shape }).toEqual({ what, shape });
        expect(values[what].data).toBeAllClose(wanted, { relative: tolerance, absolute: tolerance * largest });
      };
      close('output', expected.output, expected.shape);
      if (expected.inputGradient) close('gx', expected.inputGradient, input.shape);
      for (const [parameter, gradient] of Object.entries(expected.gradients as Record<string, { shape: number[]; data: number[] }>)) close(`g ${parameter}`, gradient.data, gradient.shape);
      for (const [buffer, value] of Object.entries(expected.buffers as Record<string, { shape: number[]; data: number[] }>)) close(`b ${buffer}`, value.data, value.shape);

      // In eval mode with the statistics that training left.
      const state = model.stateDict();
      model.loadStateDict({ ...state, ...stateOf(expected.buffers) });
      const predicted = await runTensors([x], feeds.slice(0, 1), { output: outputs.eval });
      expect(predicted.output.data).toBeAllClose(expected.eval, { relative: tolerance, absolute: tolerance * Math.max(1, ...expected.eval.map(Math.abs)) });
    });
  }
});

describe('attention', () => {
  const steps = Float32Array.from({ length: 2 * 5 * 4 }, (_, i) => Math.sin(i * 1.7));
  const masked = { x: { shape: [5, 4] }, padding: { shape: [5] } };
  const layers: Record<string, () => nn.Module> = {
    MultiheadAttention: () => new nn.MultiheadAttention(4, 2),
    TransformerEncoderLayer: () => new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 8 }),
  };

  test.each(Object.entries(layers))('%s: positions that are passed over have no say in the others', async (name, make) => {
    const layer = nn.withSeed(2, make);
    const model = (x: nn.Tensor, padding: nn.Tensor): nn.Tensor => (name === 'MultiheadAttention' ? layer.forward(x, x, x, padding) : layer.forward(x, padding));
    layer.eval();
    const long = await nn.compileForward({ model, inputs: masked });
    const short = await nn.compileForward({ model: layer, inputs: { x: { shape: [3, 4] } } });
    const { data } = await long.run({ x: steps, padding: Float32Array.of(0, 0, 0, 1, 1, 0, 0, 0, 1, 1) });
    const wanted = await short.run({ x: Float32Array.of(...steps.subarray(0, 12), ...steps.subarray(20, 32)) });
    expect([...data.subarray(0, 12), ...data.subarray(20, 32)]).toBeAllClose(wanted.data, { relative: 1e-5, absolute: 1e-6 });
    await Promise.all([long.dispose(), short.dispose()]);
  });

  test('to another sequence is that to itself where both are the same, and may be of another length', async () => {
    const layer = nn.withSeed(2, () => new nn.MultiheadAttention(4, 2));
    const [itself, other] = [
      await nn.compileForward({ model: layer, inputs: { x: { shape: [5, 4] } } }),
      await nn.compileForward({ model: (query: nn.Tensor, key: nn.Tensor) => layer.forward(query, key), inputs: { query: { shape: [2, 4] }, key: { shape: [5, 4] } } }),
    ];
    const { data } = await itself.run({ x: steps });
    const { data: first } = await other.run({ query: Float32Array.of(...steps.subarray(0, 8), ...steps.subarray(20, 28)), key: steps });
    expect(first).toBeAllClose([...data.subarray(0, 8), ...data.subarray(20, 28)], { relative: 1e-5, absolute: 1e-6 });
    await Promise.all([itself.dispose(), other.dispose()]);
  });
});

test('Dropout2d drops whole channels of a row, and keeps the others whole', async () => {
  const model = new nn.Sequential(new nn.Dropout2d(0.5), new nn.Flatten(), new nn.Linear(8 * 4, 1));
  const step = await nn.compileTrainStep({ model, inputs: { x: { shape: [8, 2, 2] } }, loss: nn.mse(), optimizer: new nn.SGD() });
  // Of a single row of ones, the gradient of a weight is a number times the mask at its place.
  const { gradients } = await step.gradients({ x: new Float32Array(32).fill(1), target: Float32Array.of(9) }, { seed: 3 });
  const channels = Array.from({ length: 8 }, (_, c) => [...new Set(gradients['2.weight'].data.subarray(4 * c, 4 * c + 4))]);
  expect(channels.every((values) => values.length === 1)).toBe(true);
  expect(new Set(channels.flat()).size).toBe(2);
  expect(channels.flat()).toContain(0);
  await step.dispose();
});

test('options of these layers say what they must be', () => {
  expect(() => new nn.GroupNorm(3, 4)).toThrow('GroupNorm: numChannels must be a multiple of numGroups, got 4 and 3.');
  expect(() => new nn.ConvTranspose2d(1, 1, 3, { outputPadding: 1 })).toThrow('ConvTranspose2d: outputPadding must be smaller than stride, got [1, 1] and [1, 1].');
  expect(() => new nn.ConvTranspose1d(3, 4, 3, { groups: 2 })).toThrow('ConvTranspose1d: inChannels must be a multiple of groups, got 3 and 2.');
  expect(() => new nn.Conv1d(1, 1, 4, { padding: 'same' })).toThrow('Conv1d: kernelSize must be odd with padding "same", got [4]. Pad by a number.');
  expect(() => new nn.Conv1d(1, 1, 3, { padding: 'same', stride: 2 })).toThrow('Conv1d: stride must be 1 with padding "same", got [2].');
  expect(() => new nn.Conv1d(1, 1, 3, { padding: 'full' as 'same' })).toThrow('Conv1d: padding must be a number or one for each dimension, or one of "same", got "full".');
  expect(() => new nn.Dropout2d(1)).toThrow('Dropout2d: p must be a number in [0, 1), got 1.');
  expect(() => new nn.TransformerEncoderLayer(6, 4)).toThrow('MultiheadAttention: embedDim must be a multiple of numHeads, got 6 and 4.');
  expect(() => new nn.TransformerEncoderLayer(4, 2, { nhead: 3 } as nn.TransformerEncoderLayerOptions)).toThrow('TransformerEncoderLayer: there is no option nhead.');
});
