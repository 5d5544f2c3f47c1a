import { describe, expect, test } from '@jest/globals';
import { differentiate } from '../../src/nn/differentiate.ts';
import { convolution } from '../../src/nn/operators/convolution.ts';
import { mul } from '../../src/nn/operators/arithmetic.ts';
import { sum } from '../../src/nn/operators/sum-and-expand.ts';
import { channelBlock } from '../../src/nn/runtime/channel-block.ts';
import { BATCH, sizeOf, withBatch } from '../../src/nn/shape.ts';
import { Input, type Operation, type Tensor } from '../../src/nn/tensor.ts';
import { runTraced, Trace } from '../../src/nn/trace.ts';
import { runTensors } from './run-tensors.ts';

const wave = (length: number, phase: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + phase));

/** Output and gradients of a convolution of 32 × 16 channels, with channels in blocks of a size. */
function graphOf(block: number, size: number, kernel: number, settings: { stride?: number; padding?: number; dilation?: number }) {
  const { stride = 1, padding = 0, dilation = 1 } = settings;
  const pair = (value: number) => [value, value];
  const inputs = [new Input('x', [BATCH, 16, size, size]), new Input('w', [32, 16, kernel, kernel]), new Input('b', [32])];
  return runTraced(new Trace(new Map(), { block }), () => {
    const [x, weight, bias] = inputs;
    const output = convolution(x, weight, bias, { stride: pair(stride), padding: pair(padding), dilation: pair(dilation), groups: 1 });
    const g = new Input('g', output.shape);
    const gradients = differentiate(sum(mul(output, g)), inputs) as Tensor[];
    return { inputs: [...inputs, g], outputs: { output, dx: gradients[0], dw: gradients[1], db: gradients[2] } };
  });
}

const domainsOf = ({ inputs, domain }: Operation): string[] => [domain, ...inputs.flatMap((input) => (input?.operation ? domainsOf(input.operation) : []))];

describe('convolutions over channels in blocks', () => {
  const cases = [
    ['margins that keep the size', 7, 3, { padding: 1 }],
    ['no margins', 6, 5, {}],
    ['a kernel with gaps', 9, 3, { padding: 1, dilation: 2 }],
    ['every second place', 8, 3, { stride: 2, padding: 1 }],
    ['margins wider than the kernel reaches', 5, 2, { padding: 2 }],
  ] as const;
  for (const [name, size, kernel, settings] of cases) {
    test(`${name}: output and gradients are those of the plain operators`, async () => {
      const block = await channelBlock('test', { thread: false });
      const [plain, blocked] = await Promise.all(
        [0, block].map(async (width) => {
          const { inputs, outputs } = graphOf(width, size, kernel, settings);
          const values = inputs.map(({ shape }, i) => ({ data: wave(sizeOf(withBatch(shape, 3)), i), shape: withBatch(shape, 3) }));
          return { domains: domainsOf(outputs.output.operation!), results: await runTensors(inputs, values, outputs) };
        }),
      );
      // A machine without such operators compares the plain ones with themselves.
      expect(blocked.domains.includes('com.microsoft.nchwc')).toBe(block > 1);
      expect(plain.domains).not.toContain('com.microsoft.nchwc');
      for (const [part, { data, shape }] of Object.entries(plain.results)) {
        expect(blocked.results[part].shape).toEqual(shape);
        expect(blocked.results[part].data).toBeAllClose(data, { relative: 1e-5, absolute: 1e-5 * Math.max(...data.map(Math.abs)) });
      }
    });
  }

  test('channels that fill no block are left as they are', () => {
    const trace = new Trace(new Map(), { block: 32 });
    const x = new Input('x', [BATCH, 16, 5, 5]);
    const output = runTraced(trace, () => convolution(x, new Input('w', [32, 16, 3, 3]), undefined, { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 }));
    expect(output.operation).toMatchObject({ op: 'Conv', domain: '' });
  });
});
