import { ParseError } from '../core/errors.ts';
import { ELEMENTS, elementCount, type OnnxAttribute, type OnnxElement, type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxTensor, type OnnxValue } from './onnx-model.ts';
import { bigintsOf, floatOf, integerOf, type ProtobufField, readFields, realsOf, textOf } from './protobuf-reader.ts';

const OWNER = 'decodeOnnx';
const elementOf = new Map(Object.entries(ELEMENTS).map(([name, { code }]) => [code, name as OnnxElement]));

/**
 * Reads an .onnx file's bytes. Weights are copied out of them. Fields that a graph runs without (doc strings, value
 * infos, quantisation notes) are passed over.
 *
 * @throws ParseError where the bytes are not a model, are truncated, or hold what has no place here: weights in
 *   another file, sparse tensors, half floats.
 * @example
 * const { graph, opsets } = decodeOnnx(await readFile('model.onnx'));
 */
export function decodeOnnx(bytes: Uint8Array): OnnxModel {
  let irVersion = 0;
  let producer = '';
  let graph: OnnxGraph | undefined;
  const opsets: Record<string, number> = {};
  const metadata: Record<string, string> = {};
  for (const field of readFields(OWNER, bytes)) {
    if (field.number === 1) irVersion = integerOf(field);
    else if (field.number === 2) producer = textOf(field);
    else if (field.number === 7) graph = graphOf(field.bytes);
    else if (field.number === 8) {
      let domain = '';
      let version = 0;
      for (const part of readFields(OWNER, field.bytes)) {
        if (part.number === 1) domain = textOf(part);
        else if (part.number === 2) version = integerOf(part);
      }
      opsets[domain] = version;
    } else if (field.number === 14) {
      const entry = [...readFields(OWNER, field.bytes)];
      metadata[entry.filter((part) => part.number === 1).map(textOf).join('')] = entry.filter((part) => part.number === 2).map(textOf).join('');
    }
  }
  if (graph === undefined || irVersion === 0) throw new ParseError(`${OWNER}: the bytes must be an ONNX model, they hold no graph. Check that the file is an .onnx file and whole.`);
  return { irVersion, producer, opsets, graph, metadata };
}

function graphOf(bytes: Uint8Array): OnnxGraph {
  let name = '';
  const nodes: OnnxNode[] = [];
  const initializers: Record<string, OnnxTensor> = {};
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  for (const field of readFields(OWNER, bytes)) {
    if (field.number === 1) nodes.push(nodeOf(field.bytes));
    else if (field.number === 2) name = textOf(field);
    else if (field.number === 5) {
      const [tensorName, tensor] = tensorOf(field.bytes);
      initializers[tensorName] = tensor;
    } else if (field.number === 11) inputs.push(valueOf(field.bytes));
    else if (field.number === 12) outputs.push(valueOf(field.bytes));
    else if (field.number === 15) throw new ParseError(`${OWNER}: sparse initializers are not supported.`);
  }
  return { name, nodes, initializers, inputs, outputs };
}

function nodeOf(bytes: Uint8Array): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, OnnxAttribute> = {};
  let [name, op, domain] = ['', '', ''];
  for (const field of readFields(OWNER, bytes)) {
    if (field.number === 1) inputs.push(textOf(field));
    else if (field.number === 2) outputs.push(textOf(field));
    else if (field.number === 3) name = textOf(field);
    else if (field.number === 4) op = textOf(field);
    else if (field.number === 5) {
      const [attribute, value] = attributeOf(field.bytes);
      attributes[attribute] = value;
    } else if (field.number === 7) domain = textOf(field);
  }
  return { op, domain: domain === 'ai.onnx' ? '' : domain, name, inputs, outputs, attributes };
}

function attributeOf(bytes: Uint8Array): [name: string, value: OnnxAttribute] {
  const fields = [...readFields(OWNER, bytes)];
  const all = (number: number): ProtobufField[] => fields.filter((field) => field.number === number);
  const name = all(1).map(textOf).join('');
  const type = all(20).map(integerOf)[0];
  switch (type) {
    // proto3 leaves out a number that is 0 and a text that is empty.
    case 1:
      return [name, { float: all(2).map(floatOf)[0] ?? 0 }];
    case 2:
      return [name, { int: all(3).map(integerOf)[0] ?? 0 }];
    case 3:
      return [name, { string: all(4).map(textOf)[0] ?? '' }];
    case 4:
      return [name, { tensor: tensorOf(all(5)[0].bytes)[1] }];
    case 5:
      return [name, { graph: graphOf(all(6)[0].bytes) }];
    case 6:
      return [name, { floats: all(7).flatMap((field) => realsOf(field, 4)) }];
    case 7:
      return [name, { ints: all(8).flatMap((field) => bigintsOf(OWNER, field).map(Number)) }];
    case 8:
      return [name, { strings: all(9).map(textOf) }];
    default:
      throw new ParseError(`${OWNER}: attribute ${name} is of kind ${type}, which is not supported.`);
  }
}

function tensorOf(bytes: Uint8Array): [name: string, tensor: OnnxTensor] {
  const fields = [...readFields(OWNER, bytes)];
  const all = (number: number): ProtobufField[] => fields.filter((field) => field.number === number);
  const name = all(8).map(textOf).join('');
  const shape = all(1).flatMap((field) => bigintsOf(OWNER, field).map(Number));
  const code = all(2).map(integerOf)[0];
  const type = elementOf.get(code);
  if (type === undefined) throw new ParseError(`${OWNER}: tensor ${name} has elements of kind ${code}, which is not supported.`);
  if (all(13).length > 0) throw new ParseError(`${OWNER}: tensor ${name} keeps its data in another file. Save the model in one file.`);
  const data = tensorData(type, all);
  if (data.length !== elementCount(shape)) {
    throw new ParseError(`${OWNER}: tensor ${name} of shape [${shape.join(', ')}] must have ${elementCount(shape)} elements, the file has ${data.length}. The file is damaged.`);
  }
  return [name, { type, shape, data }];
}

/** Elements stand either raw or in the field of their kind. */
function tensorData(type: OnnxElement, all: (number: number) => ProtobufField[]): OnnxTensor['data'] {
  if (type === 'string') return all(6).map(textOf);
  const raw = all(9)[0];
  const { array } = ELEMENTS[type];
  if (raw !== undefined) return new array!(new Uint8Array(raw.bytes).buffer);
  switch (type) {
    case 'float':
      return Float32Array.from(all(4).flatMap((field) => realsOf(field, 4)));
    case 'double':
      return Float64Array.from(all(10).flatMap((field) => realsOf(field, 8)));
    case 'int64':
      return BigInt64Array.from(all(7).flatMap((field) => bigintsOf(OWNER, field)));
    case 'uint64':
      return BigUint64Array.from(all(11).flatMap((field) => bigintsOf(OWNER, field)));
    default: {
      const numbers = all(type === 'uint32' ? 11 : 5).flatMap((field) => bigintsOf(OWNER, field).map(Number));
      const values = new array!(new ArrayBuffer(numbers.length * new array!(new ArrayBuffer(0)).BYTES_PER_ELEMENT)) as Int32Array;
      values.set(numbers);
      return values;
    }
  }
}

function valueOf(bytes: Uint8Array): OnnxValue {
  let name = '';
  let type: OnnxElement | undefined;
  let shape: (number | string | null)[] | undefined;
  const inside = (outer: Uint8Array, number: number): Uint8Array[] => [...readFields(OWNER, outer)].filter((field) => field.number === number).map((field) => field.bytes);
  for (const field of readFields(OWNER, bytes)) {
    if (field.number === 1) name = textOf(field);
    else if (field.number === 2) {
      for (const tensorType of inside(field.bytes, 1)) {
        for (const part of readFields(OWNER, tensorType)) {
          if (part.number === 1) type = elementOf.get(integerOf(part));
          else if (part.number === 2) shape = inside(part.bytes, 1).map(dimensionOf);
        }
      }
    }
  }
  if (type === undefined) throw new ParseError(`${OWNER}: ${name} must be a tensor of a known kind of element, it is something else.`);
  return shape === undefined ? { name, type } : { name, type, shape };
}

function dimensionOf(bytes: Uint8Array): number | string | null {
  for (const field of readFields(OWNER, bytes)) {
    if (field.number === 1) return integerOf(field);
    if (field.number === 2) return textOf(field);
  }
  return null;
}
