import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ParseError, ShapeError } from '../../src/core/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/formats/safetensors.ts';
import { type Tensor, TENSOR_CLASSES, type TensorType } from '../../src/formats/tensor.ts';

/** A file with this header text, whatever it claims, and this much behind it. */
function file(header: string, data = new Uint8Array(0), claimed = new TextEncoder().encode(header).length): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const tensor = (type: TensorType, shape: number[], bytes: readonly number[]): Tensor => {
  const Class = TENSOR_CLASSES[type];
  const buffer = Uint8Array.from(bytes).buffer;
  return { type, shape, data: new Class(buffer, 0, bytes.length / Class.BYTES_PER_ELEMENT) };
};

const anyTensor = fc.constantFrom(...(Object.keys(TENSOR_CLASSES) as TensorType[])).chain((type) =>
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }).chain((shape) => {
    const length = shape.reduce((a, b) => a * b, 1) * TENSOR_CLASSES[type].BYTES_PER_ELEMENT;
    return fc.array(fc.integer({ min: 0, max: type === 'BOOL' ? 1 : 255 }), { minLength: length, maxLength: length }).map((bytes) => tensor(type, shape, bytes));
  }),
);

test('writes the bytes that the format prescribes', () => {
  const bytes = encodeSafetensors(new Map([['b', { type: 'U8', shape: [1], data: Uint8Array.of(7) }], ['a', { type: 'F32', shape: [2], data: Float32Array.of(1, -2) }]] as [string, Tensor][]), new Map([['k', 'v']]));
  const header = '{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}';
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  expect(Buffer.from(bytes)).toEqual(Buffer.from(file(padded, Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7))));
});

test('reads back every type, shape, name and text to the bit', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), anyTensor), { maxLength: 5 }), fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 3 }), fc.nat(9), (tensors, texts, shift) => {
      const named = new Map(tensors.filter(([name]) => name !== '__metadata__'));
      const written = encodeSafetensors(named, new Map(texts));
      // At any place in memory, aligned or not.
      const moved = new Uint8Array(written.length + shift).subarray(shift);
      moved.set(written);
      const { tensors: read, metadata } = decodeSafetensors(moved);
      expect(new Map([...metadata].sort())).toEqual(new Map([...new Map(texts)].sort()));
      expect([...read.keys()].sort()).toEqual([...named.keys()].sort());
      for (const [name, { type, shape, data }] of named) {
        expect(read.get(name)).toMatchObject({ type, shape });
        const back = (read.get(name) as Tensor).data;
        expect(Buffer.from(back.buffer, back.byteOffset, back.byteLength)).toEqual(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
      }
    }),
    { seed: 1 },
  );
});

test('starts every array at a multiple of its element, so that nothing is copied', () => {
  const bytes = encodeSafetensors(
    new Map<string, Tensor>([
      ['flags', { type: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) }],
      ['coef', { type: 'F64', shape: [1, 2], data: Float64Array.of(1, 2) }],
      ['steps', { type: 'I16', shape: [1], data: Int16Array.of(5) }],
    ]),
  );
  for (const { data } of decodeSafetensors(bytes).tensors.values()) expect(data.buffer).toBe(bytes.buffer);
});

test('refuses to write what no reader could take back', () => {
  expect(() => encodeSafetensors(new Map([['a', { type: 'F64', shape: [2, 2], data: new Float64Array(3) }]]))).toThrow(
    new ShapeError('Safetensors: "a" has shape [2, 2], which takes 4 numbers, got 3.'),
  );
  expect(() => encodeSafetensors(new Map([['a', { type: 'F32', shape: [3], data: new Float64Array(3) }]]))).toThrow(
    'Safetensors: "a" is F32, so its data must be a Float32Array, got a Float64Array of 3.',
  );
  expect(() => encodeSafetensors(new Map([['__metadata__', { type: 'U8', shape: [], data: new Uint8Array(1) }]]))).toThrow('Safetensors: a tensor must not be called __metadata__');
});

const entry = (fields: object): string => JSON.stringify({ x: { dtype: 'U8', shape: [2], data_offsets: [0, 2], ...fields } });
const two = new Uint8Array(2);

test.each([
  ['fewer than 8 bytes', new Uint8Array(3), 'the file must have at least 8 bytes, got 3'],
  ['a header of terabytes', file('{}', two, 2 ** 45), `the header must have at most 100000000 bytes, the file claims ${2 ** 45}`],
  ['a header beyond the end', file('{}', two, 9_000), 'the header must end within the file\'s 12 bytes, but ends at 9008'],
  ['a header that is a list', file('[]'), 'the header must begin with {'],
  ['text that is not JSON', file('{"a":'), 'text must be JSON'],
  ['text that is not UTF-8', file('{"a": 1}').fill(0xff, 10, 11), 'text must be UTF-8'],
  ['deep nesting', file(`{"a":${'['.repeat(1e6)}`), 'JSON must nest at most 3 deep'],
  ['an unknown type', file(entry({ dtype: 'F63' }), two), 'tensor "x" must have a dtype of F64, F32'],
  ['a type that every object has', file(entry({ dtype: 'constructor' }), two), 'tensor "x" must have a dtype of F64, F32'],
  ['a negative length', file(entry({ shape: [-2] }), two), 'tensor "x" must have a shape of whole numbers, got [-2]'],
  ['a shape larger than its data', file(entry({ shape: [2 ** 40, 2 ** 40] }), two), 'tensor "x" of shape [1099511627776, 1099511627776] must take 1.2089258196146292e+24 bytes'],
  ['offsets beyond the end', file(entry({ shape: [3], data_offsets: [0, 3] }), two), 'tensor "x" must have data_offsets that ascend within 2 bytes, got [0, 3]'],
  ['offsets that descend', file(entry({ data_offsets: [2, 0] }), two), 'tensor "x" must have data_offsets that ascend within 2 bytes, got [2, 0]'],
  ['bytes that no tensor takes', file(entry({ shape: [1], data_offsets: [0, 1] }), two), 'tensors must fill the 2 bytes after the header, they end at 1'],
  ['a gap', file(entry({ shape: [1], data_offsets: [1, 2] }), two), 'tensors must follow each other without gap or overlap, "x" begins at 1 instead of 0'],
  [
    'two tensors on the same bytes',
    file(JSON.stringify({ x: { dtype: 'U8', shape: [2], data_offsets: [0, 2] }, y: { dtype: 'U8', shape: [2], data_offsets: [0, 2] } }), two),
    'tensors must follow each other without gap or overlap, "y" begins at 0 instead of 2',
  ],
  ['a truth value of 2', file(entry({ dtype: 'BOOL' }), Uint8Array.of(0, 2)), 'tensor "x" of type BOOL must hold 0 and 1'],
  ['metadata that are no texts', file('{"__metadata__":{"a":1}}'), '__metadata__ must hold texts, "a" is 1'],
  ['metadata that are a list', file('{"__metadata__":["a"]}'), '__metadata__ must be an object of texts, got ["a"]'],
  ['an entry that is no object', file('{"x":1}'), 'tensor "x" must be described by an object, got 1'],
])('refuses %s, saying what does not hold', (_, bytes, message) => {
  expect(() => decodeSafetensors(bytes)).toThrow(ParseError);
  expect(() => decodeSafetensors(bytes)).toThrow(`Safetensors: ${message}`);
});

test('takes a name that objects have by birth for a name', () => {
  const bytes = encodeSafetensors(new Map([['__proto__', { type: 'U8', shape: [1], data: Uint8Array.of(3) }]]));
  expect(decodeSafetensors(bytes).tensors.get('__proto__')?.data).toEqual(Uint8Array.of(3));
  expect(Object.prototype).not.toHaveProperty('dtype');
});

test('reads what Python’s safetensors wrote, of every type', () => {
  const { file: written } = JSON.parse(readFileSync(new URL('../fixtures/safetensors.json', import.meta.url), 'utf8')) as { file: string };
  const { tensors, metadata } = decodeSafetensors(new Uint8Array(Buffer.from(written, 'base64')));
  expect(new Map(metadata)).toEqual(new Map([['made', 'by Python'], ['ключ', 'значение']]));
  const data = Object.fromEntries([...tensors].map(([name, one]) => [name, one.data]));
  expect(data).toEqual({
    F64: Float64Array.of(0.1, -0, Infinity, Number.NaN, 5e-324, 1e308),
    F32: Float32Array.of(0.1, -2),
    F16: Uint16Array.of(0x3e00, 0xc000),
    I64: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n),
    I32: Int32Array.of(-1, 7),
    I16: Int16Array.of(-300),
    I8: Int8Array.of(-1, 127),
    U64: BigUint64Array.of(2n ** 64n - 1n),
    U32: Uint32Array.of(2 ** 32 - 1),
    U16: Uint16Array.of(65535),
    U8: Uint8Array.of(0, 255, 3),
    BOOL: Uint8Array.of(1, 0, 1),
    empty: new Float32Array(0),
    größe: Float64Array.of(2.5),
  });
  expect([tensors.get('F64')?.shape, tensors.get('empty')?.shape, tensors.get('größe')?.shape]).toEqual([[2, 3], [0, 3], []]);
});
