import { ParseError, ShapeError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { parseBoundedJson } from './bounded-json.ts';
import { type Tensor, TENSOR_CLASSES, type TensorType } from './tensor.ts';

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** By name, in the order of the file's header. */
  tensors: ReadonlyMap<string, Tensor>;
  /** Free text by name; empty where the file has none. */
  metadata: ReadonlyMap<string, string>;
}

/** The largest header that the format allows. */
const MAX_HEADER = 100_000_000;
/** Tensor, its entry, its shape. */
const HEADER_DEPTH = 3;
const METADATA = '__metadata__';
const OWNER = 'Safetensors';

/**
 * Named arrays and free text as one file: 8 bytes with the header's length N (unsigned, little-endian), N bytes of JSON that
 * say of each array its `dtype`, `shape` and `data_offsets`, then the numbers, little-endian and row-major.
 *
 * Arrays lie in the order of their element's size, largest first, then as given, and the header is padded with spaces to a
 * multiple of 8: every array starts at a multiple of its element's size, so that a reader need not copy it. The same input
 * gives the same bytes.
 *
 * @throws ShapeError for data of another length than the shape's, or of another class than the type's.
 *
 * Source: the safetensors format, https://github.com/huggingface/safetensors (Python's `safetensors` reads and writes the same).
 *
 * @example
 * const bytes = encodeSafetensors(new Map([['coef', { type: 'F64', shape: [2, 3], data: new Float64Array(6) }]]));
 * decodeSafetensors(bytes).tensors.get('coef')?.shape; // [2, 3]
 */
export function encodeSafetensors(tensors: ReadonlyMap<string, Tensor>, metadata: ReadonlyMap<string, string> = new Map()): Uint8Array {
  const entries = [...tensors].map(([name, tensor]) => ({ name, ...tensor, size: checkedSize(name, tensor) }));
  const stored = entries.toSorted((a, b) => TENSOR_CLASSES[b.type].BYTES_PER_ELEMENT - TENSOR_CLASSES[a.type].BYTES_PER_ELEMENT);
  const header: [string, unknown][] = metadata.size > 0 ? [[METADATA, Object.fromEntries(metadata)]] : [];
  let end = 0;
  for (const { name, type, shape, size } of stored) header.push([name, { dtype: type, shape, data_offsets: [end, (end += size)] }]);
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const start = 8 + Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(start + end).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  let at = start;
  for (const { data, size } of stored) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, size), at);
    at += size;
  }
  return bytes;
}

function checkedSize(name: string, { type, shape, data }: Tensor): number {
  if (name === METADATA) throw new ShapeError(`${OWNER}: a tensor must not be called ${METADATA}. Choose another name.`);
  const { name: wanted, BYTES_PER_ELEMENT } = TENSOR_CLASSES[type];
  if (data.constructor.name !== wanted) throw new ShapeError(`${OWNER}: ${show(name)} is ${type}, so its data must be a ${wanted}, got ${show(data)}.`);
  const count = elementCount(shape);
  if (count !== data.length) throw new ShapeError(`${OWNER}: ${show(name)} has shape [${shape.join(', ')}], which takes ${count} numbers, got ${data.length}.`);
  return count * BYTES_PER_ELEMENT;
}

/**
 * Reads what `encodeSafetensors`, or any other writer of the format, wrote. Arrays are views of `bytes` where their place
 * allows it, else copies: memory stays within a small multiple of the file, whatever its header claims.
 *
 * All is checked before anything is read: lengths, types and shapes; the arrays must fill the file without gap or overlap.
 *
 * @throws ParseError naming what does not hold.
 */
export function decodeSafetensors(bytes: Uint8Array, owner: string = OWNER): SafetensorsFile {
  const start = headerEnd(owner, bytes);
  const header = parseBoundedJson(owner, bytes.subarray(8, start), HEADER_DEPTH);
  if (!isRecord(header)) throw damaged(owner, `the header must be an object, got ${show(header)}`);
  const room = bytes.length - start;
  const tensors = new Map<string, Tensor>();
  const places: { name: string; begin: number; end: number }[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) continue;
    const { type, shape, begin, end } = checkedEntry(owner, name, entry, room);
    places.push({ name, begin, end });
    const data = numbersAt(bytes, start + begin, end - begin, type);
    if (type === 'BOOL' && (data as Uint8Array).some((value) => value > 1)) throw damaged(owner, `tensor ${show(name)} of type BOOL must hold 0 and 1`);
    tensors.set(name, { type, shape, data });
  }
  checkFilled(owner, places, room);
  return { tensors, metadata: metadataOf(owner, Object.hasOwn(header, METADATA) ? header[METADATA] : {}) };
}

function headerEnd(owner: string, bytes: Uint8Array): number {
  if (bytes.length < 8) throw damaged(owner, `the file must have at least 8 bytes, got ${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER) throw damaged(owner, `the header must have at most ${MAX_HEADER} bytes, the file claims ${length}`);
  const end = 8 + Number(length);
  if (end > bytes.length) throw damaged(owner, `the header must end within the file's ${bytes.length} bytes, but ends at ${end}`);
  if (bytes[8] !== 0x7b) throw damaged(owner, 'the header must begin with {');
  return end;
}

function checkedEntry(owner: string, name: string, entry: unknown, room: number): { type: TensorType; shape: number[]; begin: number; end: number } {
  const where = show(name);
  if (!isRecord(entry)) throw damaged(owner, `tensor ${where} must be described by an object, got ${show(entry)}`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(TENSOR_CLASSES, dtype)) {
    throw damaged(owner, `tensor ${where} must have a dtype of ${Object.keys(TENSOR_CLASSES).join(', ')}, got ${show(dtype)}`);
  }
  if (!isSizes(shape)) throw damaged(owner, `tensor ${where} must have a shape of whole numbers, got ${show(shape)}`);
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1] || offsets[1] > room) {
    throw damaged(owner, `tensor ${where} must have data_offsets that ascend within ${room} bytes, got ${show(offsets)}`);
  }
  const type = dtype as TensorType;
  const size = elementCount(shape) * TENSOR_CLASSES[type].BYTES_PER_ELEMENT;
  if (size !== offsets[1] - offsets[0]) {
    throw damaged(owner, `tensor ${where} of shape [${shape.slice(0, 5).join(', ')}] must take ${size} bytes, its data_offsets hold ${offsets[1] - offsets[0]}`);
  }
  return { type, shape, begin: offsets[0], end: offsets[1] };
}

function numbersAt(bytes: Uint8Array, at: number, size: number, type: TensorType): Tensor['data'] {
  const Class = TENSOR_CLASSES[type];
  const offset = bytes.byteOffset + at;
  const isAligned = offset % Class.BYTES_PER_ELEMENT === 0;
  const buffer = isAligned ? bytes.buffer : bytes.slice(at, at + size).buffer;
  return new Class(buffer, isAligned ? offset : 0, size / Class.BYTES_PER_ELEMENT);
}

function checkFilled(owner: string, places: { name: string; begin: number; end: number }[], room: number): void {
  let at = 0;
  for (const { name, begin, end } of places.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at) throw damaged(owner, `tensors must follow each other without gap or overlap, ${show(name)} begins at ${begin} instead of ${at}`);
    at = end;
  }
  if (at !== room) throw damaged(owner, `tensors must fill the ${room} bytes after the header, they end at ${at}`);
}

function metadataOf(owner: string, given: unknown): ReadonlyMap<string, string> {
  if (!isRecord(given)) throw damaged(owner, `${METADATA} must be an object of texts, got ${show(given)}`);
  const metadata = new Map<string, string>();
  for (const [name, text] of Object.entries(given)) {
    if (typeof text !== 'string') throw damaged(owner, `${METADATA} must hold texts, ${show(name)} is ${show(text)}`);
    metadata.set(name, text);
  }
  return metadata;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

const elementCount = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const damaged = (owner: string, problem: string): ParseError => new ParseError(`${owner}: ${problem}. The file is damaged or of another kind.`);
