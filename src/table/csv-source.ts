import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isZip } from './unzip.ts';

/** The bytes of a CSV file. */
export interface CsvSource {
  /** Bytes in all. */
  readonly size: number;
  /** Its descriptor, by which other threads read it too; undefined for what is in memory. */
  readonly file?: number;
  /** Fills `into` with the bytes from `at` on. @returns how many; fewer than there is room for at the end only */
  read(into: Uint8Array, at: number): number;
  close(): void;
}

/** What is in memory already. */
export function bytesSource(bytes: Uint8Array): CsvSource {
  return {
    size: bytes.length,
    read(into, at) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    close: () => undefined,
  };
}

/** A file, read piece by piece to where it is needed; undefined for what is no file of its own (a folder, a pipe) or is packed. */
export function fileSource(path: string): CsvSource | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  const stat = fstatSync(file);
  const magic = new Uint8Array(4);
  if (!stat.isFile() || readSync(file, magic, 0, 4, 0) < 4 || (magic[0] === 0x1f && magic[1] === 0x8b) || isZip(magic)) {
    closeSync(file);
    return undefined;
  }
  return { ...openSource(file, stat.size), close: () => closeSync(file) };
}

/** A file that somebody has opened, and will close. */
export function openSource(file: number, size: number): CsvSource {
  return {
    size,
    file,
    read(into, at) {
      let filled = 0;
      while (filled < into.length) {
        const count = readSync(file, into, filled, into.length - filled, at + filled);
        if (count === 0) break;
        filled += count;
      }
      return filled;
    },
    close: () => undefined,
  };
}
