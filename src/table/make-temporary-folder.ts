import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';

/**
 * Makes a folder whose path begins as given and is taken by nobody else, to be renamed once it is full. Whoever may read
 * the folders beside it may read it: one of mkdtemp would stay its owner's alone.
 */
export async function makeTemporaryFolder(start: string): Promise<string> {
  const folder = `${start}${randomUUID().slice(0, 8)}`;
  await mkdir(folder);
  return folder;
}
