import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeOnnx } from '../../src/formats/decode-onnx.ts';
import { encodeOnnx } from '../../src/formats/encode-onnx.ts';
import { OnnxGraphBuilder } from '../../src/formats/onnx-graph-builder.ts';
import type { OnnxModel } from '../../src/formats/onnx-model.ts';
import { fixture } from '../fixture.ts';

function linear(): OnnxModel {
  const graph = new OnnxGraphBuilder('linear');
  const x = graph.input('X', 'float', ['N', 2]);
  const w = graph.constant({ type: 'float', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }, 'W');
  const scores = graph.node('MatMul', [x, w]);
  graph.output('scores', scores, 'float', ['N', 3]);
  const label = graph.node('LabelEncoder', [graph.node('ArgMax', [scores], { attributes: { axis: { int: -1 }, keepdims: { int: 0 } } })], {
    domain: 'ai.onnx.ml',
    attributes: { keys_int64s: { ints: [0, 1, 2] }, values_strings: { strings: ['ham', 'spam', 'ünknown'] } },
  });
  graph.output('label', label, 'string', ['N']);
  return graph.model({ opsets: { '': 18, 'ai.onnx.ml': 3 }, metadata: { classes: 'three' } });
}

describe('ONNX files', () => {
  for (const { name, input, expected } of fixture('onnx-files').cases) {
    test(name, () => {
      const { graph, opsets, metadata, irVersion, producer } = decodeOnnx(Buffer.from(input, 'base64'));
      expect({ opsets, metadata, irVersion, producer }).toEqual({ opsets: { '': 18, 'ai.onnx.ml': 3 }, metadata: { classes: 'ham,spam' }, irVersion: 8, producer: 'onnx' });
      for (const [tensor, values] of Object.entries(expected)) {
        const numbers = Array.from(graph.initializers[tensor].data as unknown[], (value) => (typeof value === 'bigint' ? Number(value) : value));
        expect([tensor, numbers]).toEqual([tensor, (values as unknown[]).map((value) => (typeof value === 'boolean' ? Number(value) : value === 3e38 ? Math.fround(value) : value))]);
      }
      expect(graph.initializers.scalar.shape).toEqual([]);
      expect(graph.inputs).toEqual([{ name: 'X', type: 'float', shape: ['N', 4, null] }]);
      expect(graph.outputs).toEqual([{ name: 'Y', type: 'string', shape: [2] }]);
      expect(graph.nodes).toHaveLength(1);
      const { attributes, ...node } = graph.nodes[0];
      expect(node).toEqual({ op: 'Anything', domain: 'ai.onnx.ml', name: 'first', inputs: ['X', '', 'float'], outputs: ['Y'] });
      const { body, constant, ...plain } = attributes;
      expect(plain).toEqual({
        real: { float: 0.5 },
        whole: { int: -3 },
        text: { string: 'SOFTMAX' },
        reals: { floats: [0.25, -1] },
        wholes: { ints: [0, -1, 300] },
        texts: { strings: ['a', ''] },
        zero: { int: 0 },
      });
      expect(constant).toEqual({ tensor: { type: 'int64', shape: [1], data: BigInt64Array.of(9n) } });
      expect(body).toMatchObject({ graph: { name: 'body', inputs: [{ name: 'a', type: 'float' }], outputs: [{ name: 'b', shape: ['N'] }] } });
    });

    test('what the onnx package wrote comes through writing and reading again', () => {
      const model = decodeOnnx(Buffer.from(input, 'base64'));
      expect(decodeOnnx(encodeOnnx(model))).toEqual(model);
    });
  }

  test('ONNX Runtime runs what the builder made, for any number of rows', async () => {
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const session = await InferenceSession.create(encodeOnnx(linear()));
    for (const rows of [1, 3]) {
      const data = Float32Array.from({ length: rows * 2 }, (_, i) => (i % 2 === 0 ? 1 : -1));
      const { scores, label } = await session.run({ X: new Tensor('float32', data, [rows, 2]) });
      expect(Array.from(scores.data as Float32Array)).toEqual(Array.from({ length: rows }, () => [-3, -3, -3]).flat());
      expect(label.data).toEqual(Array.from({ length: rows }, () => 'ham'));
    }
    await session.release();
  });

  test('whole numbers of any sign and size come back', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (ints, big) => {
        const graph = new OnnxGraphBuilder('numbers');
        graph.constant({ type: 'int64', shape: [1], data: BigInt64Array.of(big) }, 'big');
        graph.node('Any', [], { attributes: { ints: { ints } } });
        const read = decodeOnnx(encodeOnnx(graph.model({ opsets: { '': 18 } }))).graph;
        expect(read.nodes[0].attributes.ints).toEqual({ ints: ints.map((i) => i + 0) });
        expect(read.initializers.big.data).toEqual(BigInt64Array.of(big));
      }),
      { seed: 6 },
    );
  });

  test('a file cut anywhere is refused, never half read', () => {
    const bytes = encodeOnnx(linear());
    const { graph } = linear();
    for (let end = 0; end < bytes.length; end++) {
      let read: OnnxModel | undefined;
      try {
        read = decodeOnnx(bytes.subarray(0, end));
      } catch (error) {
        expect((error as Error).name).toBe('ParseError');
      }
      // Only the opsets and notes that follow the graph may be missing.
      if (read) expect(read.graph.nodes).toEqual(graph.nodes);
    }
  });

  test('says what is wrong', () => {
    const graph = new OnnxGraphBuilder('wrong');
    graph.input('X', 'float', ['N']);
    expect(() => graph.input('X', 'float')).toThrow('OnnxGraphBuilder: every value must have a name of its own, "X" is taken.');
    graph.constant({ type: 'float', shape: [2], data: Float32Array.of(1) }, 'W');
    expect(() => encodeOnnx(graph.model({ opsets: { '': 18 } }))).toThrow('encodeOnnx: tensor W of shape [2] must have 2 elements, got 1.');
    graph.node('Normalizer', ['X'], { domain: 'ai.onnx.ml' });
    expect(() => graph.model({ opsets: { '': 18 } })).toThrow('OnnxGraphBuilder: opsets must give a version for domain "ai.onnx.ml", which Normalizer belongs to.');
    expect(() => decodeOnnx(new Uint8Array())).toThrow('decodeOnnx: the bytes must be an ONNX model, they hold no graph. Check that the file is an .onnx file and whole.');
    expect(() => decodeOnnx(Uint8Array.of(0x0f))).toThrow('decodeOnnx: byte 1 must begin a field, but wire type 7 does not exist. The file is damaged or of another format.');
  });
});
