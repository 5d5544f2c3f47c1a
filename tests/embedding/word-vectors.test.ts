import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DataError, ParseError, ShapeError } from '../../src/core/errors.ts';
import { readWordVectors } from '../../src/embedding/read-word-vectors.ts';
import { WordVectors } from '../../src/embedding/word-vectors.ts';
import '../to-be-all-close.ts';

const vectors = new WordVectors(['king', 'queen', 'man', 'woman', 'void'], Float32Array.of(1, 1, 1, -1, 2, 2.2, 2, -2.1, 0, 0), 2);
const folder = mkdtempSync(join(tmpdir(), 'refit-vectors-'));
function file(text: string): string {
  const path = join(folder, `${Math.random()}.txt`);
  writeFileSync(path, text);
  return path;
}

describe('WordVectors', () => {
  test('finds the nearest words by cosine, without the word itself and without zeros', () => {
    const found = vectors.mostSimilar('king');
    expect(found.map(({ word }) => word)).toEqual(['man', 'queen', 'woman']);
    expect(found[0].similarity).toBeAllClose(4.2 / (Math.SQRT2 * Math.hypot(2, 2.2)), { relative: 1e-6 });
  });

  test('adds and subtracts unit vectors', () => {
    expect(vectors.mostSimilar({ positive: ['king', 'woman'], negative: ['man'] }, 1)[0].word).toBe('queen');
  });

  test('gives a word its vector, and two words their similarity', () => {
    expect([...vectors.vector('queen')]).toEqual([1, -1]);
    expect(vectors.similarity('king', 'queen')).toBe(0);
    expect(vectors.similarity('king', 'king')).toBeCloseTo(1, 12);
    expect(vectors.similarity('king', 'void')).toBe(0);
    expect([vectors.has('king'), vectors.has('prince')]).toEqual([true, false]);
  });

  test('refuses unknown words, words given twice and vectors of another number', () => {
    expect(() => vectors.mostSimilar('kin')).toThrow('WordVectors: there is no vector for "kin". Did you mean "king"? Ask has(word) first.');
    expect(() => new WordVectors(['a', 'a'], new Float32Array(2), 1)).toThrow(new DataError('WordVectors: every word must come once, got "a" twice.'));
    expect(() => new WordVectors(['a'], new Float32Array(3), 2)).toThrow(ShapeError);
  });
});

describe('readWordVectors', () => {
  test('reads GloVe files', async () => {
    const read = await readWordVectors(file('the 0.5 -1e-2\ncat 2 3\n'));
    expect(read.words).toEqual(['the', 'cat']);
    expect(read.size).toBe(2);
    expect([...read.vectors]).toEqual([0.5, Math.fround(-0.01), 2, 3]);
  });

  test('reads word2vec files with their first line', async () => {
    const read = await readWordVectors(file('2 3\nthe 1 2 3\ncat 4 5 6\n'));
    expect(read.words).toEqual(['the', 'cat']);
    expect(read.size).toBe(3);
  });

  test('unpacks what ends in .gz, and stops where it was told to', async () => {
    const path = join(folder, 'vectors.vec.gz');
    writeFileSync(path, gzipSync('2 3\nthe 1 2 3\ncat 4 5 6\n'));
    expect((await readWordVectors(path)).words).toEqual(['the', 'cat']);
    expect((await readWordVectors(path, { limit: 1 })).words).toEqual(['the']);
    writeFileSync(path, gzipSync('the 1 2 3\n').subarray(0, 20));
    await expect(readWordVectors(path)).rejects.toThrow(`readWordVectors: ${path} is a damaged gzip file (unexpected end of file). Download it again.`);
  });

  test('tells of a file that is not there and of a folder', async () => {
    await expect(readWordVectors(join(folder, 'no.txt'))).rejects.toThrow(`readWordVectors: there is no file ${join(folder, 'no.txt')}. Check the path; it counts from ${process.cwd()}.`);
    await expect(readWordVectors(folder)).rejects.toThrow(`readWordVectors: ${folder} is a folder. Name a file in it.`);
  });

  test('reads words with spaces, keeps the first of two, and ends lines as Windows does', async () => {
    const read = await readWordVectors(file('a 1 2 3\r\nnew york 4 5 6\r\na 7 8 9\r\n'));
    expect(read.words).toEqual(['a', 'new york']);
    expect([...read.vector('a')]).toEqual([1, 2, 3]);
  });

  test('reads as many as wanted, or those that are wanted', async () => {
    const path = file('a 1 1\nb 2 2\nc 3 3\n');
    expect((await readWordVectors(path, { limit: 2 })).words).toEqual(['a', 'b']);
    expect((await readWordVectors(path, { words: new Set(['c', 'x']) })).words).toEqual(['c']);
  });

  test('reads more words than its first buffer holds', async () => {
    const read = await readWordVectors(file(Array.from({ length: 3000 }, (_, i) => `w${i} ${i} ${-i}`).join('\n')));
    expect(read.words).toHaveLength(3000);
    expect([...read.vector('w2999')]).toEqual([2999, -2999]);
  });

  test('names the line that is wrong', async () => {
    await expect(readWordVectors(file('a 1 2\nb 1\n'))).rejects.toThrow(/line 2 must have a word and 2 numbers, got 2 fields/);
    await expect(readWordVectors(file('a 1 2\nb 1 x\n'))).rejects.toThrow(/line 2 must hold numbers after the word, got "x"/);
    await expect(readWordVectors(file('\n'))).rejects.toThrow(ParseError);
  });
});
