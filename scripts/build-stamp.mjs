import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a build keeps the stamp of what it was made from, relative to the root. */
export const STAMP = 'dist/built-from.txt';

/** Files and folders that decide what a build holds. */
const SOURCES = ['package.json', 'package-lock.json', 'scripts', 'src', 'tsconfig.json', 'tsconfig.build.json'];

/** Stands for all that a build is made from, the version of Node that compiles some of it ahead included. */
export function buildStamp(root) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  const files = SOURCES.flatMap((path) => filesIn(root, path));
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesIn(root, path) {
  if (path.endsWith('.json')) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
}
