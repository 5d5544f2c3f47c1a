import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

// One module for all kernels: they share a memory, and one small file is read and compiled at first use.
const root = join(import.meta.dirname, '..');
const sources = 'src/kernels/assembly';
mkdirSync(join(root, 'dist', 'kernels'), { recursive: true });

/** The compiler adds `.ts` to every import; ours have it already, as everywhere in src/. */
function readFile(name, baseDirectory) {
  try {
    return readFileSync(join(baseDirectory, name.replace(/\.ts\.ts$/, '.ts')), 'utf8');
  } catch {
    return null;
  }
}

const files = readdirSync(join(root, sources)).filter((name) => name.endsWith('.ts'));
const owners = new Map();
for (const file of files) {
  for (const [, name] of readFileSync(join(root, sources, file), 'utf8').matchAll(/^export function (\w+)/gm)) {
    // The compiler would keep one of the two without a word, and calls of the other would read whatever is there.
    if (owners.has(name)) throw new Error(`build-kernels: ${file} and ${owners.get(name)} must not both export ${name}. Rename one.`);
    owners.set(name, file);
  }
}
// The memory comes from src/kernels/kernel-instance.ts, which says why it is shared.
const options =
  '-O3 --noAssert --runtime stub --enable simd --enable threads --importMemory --sharedMemory --initialMemory 1 --maximumMemory 65536';

const { error, stderr } = await main(
  files
    .map((name) => `${sources}/${name}`)
    .concat(['--baseDir', root, '--outFile', 'dist/kernels/kernels.wasm'])
    .concat(options.split(' ')),
  { readFile },
);
if (error) {
  console.error(`build-kernels: ${error.message}\n${stderr.toString()}`);
  process.exitCode = 1;
}
