import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as nn from '../../src/nn/index.ts';
import { isSteady } from '../../src/nn/operators/product.ts';

const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + 0.01 * (i % 97)));

/** Attention over every step of x, and classes from all of it. */
class Attending extends nn.Module {
  attention = new nn.MultiheadAttention(96, 3);
  flatten = new nn.Flatten();
  head = new nn.Linear(20 * 96, 3);

  override forward(x: nn.Tensor): nn.Tensor {
    return this.head.forward(this.flatten.forward(this.attention.forward(x, x, x)));
  }
}

interface Net {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type?: 'float32' | 'int32';
  readonly make: () => nn.Module;
}

const hidden = (features: number, size: number): Net => ({ name: `${features}-${size}`, shape: [features], make: () => new nn.Sequential(new nn.Linear(features, size), new nn.Tanh(), new nn.Linear(size, 3)) });

const NETS: readonly Net[] = [
  hidden(784, 144),
  hidden(1100, 20),
  hidden(700, 33),
  hidden(300, 300),
  hidden(600, 1),
  hidden(16_000, 2),
  {
    name: 'several layers',
    shape: [50],
    make: () => new nn.Sequential(new nn.Linear(50, 600), new nn.ReLU(), new nn.Linear(600, 130), new nn.ReLU(), new nn.Linear(130, 70), new nn.ReLU(), new nn.Linear(70, 1), new nn.Linear(1, 300), new nn.Tanh(), new nn.Linear(300, 3)),
  },
  { name: 'convolutions', shape: [6, 13, 13], make: () => new nn.Sequential(new nn.Conv2d(6, 16, 5), new nn.ReLU(), new nn.MaxPool2d(2), new nn.Conv2d(16, 21, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(84, 3)) },
  { name: 'convolutions over one channel', shape: [1, 30], make: () => new nn.Sequential(new nn.Conv1d(1, 2, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(56, 3)) },
  { name: 'attention', shape: [20, 96], make: () => new Attending() },
  { name: 'words', shape: [9], type: 'int32', make: () => new nn.Sequential(new nn.Embedding(40, 32), new nn.Flatten(), new nn.Linear(288, 100), new nn.ReLU(), new nn.Linear(100, 3)) },
  { name: 'a small LSTM', shape: [6, 32], make: () => new nn.Sequential(new nn.LSTM(32, 32, { returns: 'last' }), new nn.Linear(32, 600), new nn.ReLU(), new nn.Linear(600, 50), new nn.Linear(50, 3)) },
  { name: 'a large LSTM', shape: [2, 140], make: () => new nn.Sequential(new nn.LSTM(140, 300, { returns: 'last' }), new nn.Linear(300, 64), new nn.Linear(64, 3)) },
  { name: 'a large GRU', shape: [2, 300], make: () => new nn.Sequential(new nn.GRU(300, 270, { returns: 'last' }), new nn.Linear(270, 3)) },
  { name: 'a simple recurrence', shape: [2, 200], make: () => new nn.Sequential(new nn.RNN(200, 460, { returns: 'last' }), new nn.Linear(460, 3)) },
];

/** For batches of each of these sizes: digests of predictions, losses, all gradients, and the weights after a step. */
async function bitsOf({ shape, type }: Net, model: nn.Module, all: Float32Array, threads: number): Promise<string[]> {
  const inputs = { x: { shape, type } };
  const forward = await nn.compileForward({ model, inputs, threads, loss: nn.crossEntropy() });
  const step = await nn.compileTrainStep({ model, inputs, loss: nn.crossEntropy(), optimizer: new nn.SGD({ lr: 0.1 }), threads });
  const size = numbersOf(shape);
  const bits: string[] = [];
  for (const rows of [1, 3, 64, 150]) {
    const numbers = all.subarray(0, rows * size);
    const x = type === 'int32' ? Int32Array.from(numbers, (_, i) => (i * i + 7) % 40) : numbers;
    const target = Int32Array.from({ length: rows }, (_, i) => i % 3);
    const { data } = await forward.run({ x });
    const { loss } = await forward.evaluate({ x, target });
    const { gradients, loss: same } = await step.gradients({ x, target });
    await step.run({ x, target });
    const arrays = { data, losses: Float64Array.of(loss, same), ...Object.fromEntries(Object.entries(gradients).map(([name, { data: values }]) => [`gradient of ${name}`, values])) };
    const weights = Object.entries(model.stateDict()).map(([name, { data: values }]) => [name, values] as const);
    for (const [name, array] of [...Object.entries(arrays), ...weights]) bits.push(`${rows} rows, ${name}: ${digest(array)}`);
  }
  await Promise.all([step.dispose(), forward.dispose()]);
  return bits;
}

const numbersOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b);

const digest = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): string => createHash('sha1').update(new Uint8Array(buffer, byteOffset, byteLength)).digest('base64');

describe('a net has the same bits on any number of threads', () => {
  test.each(NETS)('$name', async (net) => {
    const model = nn.withSeed(5, net.make);
    const start = model.stateDict();
    const all = wave(150 * numbersOf(net.shape));
    const alone = await bitsOf(net, model, all, 1);
    for (const threads of [2, 3]) expect(await bitsOf(net, model.loadStateDict(start), all, threads)).toEqual(alone);
  });
});

test('threads that share columns leave the bits as they are where blocks of terms stay as long', () => {
  expect(isSteady(144, 784, 1)).toBe(true);
  expect(isSteady(144, 784, 2)).toBe(false);
  expect(isSteady(144, 128, 2)).toBe(true);
  expect([160, 161, 256].map((columns) => isSteady(columns, 784, 2))).toEqual([true, true, true]);
  expect(isSteady(256, 784, 4)).toBe(false);
  expect([16, 17, 64].map((columns) => isSteady(columns, 2000, 2))).toEqual([true, false, false]);
});
