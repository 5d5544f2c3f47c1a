import { ShapeError } from '../core/errors.ts';
import { ELEMENTS, elementCount, type OnnxAttribute, type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnx-model.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

const utf8 = new TextEncoder();

/**
 * A model as the bytes of an .onnx file, which ONNX Runtime opens in Python, in Node and in the browser.
 * Numbers of tensors are stored raw, in little-endian order, as ONNX asks.
 *
 * @throws ShapeError naming the tensor whose data do not fill its shape.
 * Source: ONNX, "Open Neural Network Exchange Intermediate Representation" and onnx.proto.
 * @example
 * await writeFile('model.onnx', encodeOnnx(builder.model({ opsets: { '': 18 } })));
 */
export function encodeOnnx(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const out = new ProtobufWriter();
  out.integer(1, model.irVersion);
  out.string(2, model.producer);
  out.bytes(7, graphBytes(model.graph));
  for (const [domain, version] of Object.entries(model.opsets)) {
    const opset = new ProtobufWriter();
    opset.string(1, domain);
    opset.integer(2, version);
    out.bytes(8, opset.finish());
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    const entry = new ProtobufWriter();
    entry.string(1, key);
    entry.string(2, value);
    out.bytes(14, entry.finish());
  }
  return out.finish();
}

function graphBytes(graph: OnnxGraph): Uint8Array {
  const out = new ProtobufWriter();
  for (const node of graph.nodes) out.bytes(1, nodeBytes(node));
  out.string(2, graph.name);
  for (const [name, tensor] of Object.entries(graph.initializers)) out.bytes(5, tensorBytes(tensor, name));
  for (const value of graph.inputs) out.bytes(11, valueBytes(value));
  for (const value of graph.outputs) out.bytes(12, valueBytes(value));
  return out.finish();
}

function nodeBytes(node: OnnxNode): Uint8Array {
  const out = new ProtobufWriter();
  for (const name of node.inputs) out.string(1, name);
  for (const name of node.outputs) out.string(2, name);
  if (node.name) out.string(3, node.name);
  out.string(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) out.bytes(5, attributeBytes(name, value));
  if (node.domain) out.string(7, node.domain);
  return out.finish();
}

function attributeBytes(name: string, value: OnnxAttribute): Uint8Array {
  const out = new ProtobufWriter();
  out.string(1, name);
  let type: number;
  if ('float' in value) {
    out.float(2, value.float);
    type = 1;
  } else if ('int' in value) {
    out.integer(3, value.int);
    type = 2;
  } else if ('string' in value) {
    out.string(4, value.string);
    type = 3;
  } else if ('tensor' in value) {
    out.bytes(5, tensorBytes(value.tensor, name));
    type = 4;
  } else if ('graph' in value) {
    out.bytes(6, graphBytes(value.graph));
    type = 5;
  } else if ('floats' in value) {
    out.floats(7, value.floats);
    type = 6;
  } else if ('ints' in value) {
    out.integers(8, value.ints);
    type = 7;
  } else {
    for (const text of value.strings) out.string(9, text);
    type = 8;
  }
  out.integer(20, type);
  return out.finish();
}

function tensorBytes(tensor: OnnxTensor, name: string): Uint8Array {
  const { type, shape, data } = tensor;
  if (data.length !== elementCount(shape)) {
    throw new ShapeError(`encodeOnnx: tensor ${name} of shape [${shape.join(', ')}] must have ${elementCount(shape)} elements, got ${data.length}.`);
  }
  const out = new ProtobufWriter();
  out.integers(1, shape);
  out.integer(2, ELEMENTS[type].code);
  if (ArrayBuffer.isView(data)) out.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  else for (const text of data) out.bytes(6, utf8.encode(text));
  out.string(8, name);
  return out.finish();
}

function valueBytes({ name, type, shape }: OnnxValue): Uint8Array {
  const tensorType = new ProtobufWriter();
  tensorType.integer(1, ELEMENTS[type].code);
  if (shape) {
    const dimensions = new ProtobufWriter();
    for (const size of shape) {
      const dimension = new ProtobufWriter();
      if (typeof size === 'number') dimension.integer(1, size);
      else if (size !== null) dimension.string(2, size);
      dimensions.bytes(1, dimension.finish());
    }
    tensorType.bytes(2, dimensions.finish());
  }
  const typeOut = new ProtobufWriter();
  typeOut.bytes(1, tensorType.finish());
  const out = new ProtobufWriter();
  out.string(1, name);
  out.bytes(2, typeOut.finish());
  return out.finish();
}
