import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RefitError } from '../core/errors.ts';

/** Files being written, to be removed if the process exits before they are complete. */
const unfinished = new Set<string>();
let count = 0;

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/**
 * Writes a file so that under its name there is only ever all of it: the content goes to a hidden file in
 * the same folder, is flushed to disk, and is then renamed. On an error, and when the process exits in
 * between, the hidden file is removed and an older file of this name stays as it was.
 *
 * `process.exit` in a SIGINT handler counts as an exit; without any handler Ctrl-C ends the process too
 * abruptly to clean up, and may leave the hidden file, never a partial one under the name.
 *
 * @throws RefitError when the folder does not exist or cannot be written.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${count++}.tmp`);
  if (unfinished.size === 0) process.once('exit', removeUnfinished);
  unfinished.add(temporary);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? `there is no folder ${dirname(path)}. Make it first` : `${code ?? message}. Choose another place, or check its rights`;
    throw new RefitError(`writeFile: ${path} cannot be written, ${reason}.`, { cause: error });
  } finally {
    unfinished.delete(temporary);
    if (unfinished.size === 0) process.off('exit', removeUnfinished);
  }
}
