import { statSync } from 'node:fs';
import { OptionError, ParseError } from '../core/errors.ts';
import { choice, completeOptions, custom, flag, optional, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { inferColumn, readColumn, type CsvKind } from './csv-column.ts';
import { CsvFields } from './csv-fields.ts';
import { defaultNaWords, naMatcher, type NaMatcher } from './na-words.ts';
import { bytesSource, fileSource } from './csv-source.ts';
import { readLargeCsv, type ColumnPlan } from './read-large-csv.ts';
import { Table } from './table.ts';
import { textBytes } from './text-bytes.ts';

export interface ReadCsvOptions {
  /** What stands between fields: a single ASCII character. Default a tab for files called .tsv, .tsv.gz or .tsv.zip, else ','. */
  delimiter?: string;
  /** What stands before decimals: ',' for numbers such as `12,5`, which then need another delimiter, or quotes. Default '.'. */
  decimal?: '.' | ',';
  /** What encloses fields that hold delimiters, line breaks or (doubled) quotes; null for nothing. Default '"'. */
  quote?: string | null;
  /** Any encoding that TextDecoder knows, such as 'gbk', 'shift_jis', 'utf-16le' or 'latin1'. Default 'utf-8'. */
  encoding?: string;
  /** Whether the first line holds the columns' names. Default true; without, names are '0', '1', …. */
  header?: boolean;
  /** Names to use instead of the file's, one per column. Default null. */
  names?: readonly string[] | null;
  /** Fields that stand for a missing value, quoted or not: one list, or a list by column name. Default pandas' list. */
  naWords?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /**
   * What columns hold, by name: a kind, or the levels of a category in their order; the others are inferred. Names that the file lacks are ignored, so that train and test can share the option.
   */
  types?: Readonly<Record<string, CsvKind>>;
  /** Columns that name rows: kept as text to the character (`0012`, `NA`); only an empty one is missing. */
  ids?: readonly string[];
}

const isCharacter = (v: unknown): boolean => typeof v === 'string' && /^[\t -~]$/.test(v);
const isTexts = (v: unknown): boolean => Array.isArray(v) && v.every((word) => typeof word === 'string');
const isRecord = (v: unknown, accepts: (member: unknown) => boolean): boolean =>
  typeof v === 'object' && v !== null && !Array.isArray(v) && Object.values(v).every(accepts);
const isKind = (v: unknown): boolean => isTexts(v) || ['number', 'text', 'boolean', 'date', 'category'].includes(v as string);

export const readCsvRules: Rules<ReadCsvOptions> = {
  delimiter: custom(',', 'a single ASCII character', isCharacter, ''),
  decimal: choice<'.' | ','>('.', ['.', ',']),
  quote: optional(custom('"', 'a single ASCII character', isCharacter, ''), '"'),
  encoding: custom('utf-8', 'an encoding that TextDecoder knows', isEncoding, 'klingon'),
  header: flag(true),
  names: optional(custom<readonly string[]>([], 'a list of column names', isTexts, [1])),
  naWords: custom(defaultNaWords, 'a list of words, or lists by column name', (v) => isTexts(v) || isRecord(v, isTexts), [1]),
  types: custom({}, "'number', 'text', 'boolean', 'date', 'category' or a list of levels by column name", (v) => isRecord(v, isKind), { x: 'money' }),
  ids: custom<readonly string[]>([], 'a list of column names', isTexts, [1]),
};

/**
 * Reads a CSV or TSV file into a Table, packed or not: gzip, or a ZIP archive of one file.
 *
 * A column holds numbers if every value that is not missing writes one, booleans if every one is `True`,
 * `TRUE`, `true` or the like for false, dates if every one is in the form of ISO 8601 (`2024-05-31`,
 * `2024-05-31 12:30:00`, `2024-05-31T12:30:00+02:00`; without a zone UTC), else text. Numbers that would lose characters keep their column
 * text: those with leading zeros (`0012`) and whole numbers beyond ±(2⁵³ − 1). Values are kept to the
 * character otherwise: no blanks are trimmed from text, line breaks inside quotes stay.
 *
 * Counterpart: pandas.read_csv. It differs in reading `0012` as 12, in filling short lines, in joining
 * what follows a closing quote, and in renaming columns of equal or no name: here these are errors.
 *
 * Large files are read by compiled kernels, from 16 MB on by several threads; their text columns are made into strings
 * only when they are first asked for.
 *
 * @param source a path, or a file's bytes
 * @throws ParseError naming file, line and column: no such file, nothing in it, wrong encoding, a ragged
 *   line, a quote that does not close, column names that are empty or alike, a value that breaks `types`.
 * @example
 * const train = await readCsv('data/train.csv', { ids: ['name'], types: { content: 'text' } });
 * train.strings('content')[0]; // '[0 43 2 66]'
 */
export async function readCsv(source: string | Uint8Array, options: ReadCsvOptions = {}): Promise<Table> {
  const isTabbed = options.delimiter === undefined && typeof source === 'string' && /\.tsv(\.gz|\.zip)?$/i.test(source);
  const complete = completeOptions<ReadCsvOptions>('readCsv', isTabbed ? { ...options, delimiter: '\t' } : options, readCsvRules);
  if (complete.quote === complete.delimiter) throw new OptionError(`readCsv: quote and delimiter must differ, both are ${show(complete.quote)}.`);
  return parseCsv(source, complete);
}

/** Files from this many bytes on are read by the kernels first. */
const LARGE = 2 ** 20;

/** readCsv with complete options; `large` and `piece` (bytes) only for tests. */
export async function parseCsv(source: string | Uint8Array, options: Required<ReadCsvOptions>, { large = LARGE, piece }: { large?: number; piece?: number } = {}): Promise<Table> {
  const planner = (first: readonly string[]): ColumnPlan[] | undefined => plansOf(first, options);
  // The kernels know the point only.
  const isPlain = options.decimal === '.';
  const isUtf8 = new TextDecoder(options.encoding).encoding === 'utf-8';
  if (typeof source === 'string' && isUtf8 && isPlain && sizeOf(source) >= large) {
    const columns = readLargeCsv(() => fileSource(source), options, planner, piece);
    if (columns !== undefined) return new Table(columns);
  }
  const bytes = await textBytes('readCsv', source, options.encoding);
  if (isPlain && (typeof source !== 'string' || !isUtf8 || isPacked(source)) && bytes.length >= large) {
    const columns = readLargeCsv(() => bytesSource(bytes), options, planner, piece);
    if (columns !== undefined) return new Table(columns);
  }
  // Whatever the kernels made no sense of is read with care, which tells what is wrong.
  return parse(new CsvFields(typeof source === 'string' ? source : 'input', bytes, options), options);
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const isPacked = (path: string): boolean => /\.(gz|zip)$/i.test(path);

/** What the columns are read as; undefined where their names are not in order. */
function plansOf(first: readonly string[], options: Required<ReadCsvOptions>): ColumnPlan[] | undefined {
  const names = options.names ?? first.map((text, j) => (options.header ? text : String(j)));
  if (names.length !== first.length || names.includes('') || new Set(names).size < names.length) return undefined;
  return names.map((name) => planOf(name, options));
}

function planOf(name: string, { ids, types, naWords }: Required<ReadCsvOptions>): ColumnPlan {
  if (ids.includes(name)) return { name, kind: 'text', naWords: ONLY_EMPTY };
  const kind = Object.hasOwn(types, name) ? types[name] : null;
  if (Array.isArray(naWords)) return { name, kind, naWords };
  return { name, kind, naWords: Object.hasOwn(naWords, name) ? (naWords as Record<string, readonly string[]>)[name] : defaultNaWords };
}

/** What counts as missing in a column of ids. */
const ONLY_EMPTY = [''];

function parse(fields: CsvFields, options: Required<ReadCsvOptions>): Table {
  const { header, decimal, names: givenNames } = options;
  const { source, width } = fields;
  if (fields.records === 0) throw new ParseError(`readCsv: ${source} is empty. It must have ${header ? 'a header line and ' : ''}rows.`);
  if (header && fields.records === 1) throw new ParseError(`readCsv: ${source} has a header but no rows. Check that the file is complete.`);
  const names = givenNames ?? Array.from({ length: width }, (_, j) => (header ? fields.text(j) : String(j)));
  checkNames(fields, names, givenNames !== null);
  const matchers = new Map<readonly string[], NaMatcher>();
  const matcher = (words: readonly string[]): NaMatcher => {
    if (!matchers.has(words)) matchers.set(words, naMatcher(words));
    return matchers.get(words)!;
  };
  return new Table(
    names.map((name, index) => {
      const { kind, naWords } = planOf(name, options);
      const column = { fields, index, name, firstRecord: header ? 1 : 0, isMissing: matcher(naWords), point: decimal.charCodeAt(0) };
      return [name, kind === null ? inferColumn(column) : readColumn(column, kind)] as const;
    }),
  );
}

function checkNames(fields: CsvFields, names: readonly string[], areGiven: boolean): void {
  const { source, width } = fields;
  if (names.length !== width) {
    throw new OptionError(`readCsv: ${source} has ${width} columns, but names has ${names.length}. Name every column.`);
  }
  const where = areGiven ? 'names:' : fields.at(fields.bounds[0]);
  const remedy = areGiven ? 'Every column needs a name of its own.' : 'Correct the header, or give { names: [...] } to replace it.';
  const first = new Map<string, number>();
  names.forEach((name, index) => {
    if (name === '') throw new ParseError(`readCsv: ${where} column ${index + 1} has no name. ${remedy}`);
    if (first.has(name)) throw new ParseError(`readCsv: ${where} columns ${first.get(name)! + 1} and ${index + 1} are both called ${show(name)}. ${remedy}`);
    first.set(name, index);
  });
}

function isEncoding(encoding: unknown): boolean {
  try {
    return typeof encoding === 'string' && new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}
