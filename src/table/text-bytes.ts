import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { promisify, types } from 'node:util';
import { gunzip } from 'node:zlib';
import { DataError, ParseError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { unreadableFile } from '../core/unreadable-file.ts';
import { isZip, unzip } from './unzip.ts';

/**
 * A text file's bytes, unpacked if they are gzip or a ZIP archive of one file, and in UTF-8 whatever they were.
 * @throws DataError for what is neither a path nor bytes; ParseError for a file that is not there, damaged, or not in the encoding, with the line if that is UTF-8.
 */
export async function textBytes(owner: string, source: string | Uint8Array, encoding: string): Promise<Buffer> {
  if (typeof source !== 'string' && !types.isUint8Array(source)) {
    throw new DataError(`${owner}: source must be a file's path or its bytes, got ${show(source)}. A path from the command line is undefined where it was left out.`);
  }
  const name = typeof source === 'string' ? source : 'input';
  const stored = typeof source === 'string' ? await load(owner, source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  return toUtf8(owner, name, await unpack(owner, name, stored), encoding);
}

async function load(owner: string, path: string): Promise<Buffer> {
  try {
    return await readWhole(path);
  } catch (error) {
    throw unreadableFile(owner, path, error);
  }
}

/** In one piece: several times as fast as readFile, which asks for half a megabyte at a time. */
async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    // What has no size beforehand (a pipe), and what one call cannot read.
    if (size === 0 || size >= 2 ** 31) return await file.readFile();
    const bytes = Buffer.allocUnsafeSlow(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

async function unpack(owner: string, name: string, bytes: Buffer): Promise<Buffer> {
  if (isZip(bytes)) {
    try {
      return await unzip(bytes);
    } catch (error) {
      throw new ParseError(`${owner}: ${name} must be a ZIP archive of one file (${(error as Error).message.replace(/\.$/, '')}). Unpack it.`, { cause: error });
    }
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (error) {
    throw new ParseError(`${owner}: ${name} is a damaged gzip file (${(error as Error).message}). Download it again.`, { cause: error });
  }
}

function toUtf8(owner: string, name: string, bytes: Buffer, encoding: string): Buffer {
  if (new TextDecoder(encoding).encoding !== 'utf-8') {
    try {
      return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch (error) {
      const remedy = isUtf8(bytes) ? 'It is UTF-8, so leave { encoding } out' : 'Name its encoding with { encoding }';
      throw new ParseError(`${owner}: ${name} is not ${encoding}. ${remedy}.`, { cause: error });
    }
  }
  if (isUtf8(bytes)) return bytes;
  const { line, byte } = firstInvalidLine(bytes);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const guess = isUtf16 ? `'${bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'}' }` : "'latin1' } or 'gbk'";
  throw new ParseError(`${owner}: ${name} line ${line} is not UTF-8 (byte 0x${byte.toString(16).toUpperCase()}). Name the file's encoding, such as { encoding: ${guess}.`);
}

/** Which line is not UTF-8, and its first byte beyond ASCII that begins no character. */
function firstInvalidLine(bytes: Buffer): { line: number; byte: number } {
  let start = 0;
  for (let line = 1; ; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    if (!isUtf8(bytes.subarray(start, end))) {
      let valid = start;
      while (valid < end) {
        const length = [1, 2, 3, 4].find((size) => valid + size <= end && isUtf8(bytes.subarray(valid, valid + size)));
        if (length === undefined) break;
        valid += length;
      }
      return { line, byte: bytes[valid] };
    }
    start = end + 1;
  }
}
