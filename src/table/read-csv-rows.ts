import { pipeline, Readable } from 'node:stream';
import { ParseError, RefitError } from '../core/errors.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import { unpackedStream } from '../core/unpacked-stream.ts';
import { unreadableFile } from '../core/unreadable-file.ts';
import { readCsvRules, type ReadCsvOptions } from './read-csv.ts';

/** As for readCsv. */
export type ReadCsvRowsOptions = Pick<ReadCsvOptions, 'delimiter' | 'quote' | 'encoding'>;

const rules: Rules<ReadCsvRowsOptions> = { delimiter: readCsvRules.delimiter, quote: readCsvRules.quote, encoding: readCsvRules.encoding };

/**
 * Reads a CSV file (gzip too, if its name ends in .gz) row by row, for files that do not fit into memory.
 * A row is an object of texts as they stand in the file; types and missing values are the caller's.
 *
 * Counterpart: pandas.read_csv(chunksize=…, dtype=str). The rows come from the package fast-csv.
 *
 * @throws ParseError as readCsv does, but without the line: rows are counted, lines are not
 * @example
 * for await (const { id, text } of readCsvRows('huge.csv')) console.log(id, text.length);
 */
export async function* readCsvRows(path: string, options: ReadCsvRowsOptions = {}): AsyncGenerator<Record<string, string>> {
  const { delimiter, quote, encoding } = completeOptions<ReadCsvRowsOptions>('readCsvRows', options, rules);
  const { parse } = await import('fast-csv');
  // The callback is needed for errors to travel along the pipeline; they surface in the loop below.
  const records = pipeline(Readable.from(texts(path, encoding)), parse({ delimiter, quote, headers: false }), () => undefined);
  let names: string[] | undefined;
  let rows = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      if (record.length <= 1 && /^[ \t]*$/.test(record[0] ?? '')) continue;
      if (names === undefined) {
        names = checkedNames(path, record);
        continue;
      }
      if (record.length !== names.length) {
        throw new ParseError(`readCsvRows: ${path} row ${rows + 1} has ${record.length} fields, the header has ${names.length}. Quote fields that contain ${delimiter === ',' ? 'commas' : JSON.stringify(delimiter)}.`);
      }
      yield Object.fromEntries(names.map((name, j) => [name, record[j]]));
      rows++;
    }
  } catch (error) {
    if (error instanceof RefitError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw unreadableFile('readCsvRows', path, error);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new ParseError(`readCsvRows: ${path} is not ${encoding}. Name the file's encoding with { encoding }.`, { cause: error });
    }
    // fast-csv's message ends with the text at which it stopped, up to the end of the chunk.
    const reason = message.startsWith('Parse Error') ? `a quote that does not close its field (${message.slice(13, 80)})` : message;
    throw new ParseError(`readCsvRows: ${path} has ${reason}. Double quotes inside quoted text, or read with { quote: null }.`, { cause: error });
  }
  if (names === undefined) throw new ParseError(`readCsvRows: ${path} is empty. It must have a header line and rows.`);
}

async function* texts(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of unpackedStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

function checkedNames(path: string, names: string[]): string[] {
  names.forEach((name, j) => {
    if (name === '') throw new ParseError(`readCsvRows: ${path} column ${j + 1} has no name. Correct the header.`);
    const first = names.indexOf(name);
    if (first < j) throw new ParseError(`readCsvRows: ${path} columns ${first + 1} and ${j + 1} are both called ${JSON.stringify(name)}. Correct the header.`);
  });
  return names;
}
