import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { DataError, OptionError, RefitError, ShapeError } from '../../src/core/errors.ts';
import { Table } from '../../src/table/table.ts';
import { writeCsv } from '../../src/table/write-csv.ts';
import { writeFileAtomically } from '../../src/table/write-file-atomically.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeCsv', () => {
  test('writes columns by name, rows as objects and tables alike', async () => {
    const columns = { name: ['a', 'b,c'], label: [1, 0], share: Float64Array.of(1, 0.25), ok: [true, null] };
    const rows = [{ name: 'a', label: 1, share: 1, ok: true }, { name: 'b,c', label: 0, share: 0.25, ok: null }];
    for (const [i, content] of [columns, rows, Table.from(columns)].entries()) {
      await writeCsv(join(folder, `${i}.csv`), content);
      expect(readFileSync(join(folder, `${i}.csv`), 'utf8')).toBe('name,label,share,ok\na,1,1.0,True\n"b,c",0,0.25,\n');
    }
  });

  test('quotes a carriage return and a field that begins with a quote, which readers need', async () => {
    await writeCsv(join(folder, 'x.csv'), { a: ['x\ry', '"q'] });
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toBe('a\n"x\ry"\n"""q"\n');
  });

  test('quotes by the delimiter it is given', async () => {
    for (const delimiter of [';', '\t', '^', ']', '\\', '-', '|']) {
      await writeCsv(join(folder, 'x.csv'), { a: ['x,y', `x${delimiter}y`], b: [1, 2] }, { delimiter });
      expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toBe(`a${delimiter}b\nx,y${delimiter}1\n"x${delimiter}y"${delimiter}2\n`);
    }
  });

  test.each([
    ['no columns', {}, {}, OptionError, 'writeCsv: data/x.csv must get at least one column, got none.'],
    ['columns of unequal length', { a: [1], b: [1, 2] }, {}, ShapeError, 'Table: column "b" has 2 values, but "a" has 1.'],
    ['a column of mixed types', { a: [1, true] }, {}, DataError, 'Table: column "a" must hold values of one type, got number and boolean (true in row 1).'],
    ['a quote as delimiter', { a: [1] }, { delimiter: '"' }, OptionError, 'writeCsv: delimiter must be a single ASCII character, got "\\"".'],
  ])('refuses %s and writes nothing', async (_, content, options, kind, message) => {
    const error: Error = await writeCsv(join(folder, 'x.csv'), content as any, options).then(() => new Error('written'), (e) => e);
    expect(error.message.replaceAll(folder, 'data')).toBe(message);
    expect(error).toBeInstanceOf(kind);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('writeFileAtomically', () => {
  test('replaces a file and leaves nothing else behind', async () => {
    const path = join(folder, 'x.txt');
    await writeFileAtomically(path, 'old');
    await writeFileAtomically(path, Buffer.from('new'));
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['x.txt']);
  });

  test('lets writers of one file each write all of it', async () => {
    const path = join(folder, 'x.txt');
    const contents = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000));
    await Promise.all(contents.map((content) => writeFileAtomically(path, content)));
    expect(contents).toContain(readFileSync(path, 'utf8'));
    expect(readdirSync(folder)).toEqual(['x.txt']);
  });

  test('refuses a folder that does not exist', async () => {
    const path = join(folder, 'no', 'x.txt');
    await expect(writeFileAtomically(path, 'x')).rejects.toMatchObject({
      name: 'RefitError',
      message: `writeFile: ${path} cannot be written, there is no folder ${join(folder, 'no')}. Make it first.`,
    });
  });

  test('keeps what stood under the name when it fails', async () => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), '');
    await expect(writeFileAtomically(path, 'x')).rejects.toThrow(RefitError);
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  test('leaves nothing when the process exits in between', () => {
    const source = fileURLToPath(new URL('../../src/table/write-file-atomically.ts', import.meta.url));
    const { outputFiles } = buildSync({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', write: false, tsconfigRaw: {} });
    const program = `${outputFiles[0].text}
      import { readdirSync } from 'node:fs';
      void writeFileAtomically('big.bin', new Uint8Array(64 * 1024 * 1024));
      const stopOnceBegun = () => {
        if (readdirSync('.').length === 0) return setImmediate(stopOnceBegun);
        console.log(readdirSync('.').join());
        process.exit(130);
      };
      stopOnceBegun();
    `;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module'], { cwd: folder, input: program, encoding: 'utf8' });
    expect(stdout).toMatch(/^\.big\.bin\.\d+-0\.tmp\n$/);
    expect(status).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
