import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes of a CSV file, handed out from the beginning to the end. */
export interface CsvSource {
  /** Bytes in all. */
  readonly size: number;
  /** Fills `into` with the next bytes. @returns how many; 0 at the end */
  read(into: Uint8Array): number;
  close(): void;
}

/** What is in memory already. */
export function bytesSource(bytes: Uint8Array): CsvSource {
  let at = 0;
  return {
    size: bytes.length,
    read(into) {
      const next = bytes.subarray(at, at + into.length);
      into.set(next);
      at += next.length;
      return next.length;
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
  const magic = new Uint8Array(2);
  if (!stat.isFile() || readSync(file, magic, 0, 2, 0) < 2 || (magic[0] === 0x1f && magic[1] === 0x8b)) {
    closeSync(file);
    return undefined;
  }
  let at = 0;
  return {
    size: stat.size,
    read(into) {
      let filled = 0;
      while (filled < into.length) {
        const count = readSync(file, into, filled, into.length - filled, at);
        if (count === 0) break;
        filled += count;
        at += count;
      }
      return filled;
    },
    close: () => closeSync(file),
  };
}
