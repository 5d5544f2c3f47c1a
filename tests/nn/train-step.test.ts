import { describe, expect, test } from '@jest/globals';
import * as nn from '../../src/nn/index.ts';
import { fillMask, maskKey } from '../../src/nn/runtime/fill-mask.ts';
import { installCommand } from '../../src/nn/runtime/install-command.ts';
import { onnxRuntime } from '../../src/nn/runtime/onnx-runtime.ts';

const build = (...layers: nn.Module[]) => (layers.length > 0 ? new nn.Sequential(...layers) : nn.withSeed(7, () => new nn.Sequential(new nn.Linear(3, 5), new nn.Tanh(), new nn.Linear(5, 2))));
const inputs = { x: { shape: [3] } };
const wave = (length: number, phase = 0) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7 + phase));
const batch = (rows: number, phase = 0) => ({ x: wave(rows * 3, phase), target: Int32Array.from({ length: rows }, (_, i) => i % 2) });
const classifier = (model: nn.Net, options: Partial<nn.CompileTrainStepOptions> = {}) => nn.compileTrainStep({ model, inputs, loss: nn.crossEntropy(), optimizer: new nn.SGD({ lr: 0.1 }), ...options });

describe('a train step', () => {
  test('takes batches of any size: the mean gradient of parts, weighted by rows, is that of the whole', async () => {
    const step = await classifier(build());
    const whole = await step.gradients(batch(7));
    const { x, target } = batch(7);
    const parts = [await step.gradients({ x: x.slice(0, 15), target: target.slice(0, 5) }), await step.gradients({ x: x.slice(15), target: target.slice(5) })];
    expect((parts[0].loss * 5 + parts[1].loss * 2) / 7).toBeAllClose(whole.loss, { relative: 1e-6 });
    for (const [name, { data }] of Object.entries(whole.gradients)) {
      expect(Array.from(parts[0].gradients[name].data, (value, i) => (value * 5 + parts[1].gradients[name].data[i] * 2) / 7)).toBeAllClose(data, { relative: 1e-5, absolute: 1e-7 });
    }
    await step.dispose();
  });

  test('with sample weights, a weight of two is the row twice, and one of zero leaves it out', async () => {
    const model = build();
    const [weighted, plain] = [await classifier(model, { sampleWeight: true }), await classifier(model)];
    const { x, target } = batch(3);
    const a = await weighted.gradients({ x, target, weight: Float32Array.of(1, 2, 0) });
    const b = await plain.gradients({ x: Float32Array.of(...x.slice(0, 6), ...x.slice(3, 6)), target: Int32Array.of(target[0], target[1], target[1]) });
    expect(a.loss).toBeAllClose(b.loss, { relative: 1e-6 });
    for (const [name, { data }] of Object.entries(a.gradients)) expect(data).toBeAllClose(b.gradients[name].data, { relative: 1e-5, absolute: 1e-7 });
  });

  test.each([
    ['their own weights', { sampleWeight: true }, { weight: new Float32Array(3) }, nn.crossEntropy()],
    ['their classes\' weights', {}, {}, nn.crossEntropy({ classWeights: [0, 0] })],
  ])('a batch whose rows all weigh nothing teaches nothing: %s are 0', async (_, options, weight, loss) => {
    const model = build();
    const before = model.stateDict();
    const step = await classifier(model, { ...options, loss });
    expect(await step.run({ ...batch(3), ...weight })).toEqual({ loss: 0, gradNorm: 0, applied: true });
    expect(model.stateDict()).toEqual(before);
  });

  test('trains plain functions over parameters, and leaves those alone that need no gradient', async () => {
    const [W, b] = [new nn.Parameter([3, 2], wave(6)), new nn.Parameter([2])];
    W.requiresGrad = false;
    const before = W.data.slice();
    const step = await classifier((x) => nn.add(nn.matmul(x, W), b), { optimizer: new nn.AdamW({ weightDecay: 0.5 }) });
    expect(Object.keys((await step.gradients(batch(4))).gradients)).toEqual(['0']);
    for (let i = 0; i < 3; i++) await step.run(batch(4));
    expect(W.data).toEqual(before);
    expect(b.data.every((value) => value !== 0)).toBe(true);
  });

  test('frozen parameters in the middle of a net stay as they are, bit for bit', async () => {
    const model = build();
    const frozen = model.parameters()[1];
    frozen.requiresGrad = false;
    const before = model.stateDict();
    const step = await classifier(model, { optimizer: new nn.Adam({ weightDecay: 0.1 }) });
    for (let i = 0; i < 3; i++) await step.run(batch(4));
    const after = model.stateDict();
    expect(Object.keys(after).filter((name) => Buffer.compare(Buffer.from(after[name].data.buffer), Buffer.from(before[name].data.buffer)) === 0)).toEqual(['0.bias']);
  });

  test('shares a layer that is used twice: its gradient is the sum of both', async () => {
    const shared = nn.withSeed(1, () => new nn.Linear(3, 3));
    const twin = new nn.Linear(3, 3).loadStateDict(shared.stateDict());
    const head = nn.withSeed(2, () => new nn.Linear(3, 2));
    const once = await classifier(new nn.Sequential(shared, new nn.Tanh(), shared, head));
    const apart = await classifier(new nn.Sequential(shared, new nn.Tanh(), twin, head));
    const [a, b] = [(await once.gradients(batch(4))).gradients, (await apart.gradients(batch(4))).gradients];
    expect(a['0.weight'].data).toBeAllClose(Array.from(b['0.weight'].data, (value, i) => value + b['2.weight'].data[i]), { relative: 1e-5, absolute: 1e-7 });
    expect(Object.keys(a)).toEqual(['0.weight', '0.bias', '3.weight', '3.bias']);
  });

  test('goes on from a saved state as if it had not stopped, bit for bit', async () => {
    const train = async (model: nn.Module, from: number, to: number, state?: nn.OptimizerState) => {
      const step = await classifier(model, { optimizer: new nn.Adam({ lr: 0.05 }) });
      if (state) step.loadOptimizerState(state);
      for (let i = from; i < to; i++) await step.run(batch(5, i), { seed: i });
      return step.optimizerState();
    };
    const net = () => nn.withSeed(3, () => build(new nn.Linear(3, 8), new nn.BatchNorm1d(8), new nn.Dropout(0.3), new nn.Linear(8, 2)));
    const [unbroken, first] = [net(), net()];
    await train(unbroken, 0, 6);
    const state = await train(first, 0, 3);
    const second = net().loadStateDict(first.stateDict());
    expect((await train(second, 3, 6, state)).steps).toBe(6);
    expect(second.stateDict()).toEqual(unbroken.stateDict());
  });

  test('of convolutions has the same bits on any number of threads', async () => {
    const rows = 64;
    const model = nn.withSeed(1, () =>
      build(new nn.Conv2d(1, 16, 3, { padding: 1 }), new nn.BatchNorm2d(16), new nn.ReLU(), new nn.MaxPool2d(2), new nn.Conv2d(16, 32, 3, { padding: 1 }), new nn.ReLU(), new nn.MaxPool2d(2), new nn.Flatten(), new nn.Linear(32 * 49, 10)),
    );
    const images = { x: wave(rows * 784), target: Int32Array.from({ length: rows }, (_, i) => i % 10) };
    const gradients = async (threads: number) => {
      const step = await classifier(model, { inputs: { x: { shape: [1, 28, 28] } }, threads });
      const result = await step.gradients(images);
      await step.dispose();
      return result;
    };
    expect(await gradients(2)).toEqual(await gradients(1));
  });

  test('on two threads gives the same numbers as on one', async () => {
    const run = async (threads: number) => {
      const model = nn.withSeed(3, () => build(new nn.Embedding(9, 4), new nn.Flatten(), new nn.Linear(12, 2)));
      const step = await nn.compileTrainStep({ model, inputs: { ids: { shape: [3], type: 'int32' } }, loss: nn.crossEntropy(), optimizer: new nn.SGD({ lr: 0.5 }), threads });
      for (let i = 0; i < 4; i++) await step.run({ ids: Int32Array.from({ length: 300 }, (_, p) => (p * p + i) % 9), target: Int32Array.from({ length: 100 }, (_, p) => p % 2) });
      return model.stateDict();
    };
    const [one, two] = [await run(1), await run(2)];
    for (const [name, { data }] of Object.entries(one)) expect(two[name].data).toBeAllClose(data, { relative: 1e-5, absolute: 1e-6 });
  });

  test('changes nothing where loss or gradients are not finite, and says so', async () => {
    const model = build(new nn.Linear(3, 4), new nn.BatchNorm1d(4), new nn.Linear(4, 2));
    const step = await classifier(model, { optimizer: new nn.Adam() });
    await step.run(batch(4));
    const [state, optimizer] = [model.stateDict(), step.optimizerState()];
    const { loss, applied } = await step.run({ ...batch(4), x: wave(12).fill(Number.NaN, 0, 1) });
    expect([loss, applied]).toEqual([Number.NaN, false]);
    expect(model.stateDict()).toEqual(state);
    expect(step.optimizerState()).toEqual(optimizer);
  });

  test('serves a forward pass compiled before training, which sees the current weights', async () => {
    const model = build();
    const forward = await nn.compileForward({ model, inputs, loss: nn.crossEntropy() });
    const step = await classifier(model);
    const before = await forward.evaluate(batch(6));
    for (let i = 0; i < 20; i++) await step.run(batch(6));
    const after = await forward.evaluate(batch(6));
    expect(after.loss).toBeLessThan(before.loss);
    expect(after.loss).toBeAllClose((await step.gradients(batch(6))).loss, { relative: 1e-6 });
    expect((await forward.run({ x: batch(6).x })).data).toEqual(after.data);
    expect(after.shape).toEqual([6, 2]);
  });

  test('leaves the weights behind when it is disposed of, in memory of their own', async () => {
    const model = build();
    const step = await classifier(model, { optimizer: new nn.Adam() });
    await step.run(batch(6));
    const state = model.stateDict();
    expect(model.parameters().every(({ data }) => data.byteLength < data.buffer.byteLength)).toBe(true);
    await step.dispose();
    expect(model.stateDict()).toEqual(state);
    expect(model.parameters().every(({ data }) => data.byteLength === data.buffer.byteLength)).toBe(true);
  });

  test('uses memory that does not grow over ten thousand steps', async () => {
    const model = build();
    const step = await classifier(model, { optimizer: new nn.Adam() });
    const { x, target } = batch(2);
    const grown: number[] = [];
    for (let i = 1; i <= 10_000; i++) {
      await step.run({ x, target });
      // From here on caches are full.
      if (i === 2_000 || i === 10_000) grown.push(process.memoryUsage().rss);
    }
    // 8,000 tensors kept, of a hundred bytes of object and memory each, would already be a megabyte; a session's buffers far more.
    expect((grown[1] - grown[0]) / 2 ** 20).toBeLessThan(40);
  });
});

describe('dropout', () => {
  test('draws the same mask from the same seed, another from another, and none in eval mode', async () => {
    const model = build(new nn.Linear(3, 50), new nn.Dropout(0.5), new nn.Linear(50, 2));
    const step = await classifier(model);
    const loss = async (seed: number) => (await step.gradients(batch(4), { seed })).loss;
    expect(step.usesRandomness).toBe(true);
    expect(await loss(1)).toBe(await loss(1));
    expect(await loss(1)).not.toBe(await loss(2));
    model.eval();
    const still = await classifier(model);
    expect(still.usesRandomness).toBe(false);
    const forward = await nn.compileForward({ model, inputs, loss: nn.crossEntropy() });
    expect((await still.gradients(batch(4))).loss).toBeAllClose((await forward.evaluate(batch(4))).loss, { relative: 1e-6 });
  });

  test.each([0.5, 0.8, 0.99])('keeps a share of %d, scaled up, without a pattern', (keep) => {
    const masks = Array.from({ length: 20 }, (_, seed) => {
      const mask = new Float32Array(10_000);
      fillMask(mask, keep, maskKey(seed, 0));
      return mask;
    });
    const scale = Math.fround(1 / keep);
    expect(new Set(masks.flatMap((mask) => [...mask]))).toEqual(new Set([0, scale]));
    const shares = masks.map((mask) => mask.filter((value) => value > 0).length / mask.length);
    // Five standard errors of one mask.
    const margin = 5 * Math.sqrt((keep * (1 - keep)) / 10_000);
    for (const share of shares) expect(Math.abs(share - keep)).toBeLessThan(margin);
    // Neighbouring places, and the same places of consecutive seeds, agree as often as chance has it.
    const agreement = (a: Float32Array, b: Float32Array) => a.filter((value, i) => value === b[i]).length / a.length;
    const chance = keep ** 2 + (1 - keep) ** 2;
    const wide = 5 * Math.sqrt((chance * (1 - chance)) / 9_999);
    for (let i = 1; i < masks.length; i++) {
      expect(Math.abs(agreement(masks[i], masks[i - 1]) - chance)).toBeLessThan(wide);
      expect(Math.abs(agreement(masks[i].subarray(1), masks[i].subarray(0, -1)) - chance)).toBeLessThan(wide);
    }
  });
});

describe('bad input', () => {
  const refusal = async (work: () => Promise<unknown>): Promise<string> => work().then(() => 'nothing was refused', (error: Error) => `${error.name}: ${error.message}`);

  test.each([
    ['a layer that does not fit', () => classifier(build(new nn.Linear(3, 4), new nn.Sequential(new nn.ReLU(), new nn.Linear(5, 2)))), 'ShapeError: Linear "1.1": x must have 5 values in its last dimension, got [N, 4].'],
    ['an image for a dense net', () => nn.compileForward({ model: new nn.Conv2d(3, 4, 3), inputs: { x: { shape: [1, 8, 8] } } }), 'ShapeError: Conv2d: x must be [N, 3, size, size], got [N, 1, 8, 8].'],
    ['a kernel larger than the image', () => nn.compileForward({ model: build(new nn.Conv2d(1, 4, 5)), inputs: { x: { shape: [1, 3, 8] } } }), 'ShapeError: Conv2d "0": the kernel [5, 5] must fit into x with its padding, got [N, 1, 3, 8].'],
    ['operands that do not fit in a function', () => classifier((x) => nn.add(x, new nn.Parameter([2]))), 'ShapeError: add: the shapes of both operands must fit each other, got [N, 3] and [2].'],
    ['features that BatchNorm does not know', () => classifier(build(new nn.BatchNorm1d(4))), 'ShapeError: BatchNorm1d "0": x must be [N, 4] or [N, 4, length], got [N, 3].'],
    ['numbers for an embedding', () => classifier(build(new nn.Embedding(3, 2))), "ShapeError: Embedding \"0\": ids must be int32, got float32 [N, 3]. Declare the input with type: 'int32', or use nn.toInt."],
    ['scores with a dimension too many', () => nn.compileTrainStep({ model: new nn.ReLU(), inputs: { x: { shape: [3, 4] } }, loss: nn.crossEntropy(), optimizer: new nn.SGD() }), 'ShapeError: crossEntropy: the net must return scores [N, classes], it returns [N, 3, 4]. End it with Linear(…, classes).'],
    ['class weights of another number', () => classifier(build(), { loss: nn.crossEntropy({ classWeights: [1, 2, 3] }) }), 'ShapeError: crossEntropy: classWeights must have a number for each of 2 classes, got 3.'],
    ['a net without parameters', () => classifier(new nn.ReLU()), 'OptionError: compileTrainStep: the loss must depend on at least one parameter that requires a gradient.'],
    ['an input called target', () => nn.compileForward({ model: new nn.ReLU(), inputs: { target: { shape: [3] } } }), 'OptionError: compileForward: an input must not be called target. Choose another name.'],
    ['the shape of a batch in place of a sample', () => nn.compileForward({ model: new nn.ReLU(), inputs: { x: { shape: [-1, 3] } } }), 'OptionError: compileForward: the shape of input x must be an array of sizes of one sample, without the batch, got [-1, 3].'],
    ['a limit of zero for gradients', () => classifier(build(), { clipGradNorm: 0 }), 'OptionError: compileTrainStep: clipGradNorm must be a number in (0, ∞), got 0.'],
  ])('while compiling: %s', async (_, work, message) => {
    expect(await refusal(work)).toBe(message);
  });

  test.each([
    ['a class beyond the last', { ...batch(4), target: Int32Array.of(0, 1, 2, 0) }, 'DataError: crossEntropy: targets must be class numbers in 0…1, row 2 of the batch has 2. Give the net an output for every class.'],
    ['a negative class', { ...batch(2), target: Int32Array.of(0, -1) }, 'DataError: crossEntropy: targets must be class numbers in 0…1, row 1 of the batch has -1. Give the net an output for every class.'],
    ['rows of different numbers', { ...batch(4), target: Int32Array.of(0, 1, 1) }, 'ShapeError: compileTrainStep: target must have 4 rows as x has, got 3.'],
    ['half a row', { ...batch(2), x: new Float32Array(7) }, 'ShapeError: compileTrainStep: x must have shape [N, 3], 3 numbers a row, got 7 numbers.'],
    ['doubles', { ...batch(2), x: new Float64Array(6) as unknown as Float32Array }, 'ShapeError: compileTrainStep: x must be a Float32Array of shape [N, 3], got a Float64Array of 6.'],
    ['no target', { x: batch(2).x }, 'ShapeError: compileTrainStep: target must be an Int32Array of shape [N], got undefined.'],
    ['a name too many', { ...batch(2), y: new Float32Array(2) }, 'ShapeError: compileTrainStep: the batch has y, which this net does not take. It takes x, target.'],
    ['no rows', { x: new Float32Array(0), target: new Int32Array(0) }, 'DataError: compileTrainStep: a batch must have at least one row.'],
  ])('while running: %s', async (_, rows, message) => {
    const step = await classifier(build());
    expect(await refusal(() => step.run(rows as nn.Batch))).toBe(message);
    await step.dispose();
  });

  test('a batch of one in BatchNorm is refused in training, and fine in eval mode and with several places', async () => {
    const model = build(new nn.Linear(3, 4), new nn.BatchNorm1d(4), new nn.Linear(4, 2));
    const step = await classifier(model);
    expect(await refusal(() => step.run(batch(1)))).toBe('DataError: BatchNorm1d "1": a batch must have more than one row in training, for one row has no spread. Drop the last batch or change the batch size.');
    const forward = await nn.compileForward({ model, inputs });
    expect((await forward.run({ x: batch(1).x })).shape).toEqual([1, 2]);
  });

  test('an id beyond the table is refused with its layer and row', async () => {
    const forward = await nn.compileForward({ model: build(new nn.Embedding(5, 2)), inputs: { ids: { shape: [2], type: 'int32' } } });
    expect(await refusal(() => forward.run({ ids: Int32Array.of(0, 1, 4, 5) }))).toBe('DataError: Embedding "0": ids must be in 0…4, row 1 of ids has 5. Make numEmbeddings larger than the largest id.');
  });

  test('ids picked from columns of numbers are checked in those columns only, fractions cut off', async () => {
    const [kinds, towns] = [new nn.Embedding(3, 2), new nn.Embedding(5, 2)];
    const net = (x: nn.Tensor): nn.Tensor => {
      const [kind, town] = nn.split(nn.toInt(nn.slice(x, 1, 1, 3)), [1, 1], 1);
      return nn.cat([nn.select(x, 1, 0), nn.select(x, 1, 3)].map((one) => nn.unsqueeze(one, 1)).concat([kinds.forward(nn.squeeze(kind, 1)), towns.forward(nn.reshape(town, [-1]))]), 1);
    };
    const forward = await nn.compileForward({ model: net, inputs: { x: { shape: [4] } } });
    const { data } = await forward.run({ x: Float32Array.of(9, 2.7, 4, -9) });
    expect([...data]).toEqual([9, -9, ...kinds.weight.data.slice(4, 6), ...towns.weight.data.slice(8, 10)]);
    expect(await refusal(() => forward.run({ x: Float32Array.of(9, 0, 0, 9, 9, 3, 0, 9) }))).toBe('DataError: Embedding: ids must be in 0…2, row 1 of x has 3 in column 1. Make numEmbeddings larger than the largest id.');
    expect(await refusal(() => forward.run({ x: Float32Array.of(9, 0, -1, 9) }))).toBe('DataError: Embedding: ids must be in 0…4, row 0 of x has -1 in column 2. Number them from 0.');
    await forward.dispose();
  });

  test('targets that are no shares, and weights below zero, are refused with their row', async () => {
    const step = await classifier(build(), { loss: nn.bceWithLogits({ posWeight: [1, 2] }), sampleWeight: true });
    const rows = (target: number[], weight: number[]) => step.run({ x: batch(2).x, target: Float32Array.from(target), weight: Float32Array.from(weight) });
    expect((await rows([0, 1, 0.5, 1], [1, 0])).applied).toBe(true);
    expect(await refusal(() => rows([0, 1, 2, 1], [1, 1]))).toBe('DataError: bceWithLogits: targets must be numbers in [0, 1], row 1 of the batch has 2. Call two classes 0 and 1; for more, use nn.crossEntropy().');
    expect(await refusal(() => rows([0, 1, 1, 1], [1, -1]))).toBe('DataError: sampleWeight: weights must be numbers in [0, ∞), row 1 of the batch has -1. Weigh a row 0 to leave it out.');
    expect(await refusal(() => classifier(build(), { loss: nn.bceWithLogits({ posWeight: [1, 2, 3] }) }))).toBe('ShapeError: bceWithLogits: posWeight must have a number for each of 2 outputs, got 3.');
    await step.dispose();
  });

  test('probabilities that do not add up to 1 are refused with their row', async () => {
    const step = await classifier(build(), { loss: nn.crossEntropy({ targets: 'probabilities' }) });
    const run = (target: number[]) => step.run({ x: batch(2).x, target: Float32Array.from(target) });
    expect((await run([0.25, 0.75, 1, 0])).applied).toBe(true);
    expect(await refusal(() => run([0.25, 0.75, 1, 1]))).toBe('DataError: crossEntropy: targets must be probabilities that add up to 1, row 1 of the batch has [1, 1]. Divide them by their sum.');
    expect(await refusal(() => run([-0.25, 1.25, 1, 0]))).toContain('row 0 of the batch has [-0.25, 1.25].');
    await step.dispose();
  });

  test("another optimiser's or another net's state is refused", async () => {
    const step = await classifier(build(), { optimizer: new nn.Adam() });
    expect(() => step.loadOptimizerState({ steps: 1, slots: { momentum: new Float32Array(32) } })).toThrow('Adam: the optimiser state must have first, second, it has momentum.');
    expect(() => step.loadOptimizerState({ steps: 1, slots: { first: new Float32Array(3), second: new Float32Array(3) } })).toThrow('Adam: first must have 32 numbers, one per trained parameter, the state has 3.');
  });

  test('options of layers, losses and optimisers say what they must be', () => {
    expect(() => new nn.Linear(3.5, 2)).toThrow('Linear: inFeatures must be a whole number in [1, ∞), got 3.5.');
    expect(() => new nn.Conv2d(3, 4, 3, { groups: 2 })).toThrow('Conv2d: inChannels must be a multiple of groups, got 3 and 2.');
    expect(() => new nn.Conv2d(2, 4, [3])).toThrow('Conv2d: kernelSize must be a number or 2 of them, got [3].');
    expect(() => new nn.MaxPool2d(2, { padding: 2 })).toThrow('MaxPool2d: padding must be at most half of kernelSize, got [2, 2] and [2, 2].');
    expect(() => new nn.Dropout(1)).toThrow('Dropout: p must be a number in [0, 1), got 1.');
    expect(() => new nn.MultiheadAttention(6, 4)).toThrow('MultiheadAttention: embedDim must be a multiple of numHeads, got 6 and 4.');
    expect(() => new nn.Embedding(3, 2, { paddingIdx: 3 })).toThrow('Embedding: paddingIdx must be a whole number in [0, 2], got 3.');
    expect(() => new nn.LSTM(2, 2, { returns: 'first' as 'last' })).toThrow('LSTM: returns must be one of "all", "last", got "first".');
    expect(() => new nn.Conv2d(1, 2, 3, { pading: 1 } as nn.ConvolutionOptions)).toThrow('Conv2d: there is no option pading. Did you mean padding? Options are stride, padding, dilation, groups, bias.');
    expect(() => new nn.LSTM(2, 2, { batchFirst: true } as nn.RecurrentOptions)).toThrow('LSTM: there is no option batchFirst. Options are numLayers, bidirectional, dropout, returns.');
    expect(() => new nn.BatchNorm1d(3, { eps: -1 })).toThrow('BatchNorm1d: eps must be a number in [0, ∞), got -1.');
    expect(() => new nn.RNN(2, 2, { nonlinearity: 'sigmoid' as 'tanh' })).toThrow('RNN: nonlinearity must be one of "tanh", "relu", got "sigmoid".');
    expect(() => nn.bceWithLogits({ posWeight: -1 })).toThrow('bceWithLogits: posWeight must be a number in [0, ∞), or a list of them, got -1.');
    expect(() => nn.smoothL1({ beta: 0 })).toThrow('smoothL1: beta must be a number in (0, ∞), got 0. For 0, use nn.l1().');
    expect(() => new nn.Parameter([2, 2], [1, 2, 3])).toThrow('Parameter: shape [2, 2] takes 4 values, got 3.');
    expect(() => nn.huber({ delta: 0 })).toThrow('huber: delta must be a number in (0, ∞), got 0.');
    expect(() => nn.crossEntropy({ labelSmoothing: 2 })).toThrow('crossEntropy: labelSmoothing must be a number in [0, 1], got 2.');
    expect(() => new nn.SGD({ nesterov: true })).toThrow('SGD: nesterov must have a momentum above 0 and a dampening of 0.');
    expect(() => new nn.Adam({ learningRate: 1 } as nn.AdamOptions)).toThrow('Adam: there is no option learningRate. Options are lr, betas, eps, weightDecay, amsgrad.');
    expect(() => new nn.Adam({ betas: [1, 0.5] })).toThrow('Adam: betas must be two numbers in [0, 1), got [1, 0.5].');
  });

  test('a layer in training mode that is called by itself says who can trace it', () => {
    const layer = new nn.Dropout(0.5);
    expect(() => layer.forward(new nn.Parameter([2]))).toThrow('Dropout: a layer in training mode can only be traced by compileTrainStep. Call model.eval() first.');
  });
});

test('a machine without onnxruntime-node is told what to install', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package 'onnxruntime-node' imported from here\nRequire stack:"));
  await expect(onnxRuntime('compileForward', missing)).rejects.toThrow(
    `compileForward: onnxruntime-node must be installed with a binary for ${process.platform}-${process.arch}, it could not be loaded (Cannot find package 'onnxruntime-node' imported from here). ` +
      `Run ${installCommand()}; it has binaries for Linux and Windows on x64 and arm64 and for macOS on arm64.`,
  );
});

test('what is typed for it fetches nothing from outside the registry', () => {
  expect(installCommand('linux', 'x64')).toBe('ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node@1.30.0');
  expect(installCommand('darwin', 'arm64')).toBe('npm install onnxruntime-node@1.30.0');
});
