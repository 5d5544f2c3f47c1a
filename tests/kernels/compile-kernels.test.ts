import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = resolve(import.meta.dirname, '../../dist');
const folder = mkdtempSync(join(tmpdir(), 'refit-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Multiplies matrices by a build in a folder. @returns the warnings */
function warningsOf(built: string): Promise<string> {
  const script = `
const { DenseMatrix, LogisticRegression } = await import(${JSON.stringify(pathToFileURL(join(built, 'index.js')).href)});
const X = DenseMatrix.from(Array.from({ length: 40 }, (_, i) => [i % 7, i % 5, i]));
for (let i = 0; i < 2; i++) await new LogisticRegression().fit(X, Array.from(X.col(1), (x) => x > 2));`;
  return new Promise((done) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, _, stderr) => done(error ? String(error) : stderr));
  });
}

test('a build under another name finds its kernels, and says once which file it misses where it has none', async () => {
  const copy = join(folder, 'under-another-name');
  mkdirSync(copy);
  cpSync(dist, copy, { recursive: true, filter: (path) => /^($|index\.js|bundle|kernels)/.test(relative(dist, path)) && !path.endsWith('.d.ts') });
  expect(await warningsOf(copy)).toBe('');
  rmSync(join(copy, 'kernels/kernels.wasm'));
  const [warning, ...more] = (await warningsOf(copy)).split('\n').filter((line) => line.includes('Kernels'));
  expect(warning).toContain(`Kernels: ${join(copy, 'kernels/kernels.wasm')} must be there and valid, got ENOENT`);
  expect(more).toEqual([]);
});
