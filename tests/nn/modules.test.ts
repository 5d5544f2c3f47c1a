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
