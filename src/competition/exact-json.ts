import { DenseMatrix } from '../matrix/dense-matrix.ts';

const ARRAYS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

/**
 * JSON that gives every number back to the last bit: typed arrays and matrices as base64 of their bytes, NaN,
 * infinities and −0 by name. Takes what JSON takes, typed arrays and DenseMatrix; records lose members that are undefined.
 *
 * @example
 * parseExactJson(exactJson({ p: Float64Array.of(NaN, 0.1) })); // { p: Float64Array [NaN, 0.1] }
 */
export function exactJson(value: unknown): string {
  return JSON.stringify(pack(value));
}

/** The value of exactJson's text. @throws SyntaxError for other text */
export function parseExactJson(text: string): unknown {
  return unpack(JSON.parse(text));
}

function pack(value: unknown): unknown {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof DenseMatrix) return { $matrix: [value.rows, value.cols, pack(value.data)] };
  if (ArrayBuffer.isView(value)) return { $array: value.constructor.name, data: Buffer.from(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength).toString('base64') };
  if (Array.isArray(value)) return value.map(pack);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, pack(item)]));
}

function unpack(value: any): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  if ('$number' in value) return Number(value.$number);
  if ('$matrix' in value) {
    const [rows, cols, data] = value.$matrix as [number, number, unknown];
    return new DenseMatrix(rows, cols, unpack(data) as Float64Array);
  }
  if ('$array' in value) {
    const bytes = Buffer.from(value.data as string, 'base64');
    const copy = new ArrayBuffer(bytes.length);
    new Uint8Array(copy).set(bytes);
    return new ARRAYS[value.$array as ArrayName](copy);
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unpack(item)]));
}
