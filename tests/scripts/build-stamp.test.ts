import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const { buildStamp } = (await import(resolve(import.meta.dirname, '../../scripts/build-stamp.mjs'))) as { buildStamp: (root: string) => string };

const folder = mkdtempSync(join(tmpdir(), 'refit-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a build is taken for that of the sources as long as none of them changes, comes or goes', () => {
  const root = join(folder, 'one');
  mkdirSync(join(root, 'src/core'), { recursive: true });
  mkdirSync(join(root, 'scripts'));
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'src/index.ts', 'src/core/a.ts', 'scripts/build.mjs']) writeFileSync(join(root, file), file);
  const stamp = buildStamp(root);
  cpSync(root, join(folder, 'two'), { recursive: true });
  expect(buildStamp(join(folder, 'two'))).toBe(stamp);
  writeFileSync(join(root, 'README.md'), 'no source');
  expect(buildStamp(root)).toBe(stamp);

  const others = [stamp];
  for (const file of ['src/core/a.ts', 'src/core/b.ts', 'package-lock.json', 'scripts/build.mjs']) {
    writeFileSync(join(root, file), 'changed');
    others.push(buildStamp(root));
  }
  rmSync(join(root, 'src/index.ts'));
  others.push(buildStamp(root));
  expect(new Set(others).size).toBe(6);
});
