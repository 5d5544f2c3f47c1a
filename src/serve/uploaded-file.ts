import { readFile } from 'node:fs/promises';

/** A file that a caller has uploaded; it lies in a private folder of the server for the length of the call and some time after. */
export class UploadedFile {
  /** Where its bytes lie on the server. */
  readonly path: string;
  /** The caller's name for it, without folders and characters that name something else on any system. */
  readonly name: string;
  readonly size: number;

  constructor(path: string, name: string, size: number) {
    this.path = path;
    this.name = name;
    this.size = size;
  }

  bytes(): Promise<Buffer> {
    return readFile(this.path);
  }

  text(): Promise<string> {
    return readFile(this.path, 'utf8');
  }
}
