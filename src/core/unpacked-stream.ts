import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A file's bytes in pieces, unpacked if its name ends in .gz; errors of reading and of unpacking end the stream. */
export function unpackedStream(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  return path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
}
