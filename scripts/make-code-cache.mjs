/**
 * Keeps what this Node compiles of the library while a competition runs: dist/bundle/*.cache, which load-library.ts takes
 * in place of compiling. Functions that the run called are in it, so they need not be compiled when first called either.
 */
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const bundle = join(import.meta.dirname, '../dist/bundle');
for (const name of readdirSync(bundle)) if (name.endsWith('.cache')) rmSync(join(bundle, name));

const { CODE_CACHE, compiledCode, loadLibrary } = createRequire(import.meta.url)('../dist/bundle/load-library.cjs');
// V8 would throw away what has not been called for a while, which is all that runs at the start.
setFlagsFromString('--no-flush-bytecode');
const out = mkdtempSync(join(tmpdir(), 'refit-build-'));
process.once('beforeExit', () => {
  rmSync(out, { recursive: true });
  // The flags are part of the key by which V8 knows its own.
  setFlagsFromString('--flush-bytecode');
  writeFileSync(`${CODE_CACHE}.new`, compiledCode());
  renameSync(`${CODE_CACHE}.new`, CODE_CACHE);
});
process.argv = [process.argv[0], 'refit', 'run', 'spam-detector', '--quick', '--quiet', '--workers', '1', '--out', out];
loadLibrary()['cli/main']();
