import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show } from '../core/show.ts';
import type { CallFiles, FilePayload } from './component.ts';
import type { Limits } from './limits.ts';
import { shownMediaType } from './media-type.ts';
import { safeFileName } from './safe-file-name.ts';
import { UploadedFile } from './uploaded-file.ts';
import { UserError } from './user-error.ts';

/** A file that callers know by its path, `<random id>/<name>`; where it lies on disk is never told. */
export interface StoredFile {
  path: string;
  name: string;
  size: number;
  /** Where it lies. */
  disk: string;
  /** Who uploaded it, or whose call made it; null without a login. */
  user: string | null;
  kind: 'upload' | 'output';
  created: number;
}

/**
 * Uploads and outputs in a private temporary folder: known by random ids only, so that no path of a caller ever
 * touches the disk; bounded in number and bytes; removed by age, and all together on `close`.
 */
export class FileStore {
  readonly folder: string;
  readonly #limits: Readonly<Required<Limits>>;
  readonly #files = new Map<string, StoredFile>();
  #bytes = 0;
  readonly #sweeper: NodeJS.Timeout;
  readonly #removeAll = (): void => rmSync(this.folder, { recursive: true, force: true });

  constructor(limits: Readonly<Required<Limits>>) {
    this.#limits = limits;
    // mkdtemp makes a folder that only its owner can enter.
    this.folder = mkdtempSync(join(tmpdir(), 'refit-serve-'));
    process.once('exit', this.#removeAll);
    this.#sweeper = setInterval(() => this.sweep(Date.now()), Math.min(60, limits.fileSeconds) * 1000);
    this.#sweeper.unref();
  }

  get count(): number {
    return this.#files.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The file that was issued under exactly this path; another user's is as good as none. */
  find(path: string, user: string | null): StoredFile | undefined {
    const file = this.#files.get(path);
    return file?.user === user ? file : undefined;
  }

  /** A place for a file that is still to come: to be written, then kept by `keep` or dropped by `discard`. */
  place(name: string): { disk: string; path: string; name: string } {
    const id = randomBytes(16).toString('hex');
    const safe = safeFileName(name);
    const folder = join(this.folder, id);
    mkdirSync(folder, { mode: 0o700 });
    return { disk: join(folder, safe), path: `${id}/${safe}`, name: safe };
  }

  /** Whether so many bytes more can be kept. */
  hasRoom(bytes: number): boolean {
    return this.#files.size < this.#limits.files && this.#bytes + bytes <= this.#limits.diskBytes;
  }

  keep(file: Omit<StoredFile, 'created'>): StoredFile {
    const stored = { ...file, created: Date.now() };
    this.#files.set(file.path, stored);
    this.#bytes += file.size;
    return stored;
  }

  discard(path: string): Promise<void> {
    const file = this.#files.get(path);
    if (file !== undefined) {
      this.#files.delete(path);
      this.#bytes -= file.size;
    }
    return rm(join(this.folder, path.slice(0, 32)), { recursive: true, force: true });
  }

  /** Removes what has outlived its time; files are in the order they came. */
  sweep(now: number): void {
    for (const file of this.#files.values()) {
      if (now - file.created < this.#limits.fileSeconds * 1000) return;
      void this.discard(file.path);
    }
  }

  /** What components of one user's call may do with files. @param url what a path is appended to for downloads */
  forCall(user: string | null, url: string): CallFiles {
    return {
      uploaded: (owner, payload) => {
        const path = typeof payload === 'object' && payload !== null && Object.hasOwn(payload, 'path') ? (payload as { path: unknown }).path : undefined;
        if (typeof path !== 'string') {
          throw new UserError(`${owner}: it must be an uploaded file, got ${show(payload)}. Either none was given, or its upload failed: at most ${megabytes(this.#limits.uploadBytes)} are taken.`);
        }
        const file = this.find(path, user);
        if (file === undefined || file.kind !== 'upload') {
          throw new UserError(`${owner}: it must be a file uploaded to this server, ${show(path)} is none. Upload it first; addresses are not fetched.`);
        }
        return new UploadedFile(file.disk, file.name, file.size);
      },
      offer: async (name, bytes): Promise<FilePayload> => {
        if (!this.hasRoom(bytes.length)) throw new UserError('The server has no room for further files. Try again later.');
        const place = this.place(name);
        const file = this.keep({ ...place, size: bytes.length, user, kind: 'output' });
        await writeFile(place.disk, bytes, { mode: 0o600, flag: 'wx' });
        return {
          path: file.path,
          url: `${url}${file.path.split('/').map(encodeURIComponent).join('/')}`,
          orig_name: file.name,
          size: file.size,
          mime_type: shownMediaType(file.name) ?? 'application/octet-stream',
          is_stream: false,
          meta: { _type: 'gradio.FileData' },
        };
      },
    };
  }

  close(): void {
    clearInterval(this.#sweeper);
    process.off('exit', this.#removeAll);
    this.#files.clear();
    this.#bytes = 0;
    this.#removeAll();
  }
}

const megabytes = (bytes: number): string => (bytes >= 2 ** 20 ? `${Math.floor(bytes / 2 ** 20)} MiB` : `${bytes} bytes`);
