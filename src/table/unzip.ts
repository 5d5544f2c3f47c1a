import { inflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Bytes of a directory's end, without its comment of up to 2¹⁶ − 1 bytes. */
const END_SIZE = 22;
const STORED = 0;
const DEFLATED = 8;

/** Whether bytes begin as a ZIP archive does. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The one file in a ZIP archive; folders and what macOS adds (`__MACOSX/`) do not count.
 *
 * Source: PKWARE, ".ZIP File Format Specification" 6.3, §4.3.
 *
 * @throws Error saying why there is no such file: several files, an encrypted or damaged one, ZIP64
 */
export function unzip(bytes: Buffer): Buffer {
  const entries = entriesOf(bytes).filter(({ name }) => !name.endsWith('/') && !name.startsWith('__MACOSX/'));
  if (entries.length !== 1) throw new Error(`it holds ${entries.length === 0 ? 'no file' : `${entries.length} files: ${entries.slice(0, 5).map(({ name }) => name).join(', ')}`}`);
  const [{ method, flags, size, at }] = entries;
  if ((flags & 1) === 1) throw new Error('it is encrypted');
  if (bytes.readUInt32LE(at) !== LOCAL_HEADER) throw new Error('its directory points to nothing');
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = bytes.subarray(start, start + size);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`it is packed by method ${method}`);
}

interface Entry {
  name: string;
  method: number;
  flags: number;
  /** Packed bytes. */
  size: number;
  /** Where its own header begins. */
  at: number;
}

function entriesOf(bytes: Buffer): Entry[] {
  const end = endOf(bytes);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL_HEADER) throw new Error('its directory is damaged, or of the ZIP64 kind');
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameSize),
      method: bytes.readUInt16LE(at + 10),
      flags: bytes.readUInt16LE(at + 8),
      size: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameSize + extraSize + commentSize;
  }
  return entries;
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_SIZE - 0xffff);
  for (let at = bytes.length - END_SIZE; at >= first; at--) if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new Error('it ends too early');
}
