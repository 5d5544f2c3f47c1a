import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differentiate } from '../../src/nn/differentiate.ts';
import { mul } from '../../src/nn/operators/arithmetic.ts';
import { maxPool } from '../../src/nn/operators/pooling.ts';
import { sum } from '../../src/nn/operators/sum-and-expand.ts';
import { BATCH } from '../../src/nn/shape.ts';
import { Input, type Tensor } from '../../src/nn/tensor.ts';
import { runTraced, Trace } from '../../src/nn/trace.ts';
import { runTensors } from './run-tensors.ts';

/** The largest number of each window and, at the first place in reading order that has it, the window's gradient. */
function byHand(x: number[], [height, width]: number[], [tall, wide]: number[], g: number[]): { output: number[]; dx: number[] } {
  const [down, across] = [Math.floor(height / tall), Math.floor(width / wide)];
  const dx = new Array<number>(x.length).fill(0);
  const output = g.map((gradient, window) => {
    const image = Math.floor(window / (down * across)) * height * width;
    const corner = image + (Math.floor(window / across) % down) * tall * width + (window % across) * wide;
    const places = Array.from({ length: tall * wide }, (_, i) => corner + Math.floor(i / wide) * width + (i % wide));
    const first = places.reduce((best, place) => (x[place] > x[best] ? place : best));
    dx[first] = gradient;
    return x[first];
  });
  return { output, dx };
}

test('of equal numbers in a window the first in reading order gets the gradient, whatever the window', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), fc.tuple(fc.nat(4), fc.nat(4)), fc.boolean(), fc.infiniteStream(fc.integer({ min: -1, max: 1 })), async (kernel, more, takesGradients, few) => {
      const size = kernel.map((length, i) => length + more[i]);
      const [rows, channels] = [2, 3];
      const [x, images] = [new Input('x', [BATCH, channels, ...size]), rows * channels];
      const { inputs, outputs } = runTraced(new Trace(new Map(), { takesGradients }), () => {
        const output = maxPool(x, { kernel, stride: kernel, padding: [0, 0] });
        const g = new Input('g', output.shape);
        return { inputs: [x, g], outputs: { output, dx: differentiate(sum(mul(output, g)), [x])[0] as Tensor } };
      });
      const values = Array.from({ length: images * size[0] * size[1] }, () => few.next().value as number);
      const shape = [rows, ...outputs.output.shape.slice(1)];
      const gradient = Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i + 1);
      const results = await runTensors(inputs, [{ data: Float32Array.from(values), shape: [rows, channels, ...size] }, { data: Float32Array.from(gradient), shape }], outputs);
      expect({ output: results.output.data, dx: results.dx.data }).toEqual(byHand(values, size, kernel, gradient));
    }),
    { numRuns: 60 },
  );
});
