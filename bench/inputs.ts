import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where made inputs are kept from run to run; ignored by git. */
export const benchFolder = fileURLToPath(new URL('../outputs/bench/', import.meta.url));

/** The path of a JSON file of that name, made if it is not there. */
export function jsonInput(name: string, make: () => unknown): string {
  const file = join(benchFolder, `${name}.json`);
  if (existsSync(file)) return file;
  mkdirSync(benchFolder, { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(make()));
  renameSync(`${file}.part`, file);
  return file;
}
