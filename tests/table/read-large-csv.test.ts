import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { WorkerError } from '../../src/core/errors.ts';
import { completeOptions } from '../../src/core/rules.ts';
import { withArena } from '../../src/kernels/arena.ts';
import { withoutKernels } from '../../src/kernels/kernel-memory.ts';
import { powersOfFive } from '../../src/kernels/powers-of-five.ts';
import { CsvControl } from '../../src/table/csv-job.ts';
import { CsvPiece } from '../../src/table/csv-piece.ts';
import { CsvShare } from '../../src/table/csv-share.ts';
import { bytesSource, type CsvSource, fileSource } from '../../src/table/csv-source.ts';
import { CsvTeam } from '../../src/table/csv-team.ts';
import { defaultNaWords } from '../../src/table/na-words.ts';
import { parseCsv, readCsv, readCsvRules, type ReadCsvOptions } from '../../src/table/read-csv.ts';
import { readLargeCsv, readWith, type ColumnPlan, type Workforce } from '../../src/table/read-large-csv.ts';
import { Table } from '../../src/table/table.ts';
import { fixture } from '../fixture.ts';

const syntax = { delimiter: ',', quote: '"', header: true };
const complete = (options: ReadCsvOptions = {}) => completeOptions<ReadCsvOptions>('readCsv', options, readCsvRules);
const plain = (table: Table) => table.names.map((name) => ({ name, kind: table.kind(name), values: table.column(name).toArray() }));
const plans = (first: readonly string[]): ColumnPlan[] => first.map((name) => ({ name, kind: null, naWords: defaultNaWords }));

/** What the kernels make of a text, by column; undefined where they leave it to the careful reader. */
function byKernels(text: string, piece?: number): Record<string, { kind: string; values: unknown[] }> | undefined {
  const columns = readLargeCsv(() => bytesSource(Buffer.from(text)), syntax, plans, piece);
  return columns && Object.fromEntries(columns.map(([name, data]) => [name, { kind: data.kind, values: Array.from<unknown>(data.values) }]));
}

/** The table, or the message of the error. */
async function outcome(bytes: Buffer, options: ReadCsvOptions, where: { large: number; piece?: number }): Promise<unknown> {
  return parseCsv(bytes, complete(options), where).then(plain, (error: Error) => error.message);
}

describe('the kernels read CSV as the careful reader does', () => {
  test.each(fixture('table').cases.filter(({ call }) => call.startsWith('pandas.read_csv')).map((one) => [one.name, one] as const))('%s', async (_, { input, options }) => {
    const bytes = Buffer.from(input.base64, 'base64');
    const careful = await outcome(bytes, options ?? {}, { large: Infinity });
    for (const piece of [8, 32, 4096]) expect(await outcome(bytes, options ?? {}, { large: 0, piece })).toEqual(careful);
  });

  const field = fc.oneof(
    fc.constantFrom('', 'NA', '1', '-2.5', '0012', 'True', 'false', 'FALSe', '2024-05-31', '2024-02-30', '2024-05-31 12:30:15.25', ' 7 ', '1e5', 'inf', 'a"b', 'ä€😀', '9007199254740993'),
    fc.double({ noNaN: true }).map(String),
    fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ' ', 'é', '.', '-'), maxLength: 20 }),
  );
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  test('whatever the fields, line ends and pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.integer({ min: 1, max: 70 }),
        async (rows, lineEnd, endsWithLine, piece) => {
          const text = ['a,b,c', ...rows.map((row) => row.map(quoted).join(','))].join(lineEnd) + (endsWithLine ? lineEnd : '');
          const bytes = Buffer.from(text);
          expect(await outcome(bytes, {}, { large: 0, piece })).toEqual(await outcome(bytes, {}, { large: Infinity }));
        },
      ),
      { seed: 4, numRuns: 400 },
    );
  });

  test('whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', '1', '"', ',', '\n', '\r', ' ', 'é'), maxLength: 60 }), fc.integer({ min: 1, max: 40 }), async (text, piece) => {
        const bytes = Buffer.from(text);
        expect(await outcome(bytes, {}, { large: 0, piece })).toEqual(await outcome(bytes, {}, { large: Infinity }));
      }),
      { seed: 5, numRuns: 600 },
    );
  });

  test.each<[string, string, ReadCsvOptions]>([
    ['types', 'a,b,c,d,e\n1,True,2024-05-31,x,S\n007,,,y,M\n', { types: { a: 'number', b: 'boolean', c: 'date', d: 'category', e: ['S', 'M', 'L'] } }],
    ['a value that breaks its type', 'a,b\n1,x\ny,z\n', { types: { a: 'number' } }],
    ['a value that is no level', 'a,b\nS,x\nXL,z\n', { types: { a: ['S', 'M'] } }],
    ['ids', 'id,x\n0012,1\nNA,2\n,3\n', { ids: ['id'] }],
    ['other delimiters and quotes', "a;b\n'x;y';1,5\n'it''s';2\n", { delimiter: ';', quote: "'" }],
    ['no quotes', 'a,b\n"x,1\n', { quote: null }],
    ['no header', '1,x\n2,y\n', { header: false }],
    ['given names', 'a,b\n1,x\n', { names: ['c', 'd'] }],
    ['too few names', 'a,b\n1,x\n', { names: ['c'] }],
    ['equal names', 'a,a\n1,x\n', {}],
    ['NA words of its own', 'a,b\n-999,?\n1,x\n', { naWords: { a: ['-999'], b: ['?'] } }],
    ['NA words that read as booleans', 'a\nTrue\nfalse\n', { naWords: ['false'] }],
    ['an infinite value called missing', 'a\n1\ninf\n', { naWords: ['inf'] }],
    ['a byte order mark', '\uFEFFa,b\n1,x\n', {}],
    ['a ragged line', 'a,b\n1,x\n1\n', {}],
    ['a quote that does not close', 'a,b\n1,"x\n', {}],
    ['a header alone', 'a,b\n', {}],
    ['nothing', '', {}],
    ['blank lines', '\n\na,b\n\n1,x\n  \n2,y\n\n', {}],
  ])('%s', async (_, text, options) => {
    for (const piece of [3, 64]) expect(await outcome(Buffer.from(text), options, { large: 0, piece })).toEqual(await outcome(Buffer.from(text), options, { large: Infinity }));
  });

  test('bytes that are not UTF-8', async () => {
    const bytes = Buffer.from('a,b\n1,\xe9\n2,x\n', 'latin1');
    expect(await outcome(bytes, {}, { large: 0 })).toMatch(/input line 2 is not UTF-8/);
    expect(await outcome(bytes, { encoding: 'latin1' }, { large: 0 })).toEqual([{ name: 'a', kind: 'number', values: [1, 2] }, { name: 'b', kind: 'text', values: ['é', 'x'] }]);
  });
});

/** Threads that take turns as they are told, here all in one; when the plan is used up, the first goes on alone. */
const inTurns =
  (turns: readonly number[]): Workforce =>
  (job, source) =>
    withArena((arena) => {
      const threads = 1 + Math.max(0, ...turns);
      const shares = Array.from({ length: threads }, (_, k) => new CsvShare(new CsvPiece(arena, job.syntax, job.room), job, source, k));
      for (const turn of turns) shares[turn].next();
      while (shares[0].next());
      return shares.filter((share, k) => k === 0 || share.hasBegun).map((share) => share.part());
    });

describe('threads that share a file', () => {
  const cell = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('1', '-2.5', '3e4') }, { weight: 1, arbitrary: fc.constantFrom('', 'NA', 'True', 'false', '2024-05-31', 'word', '0012', ' 7 ', 'a"b', '"', 'x,y', 'two\nlines', 'ä€😀\r\n', '1\r') });
  const quoted = (text: string): string => (/^"|[,\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  test('read what one thread reads, whoever takes which piece', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, fc.oneof(fc.constant('word'), cell), fc.constantFrom('', 'True', '2024-05-31', 'x')), { minLength: 1, maxLength: 40 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('', '\uFEFF', '\n\n'),
        fc.boolean(),
        fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('1,2\n', '1,2,"x\n', '1,"x"y,3\n', '\uFFFF') }),
        fc.array(fc.nat({ max: 2 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, lineEnd, before, endsWithLine, after, turns, piece) => {
          const text = before + ['a,b,c', ...rows.map((row) => row.map(quoted).join(','))].join(lineEnd) + (endsWithLine ? lineEnd : '') + after;
          const bytes = after === '\uFFFF' ? Buffer.concat([Buffer.from(text), Buffer.of(0xc3, 10)]) : Buffer.from(text);
          const read = (work?: Workforce) =>
            readLargeCsv(() => bytesSource(bytes), syntax, plans, piece, work)?.map(([name, data]) => ({ name, kind: data.kind, values: Array.from<unknown>(data.values) }));
          expect(read(inTurns(turns))).toEqual(read());
        },
      ),
      { seed: 7, numRuns: 600 },
    );
  });

  test('read what the careful reader reads', async () => {
    const lines = Array.from({ length: 300 }, (_, i) => `${i % 9 === 0 ? '' : i / 4},"line ${i}\nand ""${i}""",${i > 250 ? 'word' : i},${i < 200 ? '' : i % 2 === 0}`);
    const bytes = Buffer.from(`n,text,late,open\r\n${lines.join('\r\n')}`);
    const careful = plain(await parseCsv(bytes, complete(), { large: Infinity }));
    const columns = readLargeCsv(() => bytesSource(bytes), syntax, plans, 50, inTurns([2, 1, 1, 0, 2, 0, 0, 1, 1, 2, 0, 1, 2, 2, 2]));
    expect(columns?.map(([, { kind }]) => kind)).toEqual(['number', 'text', 'text', 'boolean']);
    expect(plain(new Table(columns!))).toEqual(careful);
  });

  test('take no piece that another one has taken, nor any at the end', () => {
    const control = new CsvControl(2);
    const other = new CsvControl(control.buffer);
    control.locked(() => control.advance(10, 3));
    expect([other.offset, other.row, other.state]).toEqual([10, 3, 'running']);
    other.end('finished');
    other.end('irregular');
    control.end('finished');
    expect(control.state).toBe('irregular');
  });

  test('know what a column is from what was met in it, also in the pass before', () => {
    const control = new CsvControl(3);
    expect(control.kindOf(1)).toBe('number');
    control.note(1, 'date');
    control.note(2, 'boolean');
    expect([control.kindOf(0), control.kindOf(1), control.kindOf(2)]).toEqual(['number', 'date', 'boolean']);
    const next = new CsvControl(3, control);
    next.note(1, 'number');
    expect([next.kindOf(1), next.kindOf(2), control.kindOf(1)]).toEqual(['text', 'boolean', 'date']);
  });
});

describe('the kernels by themselves', () => {
  test('read numbers, booleans, dates and text', () => {
    expect(byKernels('n,b,d,t\n1,True,2024-05-31,x\n,,,\n-2.5e-3,FALSE,1969-12-31T23:59:59.5Z,"y ""z"""\n')).toEqual({
      n: { kind: 'number', values: [1, Number.NaN, -0.0025] },
      b: { kind: 'boolean', values: [true, null, false] },
      d: { kind: 'date', values: [Date.UTC(2024, 4, 31), Number.NaN, -500] },
      t: { kind: 'text', values: ['x', null, 'y "z"'] },
    });
  });

  test('make of a column what its last rows say', () => {
    const rows = (values: readonly string[]): string => `x,y\n${values.map((value) => `${value},1\n`).join('')}`;
    const gaps = Array.from({ length: 30 }, () => '');
    const kindOf = (values: readonly string[]) => byKernels(rows(values), 24)?.x;
    expect(kindOf([...gaps, 'True', ''])).toEqual({ kind: 'boolean', values: [...gaps.map(() => null), true, null] });
    expect(kindOf([...gaps, '2024-05-31'])).toEqual({ kind: 'date', values: [...gaps.map(() => Number.NaN), Date.UTC(2024, 4, 31)] });
    expect(kindOf([...gaps, 'word'])).toEqual({ kind: 'text', values: [...gaps.map(() => null), 'word'] });
    const numbers = gaps.map((_, i) => String(i));
    expect(kindOf([...numbers, 'word', ''])).toEqual({ kind: 'text', values: [...numbers, 'word', null] });
    expect(kindOf(['True', ...gaps, 'yes'])).toEqual({ kind: 'text', values: ['True', ...gaps.map(() => null), 'yes'] });
    expect(kindOf([...numbers, '0012'])).toEqual({ kind: 'text', values: [...numbers, '0012'] });
  });

  test('round every number as JavaScript does', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
            fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x.toPrecision(17)),
            fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((x) => x.toFixed(12)),
            fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 19n - 1n }), fc.integer({ min: -360, max: 320 })).map(([w, q]) => `${w}e${q}`),
            fc.tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 10 ** 9 })).map(([a, b]) => `${a}.${b}`),
            // Halfway between two doubles, and next to it.
            fc.tuple(fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }), fc.constantFrom(-1n, 0n, 1n)).map(([m, d]) => `${(2n * m + 1n) * 512n + d}.0`),
          ),
          { minLength: 1, maxLength: 50 },
        ),
        (texts) => {
          // A second column of text keeps blank lines apart.
          const found = byKernels(`x,t\n${texts.map((text) => `${text},t`).join('\n')}\n`)?.x;
          const isId = texts.some((text) => /^-?0\d/.test(text) || (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text))));
          if (isId) expect(found?.kind).toBe('text');
          else expect(found?.values).toEqual(texts.map(Number));
        },
      ),
      { seed: 6, numRuns: 300 },
    );
  });

  test('know the powers of five', () => {
    const table = powersOfFive();
    const at = (q: number) => (table[2 * (q + 342)] << 64n) | table[2 * (q + 342) + 1];
    expect([at(0), at(1), at(3)]).toEqual([1n << 127n, 5n << 125n, 125n << 121n]);
    // 1/5 is 0.0011 0011 … in binary; rounded up.
    expect(at(-1)).toBe(0xcccccccccccccccccccccccccccccccdn);
    for (let q = -342; q <= 308; q++) expect(at(q) >> 127n).toBe(1n);
  });

  test('leave irregular files to the careful reader, and do without themselves', () => {
    expect(byKernels('a,b\n1\n')).toBeUndefined();
    expect(byKernels('a,b\n1,"x\n')).toBeUndefined();
    expect(byKernels('a,b\n1,"x"y\n')).toBeUndefined();
    expect(byKernels('a,b\n')).toBeUndefined();
    expect(byKernels('')).toBeUndefined();
    expect(withoutKernels(() => byKernels('a,b\n1,2\n'))).toBeUndefined();
  });
});

describe('a large file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refit-large-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i},${i % 7 === 0 ? '' : i / 8},"name ${i}, of many",${i % 2 === 0}`);
  const text = `id,x,name,even\n${lines.join('\n')}\n`;

  test('is read from disk, packed or not, as from memory', async () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, text);
    writeFileSync(`${path}.gz`, gzipSync(text));
    const careful = plain(await parseCsv(Buffer.from(text), complete(), { large: Infinity }));
    for (const source of [path, `${path}.gz`, Buffer.from(text)]) {
      const table = await readCsv(source);
      expect(table.rows).toBe(60_000);
      expect(plain(table)).toEqual(careful);
    }
  });

  test('makes text when it is asked for, whatever was done to the table before', async () => {
    const path = join(folder, 'b.csv');
    writeFileSync(path, text);
    const table = (await readCsv(path)).rename({ name: 'called' }).select(['called', 'even', 'x']).take([3, 0]);
    rmSync(path);
    expect(table.toObjects()).toEqual([{ called: 'name 3, of many', even: false, x: 0.375 }, { called: 'name 0, of many', even: true, x: null }]);
  });

  /** The same for this thread a little later, so that others come to take pieces on a busy machine too. */
  const unhurried = (source: CsvSource): CsvSource => ({
    ...source,
    read(into, at) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      return source.read(into, at);
    },
  });

  test('is read by threads as by one, for as many files as come', async () => {
    const path = join(folder, 'd.csv');
    writeFileSync(path, text);
    // They must not go home while results are compared, which takes seconds on a busy machine.
    const team = CsvTeam.start(3, 20_000)!;
    const careful = plain(await parseCsv(Buffer.from(text), complete(), { large: Infinity }));
    let helped = 0;
    // They take part once they are there.
    for (let k = 0; k < 100 && helped < 3; k++) {
      let parts = 1;
      const columns = readLargeCsv(() => fileSource(path), syntax, plans, 2 ** 14, (job, source, piece) => {
        const all = readWith(team, job, unhurried(source), piece);
        parts = all.length;
        return all;
      });
      if (parts === 1) continue;
      expect(plain(new Table(columns!))).toEqual(careful);
      helped++;
    }
    expect(helped).toBe(3);
  });

  test('tells that a thread has failed', () => {
    const path = join(folder, 'e.csv');
    writeFileSync(path, text);
    const team = CsvTeam.start(2)!;
    const read = (): void => {
      for (let k = 0; k < 100; k++) readLargeCsv(() => fileSource(path), syntax, plans, 2 ** 14, (job, source, piece) => readWith(team, { ...job, file: 2 ** 30 }, unhurried(source), piece));
    };
    expect(read).toThrow(new WorkerError('readCsv: a thread that helped to read the file failed: EBADF: bad file descriptor, read. Read it again.'));
    // Those after it are read as ever.
    expect(readLargeCsv(() => fileSource(path), syntax, plans, 2 ** 14, (...given) => readWith(team, ...given))?.[0][1].values).toHaveLength(60_000);
  });

  test('is refused with file and line where one is ragged', async () => {
    const path = join(folder, 'c.csv');
    writeFileSync(path, `${text}1,2\n`);
    await expect(readCsv(path)).rejects.toThrow(`readCsv: ${path} line 60002 has 2 fields, the header has 4.`);
  });
});
