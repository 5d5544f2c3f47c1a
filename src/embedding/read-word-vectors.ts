import { createInterface } from 'node:readline';
import { ParseError, RefitError } from '../core/errors.ts';
import { completeOptions, custom, integer, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { unpackedStream } from '../core/unpacked-stream.ts';
import { unreadableFile } from '../core/unreadable-file.ts';
import { WordVectors } from './word-vectors.ts';

export interface ReadWordVectorsOptions {
  /** Reads this many words at most: files are sorted by how common words are. Default null: all. */
  limit?: number | null;
  /** Keeps these words only, such as those of the texts at hand. Default null: all. */
  words?: ReadonlySet<string> | null;
}

const rules: Rules<ReadWordVectorsOptions> = {
  limit: optional(integer(1, { min: 1 })),
  words: optional(custom<ReadonlySet<string>>(new Set(), 'a Set of words', (v) => v instanceof Set)),
};

/**
 * Word vectors from a text file: a word and its numbers on each line, separated by spaces, as GloVe's files have
 * them, or word2vec's, which begin with a line of two numbers (words and size). A word may hold spaces. Of a word that comes twice the
 * first is kept. The file is read as a stream of lines; one whose name ends in .gz, as fastText's do, is unpacked meanwhile.
 *
 * @throws ParseError naming file and line for numbers that are none, or of another count than on the first line; for a
 * file that is not there or a damaged .gz
 * @example
 * const vectors = await readWordVectors('glove.6B.100d.txt', { limit: 100_000 });
 */
export async function readWordVectors(path: string, options: ReadWordVectorsOptions = {}): Promise<WordVectors> {
  const { limit, words: wanted } = completeOptions<ReadWordVectorsOptions>('readWordVectors', options, rules);
  const words: string[] = [];
  const seen = new Set<string>();
  let numbers = new Float32Array(0);
  let size = 0;
  let line = 0;
  const input = unpackedStream(path);
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line++;
      if (text.trim() === '') continue;
      const fields = text.trimEnd().split(' ');
      if (line === 1 && fields.length === 2 && fields.every((field) => /^\d+$/.test(field))) {
        size = Number(fields[1]);
        continue;
      }
      if (size === 0) size = fields.length - 1;
      if (size < 1 || fields.length <= size) {
        throw new ParseError(`readWordVectors: ${path} line ${line} must have a word and ${Math.max(size, 1)} numbers, got ${fields.length} fields.`);
      }
      const word = fields.slice(0, fields.length - size).join(' ');
      if (seen.has(word) || (wanted && !wanted.has(word))) continue;
      if ((words.length + 1) * size > numbers.length) {
        const larger = new Float32Array(Math.max(numbers.length * 2, 1024 * size));
        larger.set(numbers);
        numbers = larger;
      }
      for (let c = 0; c < size; c++) {
        const field = fields[fields.length - size + c];
        const value = field === '' ? Number.NaN : Number(field);
        if (!Number.isFinite(value)) throw new ParseError(`readWordVectors: ${path} line ${line} must hold numbers after the word, got ${show(field)}.`);
        numbers[words.length * size + c] = value;
      }
      seen.add(word);
      words.push(word);
      if (words.length === limit) break;
    }
  } catch (error) {
    if (error instanceof RefitError) throw error;
    throw (error as NodeJS.ErrnoException).syscall === undefined
      ? new ParseError(`readWordVectors: ${path} is a damaged gzip file (${(error as Error).message}). Download it again.`, { cause: error })
      : unreadableFile('readWordVectors', path, error);
  } finally {
    input.destroy();
  }
  if (size === 0) throw new ParseError(`readWordVectors: ${path} must hold at least one word with its numbers, got none.`);
  return new WordVectors(words, numbers.slice(0, words.length * size), size);
}
