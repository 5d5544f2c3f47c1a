import { ParseError } from '../core/errors.ts';

const utf8 = new TextDecoder();

/**
 * One field of a message as it stands in the bytes: a number for varints and fixed widths, bytes for what has a length.
 * `wireType` is 0 (varint), 1 (8 bytes), 2 (length), 5 (4 bytes).
 */
export interface ProtobufField {
  readonly number: number;
  readonly wireType: number;
  readonly bytes: Uint8Array;
}

/**
 * The fields of one message in the protocol buffers wire format, in the order of the file.
 * @throws ParseError naming `owner` where the bytes end inside a field or hold an unknown wire type.
 */
export function* readFields(owner: string, bytes: Uint8Array): Generator<ProtobufField> {
  let at = 0;
  while (at < bytes.length) {
    const tag = varintLength(owner, bytes, at);
    const key = Number(varint(bytes.subarray(at, at + tag)));
    at += tag;
    const wireType = key & 7;
    let length: number;
    if (wireType === 0) length = varintLength(owner, bytes, at);
    else if (wireType === 1) length = 8;
    else if (wireType === 5) length = 4;
    else if (wireType === 2) {
      const prefix = varintLength(owner, bytes, at);
      length = Number(varint(bytes.subarray(at, at + prefix)));
      at += prefix;
    } else throw new ParseError(`${owner}: byte ${at} must begin a field, but wire type ${wireType} does not exist. The file is damaged or of another format.`);
    if (at + length > bytes.length) throw truncated(owner);
    yield { number: Math.floor(key / 8), wireType, bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** int64 as a number; exact up to ±(2⁵³ − 1). */
export const integerOf = (field: ProtobufField): number => Number(BigInt.asIntN(64, varint(field.bytes)));

export const floatOf = ({ bytes }: ProtobufField): number => new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);

export const textOf = ({ bytes }: ProtobufField): string => utf8.decode(bytes);

/** repeated int64, of which one field holds one value or, packed, many. */
export function bigintsOf(owner: string, field: ProtobufField): bigint[] {
  if (field.wireType === 0) return [BigInt.asIntN(64, varint(field.bytes))];
  const values: bigint[] = [];
  for (let at = 0; at < field.bytes.length; ) {
    const length = varintLength(owner, field.bytes, at);
    values.push(BigInt.asIntN(64, varint(field.bytes.subarray(at, at + length))));
    at += length;
  }
  return values;
}

/** repeated float (4 bytes) or double (8 bytes), single or packed. */
export function realsOf({ bytes }: ProtobufField, width: 4 | 8): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, i) => (width === 4 ? view.getFloat32(i * 4, true) : view.getFloat64(i * 8, true)));
}

function varintLength(owner: string, bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length && at < start + 10; at++) if (bytes[at] < 128) return at - start + 1;
  throw truncated(owner);
}

function varint(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 7n) | BigInt(bytes[i] & 127);
  return value;
}

const truncated = (owner: string): ParseError => new ParseError(`${owner}: the bytes end inside a field. The file is truncated or of another format.`);
