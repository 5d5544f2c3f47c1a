import type { IncomingMessage } from 'node:http';
import { open, type FileHandle } from 'node:fs/promises';
import type { FileStore } from './file-store.ts';
import { HttpError } from './http-error.ts';
import type { Limits } from './limits.ts';
import { readMultipart, type PartSink } from './read-multipart.ts';

/**
 * Writes the files of an upload to disk as they come.
 * @returns their paths, in order
 * @throws HttpError; nothing of the request is kept then
 */
export async function receiveUploads(request: IncomingMessage, store: FileStore, limits: Readonly<Required<Limits>>, user: string | null): Promise<string[]> {
  const placed: { path: string; name: string; disk: string; size: number; handle: FileHandle | undefined }[] = [];
  let pending = 0;
  try {
    await readMultipart(request, {
      most: limits.uploadBytes,
      mostHeader: limits.partHeaderBytes,
      mostParts: limits.uploadFiles,
      onPart(field, fileName): PartSink {
        if (field !== 'files' || fileName === undefined) throw new HttpError(400, 'Every part must be a file called files.');
        const file = { ...store.place(fileName), size: 0, handle: undefined as FileHandle | undefined };
        placed.push(file);
        return {
          async write(bytes) {
            file.handle ??= await open(file.disk, 'wx', 0o600);
            file.size += bytes.length;
            pending += bytes.length;
            if (!store.hasRoom(pending)) throw new HttpError(507, 'The server has no room for further files. Try again later.', { headers: { connection: 'close' } });
            await file.handle.write(bytes);
          },
          async end() {
            file.handle ??= await open(file.disk, 'wx', 0o600);
            await file.handle.close();
            file.handle = undefined;
          },
        };
      },
    });
    if (!store.hasRoom(pending)) throw new HttpError(507, 'The server has no room for further files. Try again later.');
    return placed.map(({ path, name, disk, size }) => store.keep({ path, name, disk, size, user, kind: 'upload' }).path);
  } catch (error) {
    for (const file of placed) {
      await file.handle?.close();
      await store.discard(file.path);
    }
    // A broken connection is nothing that the server did wrong.
    if (error instanceof HttpError) throw error;
    throw (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? new HttpError(400, 'The request broke off.') : error;
  }
}
