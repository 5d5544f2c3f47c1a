import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { sourceStack } from '../../src/cli/source-stack.ts';

describe('sourceStack', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'source-stack-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('names the place in the sources of what a bundle threw', async () => {
    const source = 'export function broken(list: number[]): number {\n  const unused = 1;\n  return (list as any).missing.length + unused;\n}\n';
    writeFileSync(join(folder, 'broken.ts'), source);
    await build({ entryPoints: [join(folder, 'broken.ts')], outfile: join(folder, 'dist/refit.cjs'), bundle: true, format: 'cjs', minify: true, sourcemap: 'linked', platform: 'node', logLevel: 'silent' });
    const { createRequire } = await import('node:module');
    const { broken } = createRequire(import.meta.url)(join(folder, 'dist/refit.cjs')) as { broken(list: number[]): number };
    const error = (() => {
      try {
        return broken([]);
      } catch (thrown) {
        return thrown as Error;
      }
    })() as Error;
    expect(sourceStack(error)).toMatch(/broken\.ts:3:\d+/);
    expect(sourceStack(error)).not.toContain('refit.cjs');
  });

  test('leaves a stack alone that has no map', () => {
    const error = new Error('none');
    error.stack = 'Error: none\n    at f (/nowhere/refit.cjs:1:2)';
    expect(sourceStack(error)).toBe(error.stack);
  });
});
