import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const bundle = resolve(import.meta.dirname, '../../dist/bundle');
const cache = join(bundle, `refit-${process.version}-${process.platform}-${process.arch}.cache`);

/** Loads the library of a folder in a process of its own, as users' processes do. */
function load(folder: string): { took: boolean; names: number } {
  const program = `const { loadLibrary, tookCompiledCode } = require(${JSON.stringify(join(folder, 'load-library.cjs'))});
    console.log(JSON.stringify({ took: tookCompiledCode(), names: Object.keys(loadLibrary().index()).length }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })) as never;
}

describe('loading the library', () => {
  let folder: string;
  let copy: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refit-load-'));
    copy = join(folder, 'dist/bundle');
    mkdirSync(copy, { recursive: true });
    for (const name of ['load-library.cjs', 'refit.cjs']) copyFileSync(join(bundle, name), join(copy, name));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('takes the code that was compiled when it was built', () => {
    expect(load(bundle)).toEqual({ took: true, names: expect.any(Number) });
  });

  test.each([
    ['there is none', undefined],
    ['it is another version’s', (code: Buffer) => Buffer.concat([code.subarray(0, 4), Buffer.alloc(4, 7), code.subarray(8)])],
    ['it was cut short', (code: Buffer) => code.subarray(0, 1000)],
    ['it is not code at all', () => Buffer.from('no code')],
  ])('compiles it where %s', (_, damage) => {
    if (damage) writeFileSync(join(copy, basename(cache)), damage(readFileSync(cache)));
    expect(load(copy)).toEqual({ took: false, names: load(bundle).names });
  });

  test('is written in ASCII, which it is read as', () => {
    const bytes = readFileSync(join(bundle, 'refit.cjs'));
    expect(bytes.findIndex((byte) => byte > 127)).toBe(-1);
  });
});
