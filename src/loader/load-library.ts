import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** The library in one script: each part runs when it is first asked for. */
export type Library = Readonly<Record<string, () => Record<string, unknown>>>;

const SCRIPT = fileURLToPath(new URL('./refit.cjs', import.meta.url));

/** What this version of Node compiled of the script when the library was built. */
export const CODE_CACHE = fileURLToPath(new URL(`./refit-${process.version}-${process.platform}-${process.arch}.cache`, import.meta.url));

let loaded: { library: Library; script: Script } | undefined;

/**
 * The library of this thread, loaded once. With the code that was compiled when it was built, loading takes a quarter of
 * the time; where there is none, or V8 refuses it (it knows its own version and flags), the script is compiled.
 */
export function loadLibrary(): Library {
  return (loaded ??= load()).library;
}

/** What V8 has compiled of the script so far, to be kept in CODE_CACHE. */
export function compiledCode(): Buffer {
  return (loaded ??= load()).script.createCachedData();
}

/** Whether the library came with its compiled code, rather than being compiled anew. */
export function tookCompiledCode(): boolean {
  return (loaded ??= load()).script.cachedDataRejected === false;
}

function load(): { library: Library; script: Script } {
  // The build writes nothing but ASCII, which is read as one byte a character.
  const source = readFileSync(SCRIPT, 'latin1');
  const script = new Script(`(function (exports, require, module, __filename, __dirname, __load) { ${source}\n});`, { filename: SCRIPT, cachedData: readCodeCache() });
  const module = { exports: {} };
  // A script compiled by hand has no loader of its own: what it imports is imported from here.
  script.runInThisContext()(module.exports, createRequire(SCRIPT), module, SCRIPT, dirname(SCRIPT), (specifier: string) => import(specifier));
  return { library: module.exports, script };
}

function readCodeCache(): Buffer | undefined {
  try {
    return readFileSync(CODE_CACHE);
  } catch {
    return undefined;
  }
}
