import { open } from 'node:fs/promises';
import { readCsv } from '../table/read-csv.ts';
import { textBytes } from '../table/text-bytes.ts';
import type { Conclusion } from './conclusion.ts';
import { csvOptions, type CsvFormat } from './csv-format.ts';

/** What may stand between fields, besides commas. */
const DELIMITERS = [';', '\t', '|'];
const WITH_COMMA = /^[+-]?\d*,\d+$/;

/**
 * How a CSV file is written: in UTF-16 where its first bytes say so; with semicolons, tabs or bars between fields where the first
 * line has some of them and no comma; with commas before decimals where a column holds nothing but such numbers.
 * @param given what the user says himself
 * @throws ParseError where it can be read in none of these ways
 */
export async function inferCsvFormat(file: string, given: Partial<CsvFormat>): Promise<{ format: CsvFormat; conclusion: Conclusion | null }> {
  const encoding = given.encoding ?? (await utf16Of(file)) ?? 'utf-8';
  const delimiter = given.delimiter ?? (/\.tsv(\.gz|\.zip)?$/i.test(file) ? null : delimiterOf((await textBytes('refit new', file, encoding)).subarray(0, 2 ** 16).toString()));
  const format: CsvFormat = { encoding, delimiter, decimal: '.' };
  format.decimal = given.decimal ?? (delimiter !== null && (await hasDecimalCommas(file, format)) ? ',' : '.');
  const parts = [
    ...(encoding === 'utf-8' ? [] : [encoding]),
    ...(delimiter === null || delimiter === ',' ? [] : [`${JSON.stringify(delimiter)} between fields`]),
    ...(format.decimal === '.' ? [] : ['decimal commas']),
  ];
  const why = Object.values(given).some((one) => one !== undefined) ? 'you said so' : 'the train file is written so';
  return { format, conclusion: parts.length === 0 ? null : { about: 'files', value: parts.join(', '), why } };
}

/** Of a file that begins with the mark of UTF-16. */
async function utf16Of(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0xff && buffer[1] === 0xfe ? 'utf-16le' : buffer[0] === 0xfe && buffer[1] === 0xff ? 'utf-16be' : undefined;
  } finally {
    await file.close();
  }
}

function delimiterOf(text: string): string | null {
  const [line] = text.replace(/"[^"]*"/g, '').split(/\r?\n|\r/, 1);
  if (line.includes(',')) return null;
  return DELIMITERS.find((one) => line.includes(one)) ?? null;
}

async function hasDecimalCommas(file: string, format: CsvFormat): Promise<boolean> {
  const table = await readCsv(file, csvOptions(format));
  return table.names.some((name) => {
    if (table.kind(name) !== 'text') return false;
    const values = table.column(name).toArray().filter((value) => value !== null) as string[];
    return values.length > 0 && values.every((value) => WITH_COMMA.test(value) || /^[+-]?\d+$/.test(value)) && values.some((value) => WITH_COMMA.test(value));
  });
}
