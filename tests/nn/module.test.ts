import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as nn from '../../src/nn/index.ts';

class Twice extends nn.Module {
  hidden = new nn.Linear(3, 3);
  blocks = [new nn.Linear(3, 2), new nn.BatchNorm1d(2)];
  outScale = new nn.Parameter([2], [1, 2]);
  head = this.hidden;

  override forward(x: nn.Tensor): nn.Tensor {
    const y = this.head.forward(nn.relu(this.hidden.forward(x)));
    return nn.mul(this.blocks.reduce<nn.Tensor>((z, block) => block.forward(z), y), this.outScale);
  }
}

describe('a module', () => {
  test('finds parameters, statistics and modules in its properties, in arrays too, each once and in snake case', () => {
    const net = new Twice();
    expect(net.namedParameters().map(([name, { shape }]) => [name, shape])).toEqual([
      ['out_scale', [2]],
      ['hidden.weight', [3, 3]],
      ['hidden.bias', [3]],
      ['blocks.0.weight', [2, 3]],
      ['blocks.0.bias', [2]],
      ['blocks.1.weight', [2]],
      ['blocks.1.bias', [2]],
    ]);
    expect(net.namedBuffers().map(([name]) => name)).toEqual(['blocks.1.running_mean', 'blocks.1.running_var']);
    expect(net.namedModules().map(([name]) => name)).toEqual(['', 'hidden', 'blocks.0', 'blocks.1']);
  });

  test('names entries of Sequential and ModuleList by their place, and recurrent weights as PyTorch does', () => {
    const net = new nn.Sequential(new nn.Embedding(4, 2), new nn.LSTM(2, 3, { bidirectional: true, returns: 'last' }), new nn.Linear(6, 1));
    expect(Object.keys(net.stateDict())).toEqual(
      ['0.weight', ...['', '_reverse'].flatMap((way) => ['weight_ih', 'weight_hh', 'bias_ih', 'bias_hh'].map((name) => `1.${name}_l0${way}`)), '2.weight', '2.bias'],
    );
    const list = new nn.ModuleList([new nn.Linear(1, 1), new nn.ReLU()]);
    expect(Object.keys(list.stateDict())).toEqual(['0.weight', '0.bias']);
    expect([list.length, list.at(-1)]).toEqual([2, [...list][1]]);
    expect(() => list.forward()).toThrow('ModuleList: a list has no forward. Call its modules one by one, or use Sequential.');
  });

  test('switches every module inside it between training and eval mode', () => {
    const net = new Twice();
    net.eval();
    expect(net.modules().map((module) => module.training)).toEqual([false, false, false, false]);
    net.train();
    expect(net.modules().every((module) => module.training)).toBe(true);
  });

  test('applies a function to inner modules before outer ones', () => {
    const seen: string[] = [];
    const net = new nn.Sequential(new nn.Sequential(new nn.Linear(1, 1)), new nn.ReLU());
    net.apply((module) => void seen.push(module.constructor.name));
    expect(seen).toEqual(['ReLU', 'Linear', 'Sequential', 'Sequential']);
  });

  test('gives copies of its state, and loading replaces values in place', () => {
    const net = new Twice();
    const state = net.stateDict();
    const { data } = net.hidden.weight;
    state['hidden.weight'].data.fill(7);
    expect(data).not.toContain(7);
    expect(net.loadStateDict(state)).toBe(net);
    expect(net.hidden.weight.data).toBe(data);
    expect(Array.from(data)).toEqual(new Array(9).fill(7));
  });

  test('draws the same weights from the same seed, and leaves the generator outside alone', () => {
    const weights = (seed: number) => nn.withSeed(seed, () => new Twice()).stateDict();
    expect(weights(3)).toEqual(weights(3));
    expect(weights(3)).not.toEqual(weights(4));
    nn.manualSeed(5);
    const first = new nn.Linear(2, 2).stateDict();
    nn.manualSeed(5);
    weights(9);
    expect(new nn.Linear(2, 2).stateDict()).toEqual(first);
  });
});

describe('a state dict of another architecture', () => {
  const net = () => new nn.Sequential(new nn.Linear(4, 3), new nn.ReLU(), new nn.Linear(3, 2));
  const other = (...layers: nn.Module[]) => new nn.Sequential(...layers).stateDict();
  const advice = 'Load it into a net of the architecture it was saved from.';

  test.each([
    ['a shape', () => other(new nn.Linear(4, 3), new nn.ReLU(), new nn.Linear(3, 5)), `Sequential: 2.weight must have shape [2, 3], the state dict has [5, 3]. ${advice}`],
    ['a missing layer', () => other(new nn.Linear(4, 3)), `Sequential: the state dict must have 2.weight [2, 3], it has 0.weight, 0.bias. ${advice}`],
    ['a layer too many', () => other(new nn.Linear(4, 3), new nn.ReLU(), new nn.Linear(3, 2), new nn.Linear(2, 2)), `Sequential: the state dict has 3.weight, which this net lacks. ${advice}`],
  ])('is refused by its first mismatch: %s', (_, state, message) => {
    const model = net();
    const before = model.stateDict();
    expect(() => model.loadStateDict(state())).toThrow(message);
    expect(model.stateDict()).toEqual(before);
  });

  test("passes over PyTorch's counter of batches", () => {
    const model = new nn.BatchNorm1d(2);
    const state = { ...model.stateDict(), num_batches_tracked: { shape: [], data: Float32Array.of(3) } };
    expect(() => model.loadStateDict(state)).not.toThrow();
  });
});

test('an embedding begins with given rows, frozen unless told otherwise', () => {
  const rows = [[1, 2, 3], [4, 5, 6]];
  const table = nn.Embedding.fromPretrained(rows, { paddingIdx: 0 });
  expect(table.stateDict()).toEqual({ weight: { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } });
  expect([table.paddingIdx, table.weight.requiresGrad]).toEqual([0, false]);
  expect(nn.Embedding.fromPretrained(rows, { freeze: false }).weight.requiresGrad).toBe(true);
  expect(() => nn.Embedding.fromPretrained([[1, 2], [3]])).toThrow('every row must have 2 values as row 0 has, row 1 has 1.');
});

describe('weights in a safetensors file', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'refit-weights-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('come back into a net of the same architecture', async () => {
    const [saved, empty] = [1, 2].map((seed) => nn.withSeed(seed, () => new Twice()));
    const path = join(folder, 'net.safetensors');
    await nn.saveWeights(path, saved);
    await nn.loadWeights(path, empty);
    expect(empty.stateDict()).toEqual(saved.stateDict());
    expect(readdirSync(folder)).toEqual(['net.safetensors']);
  });

  test('are refused where the file is cut short or of another net, and the net stays as it is', async () => {
    const path = join(folder, 'net.safetensors');
    await nn.saveWeights(path, new nn.Linear(3, 2));
    const net = new nn.Linear(3, 1);
    const before = net.stateDict();
    await expect(nn.loadWeights(path, net)).rejects.toThrow('Linear: weight must have shape [1, 3], the state dict has [2, 3].');
    writeFileSync(path, Buffer.from([1, 2, 3]));
    await expect(nn.loadWeights(path, net)).rejects.toThrow('the file must have at least 8 bytes, got 3');
    await expect(nn.loadWeights(join(folder, 'none'), net)).rejects.toThrow(/^loadWeights: .*none cannot be read \(ENOENT\)\. Check the path\.$/);
    expect(net.stateDict()).toEqual(before);
  });
});

test('summary is a table of layers with shapes and counts', () => {
  const net = new nn.Sequential(new nn.Conv2d(1, 8, 3, { padding: 1 }), new nn.ReLU(), new nn.MaxPool2d(2), new nn.Flatten(), new nn.Linear(8 * 14 * 14, 10));
  net.parameters()[0].requiresGrad = false;
  expect(nn.summary(net, { inputs: { x: { shape: [1, 28, 28] } } })).toBe(
    [
      'layer  kind       output          parameters',
      '0      Conv2d     [N, 8, 28, 28]          80',
      '1      ReLU       [N, 8, 28, 28]           0',
      '2      MaxPool2d  [N, 8, 14, 14]           0',
      '3      Flatten    [N, 1568]                0',
      '4      Linear     [N, 10]             15,690',
      '15,770 parameters, 15,698 of them trained',
    ].join('\n'),
  );
  expect(nn.summary(new Twice(), { inputs: { x: { shape: [3] } } }).split('\n').slice(1, 4)).toEqual([
    'hidden    Linear       [N, 3]          12',
    'hidden    Linear       [N, 3]      shared',
    'blocks.0  Linear       [N, 2]           8',
  ]);
});
