import { describe, expect, test } from '@jest/globals';
import { decodeOnnx } from '../../src/formats/decode-onnx.ts';
import * as nn from '../../src/nn/index.ts';

const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.3));

const nets: Record<string, [model: () => nn.Module, inputs: Record<string, { shape: number[]; type?: 'int32' }>]> = {
  'a net of convolutions': [
    () => new nn.Sequential(new nn.Conv2d(1, 4, 3), new nn.BatchNorm2d(4), new nn.ReLU(), new nn.MaxPool2d(2), new nn.Flatten(), new nn.Dropout(0.5), new nn.Linear(36, 3)),
    { x: { shape: [1, 8, 8] } },
  ],
  'a net over tokens': [() => new nn.Sequential(new nn.Embedding(7, 4), new nn.GRU(4, 5, { bidirectional: true, returns: 'last' }), new nn.Linear(10, 2)), { ids: { shape: [6], type: 'int32' } }],
  'a net with attention': [() => new nn.Sequential(new nn.Embedding(7, 4), new nn.MultiheadAttention(4, 2), new nn.LayerNorm(4), new nn.Flatten(), new nn.Linear(24, 2)), { ids: { shape: [6], type: 'int32' } }],
};

describe('a net as an ONNX file', () => {
  test.each(Object.entries(nets))('%s predicts as it does in place, for batches of any size', async (_, [make, inputs]) => {
    const model = nn.withSeed(3, make);
    // Statistics other than those a net starts with, as after training.
    for (const [, buffer] of model.namedBuffers()) buffer.data.set(buffer.data.map((value, i) => value + 0.1 * (i + 1)));
    const [[name, { shape, type }]] = Object.entries(inputs);
    const size = shape.reduce((a, b) => a * b, 1);
    const [forward, loaded] = [await nn.compileForward({ model, inputs }), await nn.loadOnnx(nn.exportOnnx(model, { inputs }))];
    expect(loaded.inputNames).toEqual([name]);
    for (const rows of [1, 5]) {
      const batch = { [name]: type === 'int32' ? Int32Array.from({ length: rows * size }, (_, i) => (i * 3) % 7) : wave(rows * size) };
      const [ours, theirs] = [await forward.run(batch), await loaded.run(batch)];
      expect(theirs.shape).toEqual(ours.shape);
      expect(theirs.data).toBeAllClose(ours.data, { relative: 1e-5, absolute: 1e-6 });
    }
    await Promise.all([forward.dispose(), loaded.dispose()]);
  });

  test('holds the weights under their names, and neither dropout nor training', () => {
    const [make, inputs] = nets['a net of convolutions'];
    const model = make();
    const { graph } = decodeOnnx(nn.exportOnnx(model, { inputs }));
    expect(Object.keys(graph.initializers)).toEqual(expect.arrayContaining(Object.keys(model.stateDict())));
    expect(graph.initializers['0.weight']).toMatchObject({ shape: [4, 1, 3, 3], data: model.stateDict()['0.weight'].data });
    expect(graph.inputs).toEqual([{ name: 'x', type: 'float', shape: ['N', 1, 8, 8] }]);
    expect(graph.outputs).toEqual([{ name: 'output', type: 'float', shape: ['N', 3] }]);
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Conv', 'BatchNormalization', 'MaxPool', 'Relu', 'Reshape', 'Gemm', 'Identity']);
    expect(model.modules().every(({ training }) => training)).toBe(true);
  });

  test.each([
    ['the last state', 'last', 2],
    ['all states', 'all', 4],
  ] as const)('of a net that needs %s of an LSTM holds nothing else that training would keep of its steps', (_, returns, outputs) => {
    const { graph } = decodeOnnx(nn.exportOnnx(new nn.LSTM(3, 5, { returns }), { inputs: { x: { shape: [7, 3] } } }));
    expect(graph.nodes.find(({ op }) => op === 'Scan')!.outputs).toHaveLength(outputs);
  });

  test('knows what ids its layers take, in which columns', async () => {
    const table = new nn.Embedding(3, 1);
    const model = (x: nn.Tensor): nn.Tensor => table.forward(nn.toInt(nn.select(x, 1, 1)));
    const loaded = await nn.loadOnnx(nn.exportOnnx(model, { inputs: { x: { shape: [2] } } }));
    expect((await loaded.run({ x: Float32Array.of(7, 2) })).data).toEqual(table.weight.data.slice(2));
    await expect(loaded.run({ x: Float32Array.of(7, 2, 0, 3) })).rejects.toThrow('Embedding: ids must be in 0…2, row 1 of x has 3 in column 1. Make numEmbeddings larger than the largest id.');
    await loaded.dispose();
  });

  test('is refused where it is cut short, or where the batch is fixed', async () => {
    const bytes = nn.exportOnnx(new nn.Linear(2, 1), { inputs: { x: { shape: [2] } } });
    await expect(nn.loadOnnx(bytes.subarray(0, 40))).rejects.toThrow('decodeOnnx: the bytes end inside a field. The file is truncated or of another format.');
  });
});
