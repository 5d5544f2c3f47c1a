import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');
const SOURCES = 'src/kernels/assembly';
const OPTIONS = '-O3 --noAssert --runtime stub --enable simd --importMemory --initialMemory 1 --maximumMemory 65536';
mkdirSync(join(root, 'dist', 'kernels'), { recursive: true });

/** The compiler adds `.ts` to every import; ours have it already, as everywhere in src/. */
function readFile(name, baseDirectory) {
  try {
    return readFileSync(join(baseDirectory, name.replace(/\.ts\.ts$/, '.ts')), 'utf8');
  } catch {
    return null;
  }
}

/** Compiles files of one folder, all unless they are named, into one module: they share a memory, and one small file is read at first use. */
async function compile(folder, target, options, files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))) {
  const owners = new Map();
  for (const file of files) {
    const source = readFileSync(join(root, folder, file), 'utf8');
    // It would lie where all threads see it, and every thread that starts would set it anew.
    if (/^(const|let) .*\bnew /m.test(source)) throw new Error(`build-kernels: ${file} must not make an object outside of functions. Take room as an argument.`);
    for (const [, name] of source.matchAll(/^export function (\w+)/gm)) {
      // The compiler would keep one of the two without a word, and calls of the other would read whatever is there.
      if (owners.has(name)) throw new Error(`build-kernels: ${file} and ${owners.get(name)} must not both export ${name}. Rename one.`);
      owners.set(name, file);
    }
  }
  const { error, stderr } = await main(
    files
      .map((name) => `${folder}/${name}`)
      .concat(['--baseDir', root, '--outFile', `dist/kernels/${target}`])
      .concat(options.split(' ')),
    { readFile },
  );
  if (error) {
    console.error(`build-kernels: ${error.message}\n${stderr.toString()}`);
    process.exitCode = 1;
  }
}

// src/kernels/kernel-instance.ts says why one memory is shared, src/kernels/training-memory.ts why the other is not.
const SHARED = `${OPTIONS} --enable threads --sharedMemory`;
await compile(SOURCES, 'kernels.wasm', SHARED);
// src/kernels/fused-panels.ts says who takes these.
await compile(SOURCES, 'fused-panels.wasm', `${SHARED} --enable relaxed-simd`, ['near-points.ts', 'panels.ts', 'symmetric-eigen.ts']);
await compile(`${SOURCES}/training`, 'training.wasm', OPTIONS);
