import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ParseError } from '../../src/core/errors.ts';
import { readCsvRows } from '../../src/table/read-csv-rows.ts';
import { readCsv } from '../../src/table/read-csv.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-rows-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array, name = 'train.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(path: string, options = {}): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of readCsvRows(path, options)) rows.push(row);
  return rows;
}

describe('readCsvRows', () => {
  test('reads the rows that readCsv reads, as text', async () => {
    const content = '\uFEFFid,text\r\n0012,"a, ""b""\nc"\r\n\r\n7,\r\n8,你好😀\r\n';
    const types = { id: 'text', text: 'text' } as const;
    const table = await readCsv(Buffer.from(content), { types, naWords: [] });
    expect(await rowsOf(file(content))).toEqual(table.toObjects());
  });

  test('reads characters that fall across chunks of the file', async () => {
    const content = `a,b\n${Array.from({ length: 3000 }, (_, i) => `${i},${'你'.repeat(i % 500)}`).join('\n')}\n`;
    const rows = await rowsOf(file(content));
    expect(rows).toHaveLength(3000);
    expect(rows.every(({ a, b }) => b === '你'.repeat(Number(a) % 500))).toBe(true);
  });

  test('reads gzip, other delimiters, other encodings and no quotes', async () => {
    expect(await rowsOf(file(gzipSync('a;b\n"x";1\n'), 'x.csv.gz'), { delimiter: ';', quote: null })).toEqual([{ a: '"x"', b: '1' }]);
    expect(await rowsOf(file(Buffer.from('a\ncaf\xe9\n', 'latin1')), { encoding: 'latin1' })).toEqual([{ a: 'café' }]);
  });

  test('stops reading when the caller does', async () => {
    for await (const row of readCsvRows(file('a\n1\n2\n3\n'))) {
      expect(row).toEqual({ a: '1' });
      break;
    }
  });

  test.each([
    ['an empty file', '', 'readCsvRows: data/train.csv is empty. It must have a header line and rows.'],
    ['a ragged row', 'a,b\n1,2\n3\n', 'readCsvRows: data/train.csv row 2 has 1 fields, the header has 2. Quote fields that contain commas.'],
    ['names that repeat', 'a,b,a\n1,2,3\n', 'readCsvRows: data/train.csv columns 1 and 3 are both called "a". Correct the header.'],
    ['a column without a name', 'a,\n1,2\n', 'readCsvRows: data/train.csv column 2 has no name. Correct the header.'],
    ['bytes that are not UTF-8', Buffer.from('a\n\xe9x\n', 'latin1'), "readCsvRows: data/train.csv is not utf-8. Name the file's encoding with { encoding }."],
    [
      'a quote that does not close',
      'a,b\n1,2\n3,"x\n',
      `readCsvRows: data/train.csv has a quote that does not close its field (missing closing: '"' in line: at '"x\\n''). Double quotes inside quoted text, or read with { quote: null }.`,
    ],
  ])('refuses %s', async (_, content, message) => {
    const error: Error = await rowsOf(file(content)).then(() => new Error('it was read'), (e) => e);
    expect(error.message.replaceAll(folder, 'data')).toBe(message);
    expect(error).toBeInstanceOf(ParseError);
  });

  test('refuses a file that is not there', async () => {
    await expect(rowsOf(join(folder, 'nowhere.csv'))).rejects.toThrow(ParseError);
    await expect(rowsOf(join(folder, 'nowhere.csv'))).rejects.toThrow('there is no file');
  });
});
