import { isAscii } from 'node:buffer';
import { ParseError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { CsvText } from './parse-number.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
/** Longest string that V8 makes. */
const MAX_STRING = 2 ** 29 - 24;

/** How a file's text is cut into fields. */
export interface CsvSyntax {
  /** A single ASCII character. */
  delimiter: string;
  /** A single ASCII character, or null for none. */
  quote: string | null;
  /** Whether the first record holds names; only for the wording of errors. */
  header: boolean;
}

/**
 * The fields of a CSV file, found in one pass over its bytes: where each begins and ends, and nothing
 * else. Numbers are then read from the bytes, and text is cut out only where it is wanted.
 *
 * The form is RFC 4180's, with these liberties, all pandas': lines end in LF, CRLF or CR; blank lines
 * are skipped; a quote that is not at a field's start is an ordinary character. Every record must have
 * as many fields as the first.
 */
export class CsvFields implements CsvText {
  readonly source: string;
  readonly bytes: Buffer;
  /** Begin and end of field k of the file are `bounds[2k]` and `bounds[2k + 1]`, without quotes. */
  readonly bounds: Uint32Array;
  /** Fields of every record; 0 for a file without any. */
  readonly width: number;
  /** Records, a header included. */
  readonly records: number;
  readonly #syntax: CsvSyntax;
  readonly #quoteByte: number;
  /** The text between two offsets into `bytes`. */
  readonly cut: (start: number, end: number) => string;

  /** @throws ParseError for a ragged line and for a quote that does not close, with line and column. */
  constructor(source: string, bytes: Buffer, syntax: CsvSyntax) {
    this.source = source;
    this.bytes = bytes;
    this.#syntax = syntax;
    this.#quoteByte = syntax.quote === null ? -1 : syntax.quote.charCodeAt(0);
    // Where a byte is a character, cutting one long string is many times as fast as decoding fields.
    if (bytes.length <= MAX_STRING && isAscii(bytes)) {
      const text = bytes.toString('latin1');
      this.cut = (start, end) => text.slice(start, end);
    } else this.cut = (start, end) => bytes.toString('utf8', start, end);
    const { bounds, width } = this.#scan();
    this.bounds = bounds;
    this.width = width;
    this.records = width === 0 ? 0 : bounds.length / 2 / width;
  }

  /** The text of field k, with doubled quotes made single. */
  text(k: number): string {
    const start = this.bounds[2 * k];
    const text = this.cut(start, this.bounds[2 * k + 1]);
    const { quote } = this.#syntax;
    // A field without quotes follows a delimiter, a line end or nothing, never the quote character.
    if (quote === null || this.bytes[start - 1] !== this.#quoteByte || !text.includes(quote)) return text;
    return text.replaceAll(quote + quote, quote);
  }

  /** "train.csv line 312": where an error is. Lines are counted as an editor does, from 1. */
  at(offset: number): string {
    let line = 1;
    for (let i = 0; i < offset; i++) {
      if (this.bytes[i] === LF || (this.bytes[i] === CR && this.bytes[i + 1] !== LF)) line++;
    }
    return `${this.source} line ${line}`;
  }

  #scan(): { bounds: Uint32Array; width: number } {
    const { bytes } = this;
    const n = bytes.length;
    const delimiter = this.#syntax.delimiter.charCodeAt(0);
    const quote = this.#quoteByte;
    let bounds: Uint32Array = new Uint32Array(1024);
    let filled = 0;
    let recordFilled = 0;
    let width = 0;
    let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let recordStart = i;
    // After a delimiter there is one more field, even at the very end of the file.
    let more = i < n;
    while (more) {
      let start = i;
      let end: number;
      if (bytes[i] === quote) {
        start = ++i;
        for (;;) {
          while (i < n && bytes[i] !== quote) i++;
          if (i === n || bytes[i + 1] !== quote) break;
          i += 2;
        }
        end = i++;
        if (end === n || (i < n && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR)) {
          throw this.#quoteError(start - 1, end < n, (filled - recordFilled) / 2, bounds, width);
        }
      } else {
        while (i < n && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR) i++;
        end = i;
      }
      if (filled === bounds.length) bounds = grown(bounds, i / n);
      bounds[filled] = start;
      bounds[filled + 1] = end;
      filled += 2;
      if (i < n && bytes[i] === delimiter) {
        i++;
        continue;
      }
      const fields = (filled - recordFilled) / 2;
      const isBlank = fields === 1 && bytes[start - 1] !== quote && this.#isBlank(start, end);
      if (isBlank) filled = recordFilled;
      else if (width === 0) width = fields;
      else if (fields !== width) throw this.#raggedError(recordStart, fields, width);
      i += bytes[i] === CR && bytes[i + 1] === LF ? 2 : 1;
      recordFilled = filled;
      recordStart = i;
      more = i < n;
    }
    return { bounds: bounds.subarray(0, filled), width };
  }

  #isBlank(start: number, end: number): boolean {
    while (start < end && (this.bytes[start] === SPACE || this.bytes[start] === TAB)) start++;
    return start === end;
  }

  #raggedError(offset: number, fields: number, width: number): ParseError {
    const { delimiter, header } = this.#syntax;
    return new ParseError(
      `readCsv: ${this.at(offset)} has ${fields} ${fields === 1 ? 'field' : 'fields'}, the ${header ? 'header' : 'first record'} has ${width}. ` +
        `Quote fields that contain ${delimiter === ',' ? 'commas' : show(delimiter)}.`,
    );
  }

  #quoteError(offset: number, closes: boolean, column: number, bounds: Uint32Array, width: number): ParseError {
    const isNamed = this.#syntax.header && column < width;
    const name = isNamed ? ` (${this.cut(bounds[2 * column], bounds[2 * column + 1])})` : '';
    const problem = closes ? 'goes on after its closing quote. Double quotes inside quoted text' : 'opens a quote that is never closed. Close it';
    return new ParseError(`readCsv: ${this.at(offset)} column ${column + 1}${name} ${problem}, or read with { quote: null }.`);
  }
}

/** A larger copy, sized by the share of the file that filled the old one. */
function grown(bounds: Uint32Array, share: number): Uint32Array {
  const larger = new Uint32Array(2 * Math.ceil(Math.max(bounds.length, (bounds.length / share) * 0.55)));
  larger.set(bounds);
  return larger;
}
