import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ParseError } from '../../core/errors.ts';

/** Numbers as an IDX file holds them. */
export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** An array read from an IDX file. */
export interface IdxArray {
  /** Lengths of the dimensions: [60000, 28, 28] for MNIST's images, [60000] for its labels. */
  shape: number[];
  /** Row-major, the last dimension fastest. */
  data: IdxValues;
}

interface IdxType {
  bytes: number;
  make: (length: number) => IdxValues;
  read: (view: DataView, at: number) => number;
}

/** By the third byte of the file. */
const types: Readonly<Record<number, IdxType>> = {
  0x08: { bytes: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) },
  0x09: { bytes: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) },
  0x0b: { bytes: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) },
  0x0c: { bytes: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) },
  0x0d: { bytes: 4, make: (n) => new Float32Array(n), read: (view, at) => view.getFloat32(at) },
  0x0e: { bytes: 8, make: (n) => new Float64Array(n), read: (view, at) => view.getFloat64(at) },
};

/**
 * Reads an IDX file, the format of MNIST and Fashion-MNIST, compressed with gzip or not: two zero bytes, the type of
 * the values, the number of dimensions, their lengths as big-endian 32-bit numbers, then the values.
 *
 * @throws ParseError for a file that is none, or holds fewer or more values than its head says
 *
 * Counterpart: what torchvision's MNIST data set does with its files.
 * Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section on file formats.
 *
 * @example
 * const images = await readIdx('train-images-idx3-ubyte.gz');
 * images.shape; // [60000, 28, 28]
 */
export async function readIdx(path: string): Promise<IdxArray> {
  return parseIdx(path, await uncompressed(path));
}

async function uncompressed(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ParseError(`readIdx: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`, { cause: error });
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (error) {
    throw new ParseError(`readIdx: ${path} must be whole, its gzip data end early or are damaged. Fetch it again.`, { cause: error });
  }
}

function parseIdx(path: string, bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = types[bytes[2]];
  const dimensions = bytes[3];
  const head = 4 + 4 * dimensions;
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || type === undefined || dimensions === 0 || bytes.length < head) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new ParseError(`readIdx: ${path} must be an IDX file, starting with 00 00, a type and a number of dimensions, got ${start || 'no bytes'}. Give the ubyte file of MNIST, as it is or as .gz.`);
  }
  const shape = Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
  const length = shape.reduce((product, n) => product * n, 1);
  const found = (bytes.length - head) / type.bytes;
  if (found !== length) throw new ParseError(`readIdx: ${path} must hold ${shape.join(' × ')} = ${length} values, got ${found}. Fetch it again.`);
  if (bytes[2] === 0x08) return { shape, data: new Uint8Array(bytes.subarray(head)) };
  const data = type.make(length);
  for (let i = 0; i < length; i++) data[i] = type.read(view, head + i * type.bytes);
  return { shape, data };
}
