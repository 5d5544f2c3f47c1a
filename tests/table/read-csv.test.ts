import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { OptionError, ParseError } from '../../src/core/errors.ts';
import { formatCsv } from '../../src/table/format-csv.ts';
import { readCsv } from '../../src/table/read-csv.ts';
import { Table } from '../../src/table/table.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file and returns its path. */
function file(content: string | Uint8Array, name = 'train.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The error of reading, with the temporary folder left out of its message. */
async function failure(path: string, options = {}): Promise<Error> {
  const error: Error = await readCsv(path, options).then(
    () => new Error('it was read'),
    (e) => e,
  );
  error.message = error.message.replaceAll(folder, 'data');
  return error;
}

const utf8 = (text: string): Buffer => Buffer.from(text);

describe('readCsv', () => {
  test.each([['name,label\nm1,1\n'], ['"name",label\nm1,1\n'], ['"name",label\r\nm1,1\r\n']])('leaves a byte order mark out of the first name: %j', async (text) => {
    expect((await readCsv(file(`\uFEFF${text}`))).names).toEqual(['name', 'label']);
    expect((await readCsv(utf8(`\uFEFF${text}`), { header: false })).strings('0')).toEqual(['name', 'm1']);
  });

  test('reads a file into typed columns', async () => {
    const table = await readCsv(file('name,label,content\nm1,1,[0 43]\nm2,0,[2 66]\n'));
    expect(table.rows).toBe(2);
    expect(table.names).toEqual(['name', 'label', 'content']);
    expect(table.column('label').values).toEqual(Float64Array.of(1, 0));
    expect(table.strings('content')).toEqual(['[0 43]', '[2 66]']);
  });

  test('reads the one file of a ZIP archive, deflated or stored, and none of several', async () => {
    const { archives } = JSON.parse(readFileSync(new URL('../fixtures/zip-archives.json', import.meta.url), 'utf8')) as { archives: Record<'deflated' | 'stored' | 'two', string> };
    const bytes = (name: keyof typeof archives): Buffer => Buffer.from(archives[name], 'base64');
    for (const name of ['deflated', 'stored'] as const) expect((await readCsv(file(bytes(name), 'train.zip'))).numbers('a')).toEqual(Float64Array.from({ length: 100 }, (_, i) => i));
    expect((await failure(file(bytes('two'), 'two.zip'))).message).toBe('readCsv: data/two.zip must be a ZIP archive of one file (it holds 2: a.csv, b.csv). Unpack it.');
    expect((await failure(file(bytes('deflated').subarray(0, 60), 'cut.zip'))).message).toMatch(/^readCsv: data\/cut.zip must be a ZIP archive of one file \(End of central directory record signature not found.*\). Unpack it.$/);
    const damaged = bytes('deflated');
    damaged[60] ^= 255;
    expect((await failure(file(damaged, 'damaged.zip'))).message).toMatch(/^readCsv: data\/damaged.zip must be a ZIP archive of one file \(.+\). Unpack it.$/);
  });

  test('reads numbers with commas before decimals, and keeps those with points as text', async () => {
    const table = await readCsv(file('price;id;point\n12,5;007;1.5\n-3,25e2;01;2\n0,1234567890123456789;02;3\n'), { delimiter: ';', decimal: ',' });
    expect(table.column('price').toArray()).toEqual([12.5, -325, Number('0.1234567890123456789')]);
    expect(table.column('id').toArray()).toEqual(['007', '01', '02']);
    expect(table.kind('point')).toBe('text');
    expect((await readCsv(file('a,b\n"1,5",2\n'), { decimal: ',' })).column('a').toArray()).toEqual([1.5]);
    const large = `a;b\n${Array.from({ length: 150_000 }, (_, i) => `${i},5;x`).join('\n')}\n`;
    expect((await readCsv(file(large), { delimiter: ';', decimal: ',' })).numbers('a').at(-1)).toBe(149_999.5);
  });

  test('reads a gzip file', async () => {
    expect((await readCsv(file(gzipSync('a\n1\n'), 'train.csv.gz'))).numbers('a')).toEqual(Float64Array.of(1));
  });

  test('reads bytes that are a view of a larger buffer', async () => {
    const bytes = new Uint8Array([0, 0, ...utf8('a\n7\n'), 0]).subarray(2, 6);
    expect((await readCsv(bytes)).numbers('a')).toEqual(Float64Array.of(7));
  });

  test('keeps numbers with leading zeros as text', async () => {
    const table = await readCsv(utf8('zip,n,share\n0012,0,0.5\n10115,10,0\n'));
    expect(table.column('zip').values).toEqual(['0012', '10115']);
    expect(table.kind('n')).toBe('number');
    expect(table.kind('share')).toBe('number');
  });

  test('keeps whole numbers that a double cannot hold as text', async () => {
    const table = await readCsv(utf8('a,b,c\n9007199254740993,9007199254740991,1234567890123456789.0\n1,-9007199254740991,2\n'));
    expect(table.column('a').values).toEqual(['9007199254740993', '1']);
    expect(table.column('b').values).toEqual(Float64Array.of(9007199254740991, -9007199254740991));
    expect(table.kind('c')).toBe('number');
  });

  test('keeps ids as text, and only an empty id is missing', async () => {
    const table = await readCsv(utf8('id,x\n7,1\nNA,2\n,3\n'), { ids: ['id'] });
    expect(table.column('id').values).toEqual(['7', 'NA', null]);
  });

  test('reads dates where every value is one, else text', async () => {
    const table = await readCsv(utf8('a,b,c,d\n2024-05-31,2024-05-31 12:30,2024-05-31,2024-05-31\n,NA,31.5.,\n2024/06/01,2024-05-31T12:30:15Z,2024-06-01,2024-13-01\n'));
    expect(table.names.map((name) => table.kind(name))).toEqual(['date', 'date', 'text', 'text']);
    expect(table.column('a').toArray()).toEqual([Date.UTC(2024, 4, 31), null, Date.UTC(2024, 5, 1)]);
    expect(table.column('b').toArray()).toEqual([Date.UTC(2024, 4, 31, 12, 30), null, Date.UTC(2024, 4, 31, 12, 30, 15)]);
    expect((await readCsv(utf8('a\n2024-05-31\n'), { types: { a: 'text' } })).strings('a')).toEqual(['2024-05-31']);
  });

  test('reads categories, with levels found or given', async () => {
    const text = utf8('size,id\nM,1\n,2\nS,3\n');
    expect((await readCsv(text, { types: { size: 'category' } })).data('size')).toMatchObject({ kind: 'category', levels: ['M', 'S'], codes: Int32Array.of(0, -1, 1) });
    expect((await readCsv(text, { types: { size: ['S', 'M', 'L'] } })).data('size')).toMatchObject({ levels: ['S', 'M', 'L'], codes: Int32Array.of(1, -1, 0), values: ['M', null, 'S'] });
  });

  test('takes tabs between fields where the name says so', async () => {
    const path = join(folder, 'a.tsv');
    writeFileSync(path, 'a\tb\n1 ,\tx\n');
    expect((await readCsv(path)).toObjects()).toEqual([{ a: '1 ,', b: 'x' }]);
    writeFileSync(path, 'a\tb,c\n1\t2,3\n');
    expect((await readCsv(path, { delimiter: ',' })).names).toEqual(['a\tb', 'c']);
    writeFileSync(`${path}.gz`, gzipSync('a\tb\n1\tx\n'));
    expect((await readCsv(`${path}.gz`)).toObjects()).toEqual([{ a: 1, b: 'x' }]);
  });

  test('ignores types and NA words of columns that the file lacks', async () => {
    const table = await readCsv(utf8('a\n1\n'), { types: { label: 'text' }, naWords: { label: ['?'] }, ids: ['id'] });
    expect(table.kind('a')).toBe('number');
  });

  test('takes the default NA words for columns that a record of words does not name', async () => {
    const table = await readCsv(utf8('a,b\nNA,NA\n?,x\n'), { naWords: { a: ['?'] } });
    expect(table.column('a').values).toEqual(['NA', null]);
    expect(table.column('b').values).toEqual([null, 'x']);
  });

  test('reads what is beyond ASCII in names, text, NA words and quotes', async () => {
    const table = await readCsv(utf8('文本,"a""é"\n"你,好",无\n"""😀""",2\n'), { naWords: ['无'] });
    expect(table.toObjects()).toEqual([{ 文本: '你,好', 'a"é': null }, { 文本: '"😀"', 'a"é': 2 }]);
  });

  test('reads more fields than its first guess had room for', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i},${'x'.repeat(i < 4000 ? 200 : 0)}`);
    const table = await readCsv(utf8(`a,b\n${rows.join('\n')}\n`));
    expect(table.rows).toBe(5000);
    expect(table.numbers('a')[4999]).toBe(4999);
  });

  test('reads back any text that formatCsv writes', async () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('"', ',', ';', '\n', '\r', ' ', '\t', "'"), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) });
    const name = text.filter((s) => s !== '' && !s.startsWith('\uFEFF'));
    const columns = fc
      .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 8 }))
      .chain(([names, rows]) => fc.tuple(...names.map((n) => fc.tuple(fc.constant(n), fc.array(text, { minLength: rows, maxLength: rows })))));
    await fc.assert(
      fc.asyncProperty(columns, fc.constantFrom(',', ';', '\t', '|'), async (pairs, delimiter) => {
        const table = new Table(pairs.map(([n, values]) => [n, { kind: 'text', values }]));
        const types = Object.fromEntries(pairs.map(([n]) => [n, 'text' as const]));
        const back = await readCsv(Buffer.from(formatCsv(table, { delimiter })), { delimiter, types, naWords: [] });
        expect(back.names).toEqual(table.names);
        for (const n of table.names) expect(back.column(n).values).toEqual(table.column(n).values);
      }),
      { seed: 43, numRuns: 500 },
    );
  });

  test('reads back any numbers that formatCsv writes, bit for bit', async () => {
    const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger(), fc.constantFrom(-0.1, 1e-7, 1e22, 0.1));
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 20 }), async (values) => {
        const x = Float64Array.from(values, (v) => (Object.is(v, -0) ? 0 : v));
        const back = await readCsv(Buffer.from(formatCsv(Table.from({ x }))));
        expect(back.numbers('x')).toEqual(x);
      }),
      { seed: 43, numRuns: 500 },
    );
  });

  test('reads the same table whatever ends the lines', async () => {
    const lines = ['a,b', '1,"x,y"', '2,', '3,"""q"""'];
    const [lf, crlf, cr] = await Promise.all(['\n', '\r\n', '\r'].map((end) => readCsv(utf8(lines.join(end) + end))));
    expect(crlf.toObjects()).toEqual(lf.toObjects());
    expect(cr.toObjects()).toEqual(lf.toObjects());
  });
});

describe('readCsv refuses', () => {
  const cases: [title: string, content: string | Uint8Array, options: object, message: string][] = [
    ['an empty file', '', {}, 'readCsv: data/train.csv is empty. It must have a header line and rows.'],
    ['a file of blank lines', '\n \n\r\n', {}, 'readCsv: data/train.csv is empty. It must have a header line and rows.'],
    ['an empty file without a header', '', { header: false }, 'readCsv: data/train.csv is empty. It must have rows.'],
    ['a header without rows', 'a,b\n\n', {}, 'readCsv: data/train.csv has a header but no rows. Check that the file is complete.'],
    ['a long line', 'a,b\n1,2\n\n3,4,5\n', {}, 'readCsv: data/train.csv line 4 has 3 fields, the header has 2. Quote fields that contain commas.'],
    ['a short line', 'a;b;c\n1;2\n', { delimiter: ';' }, 'readCsv: data/train.csv line 2 has 2 fields, the header has 3. Quote fields that contain ";".'],
    ['a line of one field', 'a,b\nx\n', {}, 'readCsv: data/train.csv line 2 has 1 field, the header has 2. Quote fields that contain commas.'],
    ['a long line without a header', '1,2\n1,2,3\n', { header: false }, 'readCsv: data/train.csv line 2 has 3 fields, the first record has 2. Quote fields that contain commas.'],
    ['a ragged line after a line break in quotes', 'a,b\r\n"x\r\ny",1\r\n2\r\n', {}, 'readCsv: data/train.csv line 4 has 1 field, the header has 2. Quote fields that contain commas.'],
    ['a ragged line among CR line ends', 'a,b\r1,2\r3', {}, 'readCsv: data/train.csv line 3 has 1 field, the header has 2. Quote fields that contain commas.'],
    ['a quote that does not close', 'id,text\n1,fine\n2,"open\n3,x\n', {}, 'readCsv: data/train.csv line 3 column 2 (text) opens a quote that is never closed. Close it, or read with { quote: null }.'],
    ['a quote at the very end', 'a\n"', {}, 'readCsv: data/train.csv line 2 column 1 (a) opens a quote that is never closed. Close it, or read with { quote: null }.'],
    ['a doubled quote at the very end', 'a\n"x""', {}, 'readCsv: data/train.csv line 2 column 1 (a) opens a quote that is never closed. Close it, or read with { quote: null }.'],
    ['a quote in the header that does not close', 'a,"b\n1,2\n', {}, 'readCsv: data/train.csv line 1 column 2 opens a quote that is never closed. Close it, or read with { quote: null }.'],
    ['text after a closing quote', 'a,b\n1,"x"y\n', {}, 'readCsv: data/train.csv line 2 column 2 (b) goes on after its closing quote. Double quotes inside quoted text, or read with { quote: null }.'],
    ['two columns of one name', 'id,label,x,label\n1,2,3,4\n', {}, 'readCsv: data/train.csv line 1 columns 2 and 4 are both called "label". Correct the header, or give { names: [...] } to replace it.'],
    ['a column without a name', '\n,a\n0,1\n', {}, 'readCsv: data/train.csv line 2 column 1 has no name. Correct the header, or give { names: [...] } to replace it.'],
    ['given names that repeat', 'a,b\n0,1\n', { names: ['x', 'x'] }, 'readCsv: names: columns 1 and 2 are both called "x". Every column needs a name of its own.'],
    ['a word in a column of numbers', 'id,age\n1,30\n2,old\n', { types: { age: 'number' } }, 'readCsv: data/train.csv line 3 column 2 (age) must be a number, got "old". Correct it, or read the column as text.'],
    ['a date that is none', 'id,when\n1,2024-05-31\n2,2024-02-30\n', { types: { when: 'date' } }, 'readCsv: data/train.csv line 3 column 2 (when) must be a date such as 2024-05-31 or 2024-05-31T12:30:00Z, got "2024-02-30". Correct it, or read the column as text.'],
    ['a value that is no level', 'id,size\n1,S\n2,XL\n', { types: { size: ['S', 'M', 'L'] } }, 'readCsv: data/train.csv line 3 column 2 (size) must be one of S, M, L, got "XL". Correct it, or add the level.'],
    ['a word in a column of booleans', 'a,b\n"1\n2",True\n3,maybe\n', { types: { b: 'boolean' } }, 'readCsv: data/train.csv line 4 column 2 (b) must be true or false, got "maybe". Correct it, or read the column as text.'],
    ['bytes that are not UTF-8', Buffer.from('a,b\n1,x\n2,caf\xe9\n', 'latin1'), {}, "readCsv: data/train.csv line 3 is not UTF-8 (byte 0xE9). Name the file's encoding, such as { encoding: 'latin1' } or 'gbk'."],
    ['GBK read as UTF-8', Buffer.from([0x61, 0x0a, 0xc4, 0xe3, 0xba, 0xc3]), {}, "readCsv: data/train.csv line 2 is not UTF-8 (byte 0xC4). Name the file's encoding, such as { encoding: 'latin1' } or 'gbk'."],
    ['UTF-16 read as UTF-8', Buffer.from('\uFEFFa\n1\n', 'utf16le'), {}, "readCsv: data/train.csv line 1 is not UTF-8 (byte 0xFF). Name the file's encoding, such as { encoding: 'utf-16le' }."],
    ['UTF-8 cut off in a character', utf8('a,b\n1,你').subarray(0, 8), {}, "readCsv: data/train.csv line 2 is not UTF-8 (byte 0xE4). Name the file's encoding, such as { encoding: 'latin1' } or 'gbk'."],
    ['bytes that are not of the named encoding', Buffer.from([0x61, 0x0a, 0x81]), { encoding: 'gbk' }, 'readCsv: data/train.csv is not gbk. Name its encoding with { encoding }.'],
    ['UTF-8 read as UTF-16', 'a\n12\n', { encoding: 'utf-16le' }, 'readCsv: data/train.csv is not utf-16le. It is UTF-8, so leave { encoding } out.'],
    ['a damaged gzip file', gzipSync('a\n1\n').subarray(0, 15), {}, 'readCsv: data/train.csv is a damaged gzip file (unexpected end of file). Download it again.'],
  ];

  test.each(cases)('%s', async (_, content, options, message) => {
    const error = await failure(file(content), options);
    expect(error.message).toBe(message);
    expect(error).toBeInstanceOf(ParseError);
  });

  test('a file that is not there', async () => {
    const error = await failure(join(folder, 'nowhere.csv'));
    expect(error.message).toBe(`readCsv: there is no file data/nowhere.csv. Check the path; it counts from ${process.cwd()}.`);
    expect(error).toBeInstanceOf(ParseError);
  });

  test('neither a path nor bytes', async () => {
    await expect(readCsv(process.argv[99])).rejects.toThrow(
      "readCsv: source must be a file's path or its bytes, got undefined. A path from the command line is undefined where it was left out.",
    );
  });

  test('a folder', async () => {
    const error = await failure(folder);
    expect(error.message).toBe('readCsv: data is a folder. Name a file in it.');
    expect(error).toBeInstanceOf(ParseError);
  });

  test.each([
    ['an unknown option', { sep: ';' }, 'readCsv: there is no option sep. Options are delimiter, decimal, quote, encoding, header, names, naWords, types, ids.'],
    ['an unknown encoding', { encoding: 'klingon' }, 'readCsv: encoding must be an encoding that TextDecoder knows, got "klingon".'],
    ['a delimiter of two characters', { delimiter: '||' }, 'readCsv: delimiter must be a single ASCII character, got "||".'],
    ['a quote beyond ASCII', { quote: '«' }, 'readCsv: quote must be a single ASCII character, or null, got "«".'],
    ['one character for quote and delimiter', { quote: ',' }, 'readCsv: quote and delimiter must differ, both are ",".'],
    ['an unknown type', { types: { a: 'money' } }, "readCsv: types must be 'number', 'text', 'boolean', 'date', 'category' or a list of levels by column name, got {a}."],
    ['too few names', { names: ['a'] }, 'readCsv: data/train.csv has 2 columns, but names has 1. Name every column.'],
  ])('%s', async (_, options, message) => {
    const error = await failure(file('a,b\n1,2\n'), options);
    expect(error.message).toBe(message);
    expect(error).toBeInstanceOf(OptionError);
  });
});
