import { isUtf8 } from 'node:buffer';
import type { Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { kernelsFor } from '../kernels/kernel-memory.ts';
import { powersOfFive } from '../kernels/powers-of-five.ts';
import type { CsvSyntax } from './csv-fields.ts';
import type { CsvSource } from './csv-source.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber, type CsvText } from './parse-number.ts';

/** What a column can turn out to hold, in this order; text takes everything. */
export const CANDIDATES = ['number', 'boolean', 'date', 'text'] as const;
export type Candidate = (typeof CANDIDATES)[number];

/** How one column of a piece is read. */
export interface PieceColumn {
  /** Position in every record. */
  index: number;
  candidate: Candidate;
  /** Whether its kind is inferred, so that numbers which would lose characters are none. */
  isInferred: boolean;
  /** Where its NA words lie in the kernels' memory. */
  words: number;
}

/** Kernels look at whole vectors, and so beyond a piece's end. */
const BEYOND = 32;

/** A piece of a CSV file in the kernels' memory: whole records, cut into fields, whose columns are then read one by one. */
export class CsvPiece {
  /** Whole records, a header included. */
  records = 0;
  /** Fields of a record; 0 before the first. */
  width = 0;
  /** Bytes that the whole records take. */
  used = 0;
  /** Whether the file ends with this piece. */
  isLast = false;
  /** What the last column read came to: numbers and dates from the place of their record on; see `values` and `texts`. */
  out: Float64Array;
  readonly #arena: Arena;
  readonly #syntax: CsvSyntax;
  readonly #quote: number;
  readonly #state: Int32Array;
  readonly #powers: Uint8Array;
  /** Where the first record begins: behind a byte order mark. */
  #start = 0;
  #bytes: Uint8Array;
  /** Begin and end of every field. */
  #bounds: Int32Array;
  #outText: Uint8Array;

  /** @param room bytes of a piece; more only where a record is longer */
  constructor(arena: Arena, syntax: CsvSyntax, room: number) {
    this.#arena = arena;
    this.#syntax = syntax;
    this.#quote = syntax.quote === null ? -1 : syntax.quote.charCodeAt(0);
    this.#state = arena.int32(3);
    this.#powers = arena.copyUint8(new Uint8Array(powersOfFive().buffer));
    this.#bytes = arena.uint8(room + BEYOND);
    this.#bounds = arena.int32(2 * (room + 1));
    this.out = arena.float64(room + 1);
    this.#outText = arena.uint8(room + BEYOND);
  }

  /** Bytes that a piece may have. */
  get room(): number {
    return this.#bytes.length - BEYOND;
  }

  /**
   * Reads the records that begin at a place of the file, as many as there is room for, and cuts them.
   * @param at where a record begins
   * @param width fields of a record, 0 if they are not known
   * @returns false where the kernels are not there or the file is not regular
   */
  take(source: CsvSource, at: number, width: number, most = this.room): boolean {
    for (let room = Math.min(most, this.room); ; room *= 2) {
      if (room > this.room) this.#enlarge(room);
      const kernels = this.#kernels();
      if (kernels === undefined) return false;
      const bytes = this.#bytes;
      const held = source.read(bytes.subarray(0, room), at);
      const isLast = held < room;
      const start = at === 0 && held >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      this.#state[1] = width;
      const delimiter = this.#syntax.delimiter.charCodeAt(0);
      if (!kernels.csvRecords(bytes.byteOffset + start, held - start, isLast, delimiter, this.#quote, this.#state.byteOffset, this.#bounds.byteOffset)) return false;
      this.records = this.#state[2];
      // A record that is longer than the piece.
      if (this.records === 0 && !isLast) continue;
      this.#start = start;
      this.width = this.#state[1];
      this.used = isLast ? held : start + this.#state[0];
      this.isLast = isLast;
      return true;
    }
  }

  /** Undefined where the kernels were not built, or their memory is full. */
  #kernels(): KernelExports | undefined {
    if (kernelsFor(this.#state, this.#powers) === undefined || kernelsFor(this.#outText) === undefined) return undefined;
    return kernelsFor(this.#bytes, this.#bounds, this.out);
  }

  #enlarge(room: number): void {
    this.#bytes = this.#arena.uint8(room + BEYOND);
    this.#bounds = this.#arena.int32(2 * (room + 1));
    this.out = this.#arena.float64(room + 1);
    this.#outText = this.#arena.uint8(room + BEYOND);
  }

  /** Whether its text is in UTF-8. */
  isUtf8(): boolean {
    return isUtf8(this.#bytes.subarray(0, this.used));
  }

  /** Where kernels find words, for as long as the arena lasts: each one's length and bytes, then −1. */
  wordsAddress(words: readonly string[]): number {
    const parts = words.map((word) => Buffer.from(word));
    const packed = Buffer.alloc(4 + parts.reduce((sum, part) => sum + 4 + part.length, 0));
    let at = 0;
    for (const part of parts) {
      at = packed.writeInt32LE(part.length, at);
      at += part.copy(packed, at);
    }
    packed.writeInt32LE(-1, at);
    return this.#arena.copyUint8(packed).byteOffset;
  }

  /** The texts of a record, with doubled quotes made single. */
  recordTexts(record: number): string[] {
    const text = this.#text();
    return Array.from({ length: this.width }, (_, index) => this.#fieldText(text, record, index));
  }

  /**
   * Reads numbers, booleans or dates of the records from `first` on: a double for each in `out`, or a byte (0, 1, 2 for
   * missing) in what `flags` gives.
   * @returns the first record whose value is none of these; else `records`
   */
  values({ index, candidate, isInferred, words }: PieceColumn, first: number): number {
    const kernels = this.#kernels()!;
    const { records, width, out } = this;
    const [text, bounds] = [this.#bytes.byteOffset + this.#start, this.#bounds.byteOffset];
    for (let record = first; ; record++) {
      if (candidate === 'number') record = kernels.csvNumbers(text, bounds, width, index, record, records, isInferred, words, this.#powers.byteOffset, out.byteOffset);
      else if (candidate === 'boolean') return kernels.csvBooleans(text, bounds, width, index, record, records, words, out.byteOffset);
      else record = kernels.csvDates(text, bounds, width, index, record, records, words, out.byteOffset);
      if (record === records) return records;
      // What the kernels leave to us: no value of this kind, or one in a rare form.
      const value = candidate === 'number' ? this.#number(record, index, isInferred) : parseDate(this.#fieldText(this.#text(), record, index));
      if (value !== value) return record;
      out[record] = value;
    }
  }

  /** Booleans of the records from `first` on, once `values` has read them. */
  flags(first: number): Uint8Array {
    return new Uint8Array(this.out.buffer, this.out.byteOffset + first, this.records - first);
  }

  /**
   * Copies the texts of the records from `first` on behind one another.
   * @param filled bytes before them in the array that they are meant for, from which `ends` count
   */
  texts(index: number, first: number, filled: number): { bytes: Uint8Array; ends: Uint32Array } {
    // Copies out of shared memory go word by word only where both sides are equally aligned.
    const shift = filled & 7;
    const [text, bounds, out] = [this.#bytes.byteOffset + this.#start, this.#bounds.byteOffset, this.out.byteOffset];
    const written = this.#kernels()!.csvTexts(text, bounds, this.width, index, first, this.records, this.#quote, filled, this.#outText.byteOffset + shift, out);
    return { bytes: this.#outText.subarray(shift, shift + written), ends: new Uint32Array(this.out.buffer, out, this.records - first) };
  }

  /** What a value that is not missing can be read as. */
  candidateOf(record: number, column: PieceColumn): Candidate {
    const { index, words } = column;
    if (!Number.isNaN(this.#number(record, index, true))) return 'number';
    const [text, bounds, out] = [this.#bytes.byteOffset + this.#start, this.#bounds.byteOffset, this.out.byteOffset];
    if (this.#kernels()!.csvBooleans(text, bounds, this.width, index, record, record + 1, words, out) > record) return 'boolean';
    return Number.isNaN(parseDate(this.#fieldText(this.#text(), record, index))) ? 'text' : 'date';
  }

  #number(record: number, index: number, keepIds: boolean): number {
    const field = 2 * (record * this.width + index);
    return parseNumber(this.#text(), this.#bounds[field], this.#bounds[field + 1], keepIds);
  }

  /** The piece as text, offsets counted as the kernels count them. */
  #text(): CsvText {
    const bytes = Buffer.from(this.#bytes.buffer as ArrayBuffer, this.#bytes.byteOffset + this.#start, this.#bytes.length - this.#start);
    return { bytes, cut: (from, to) => bytes.toString('utf8', from, to) };
  }

  #fieldText({ bytes, cut }: CsvText, record: number, index: number): string {
    const field = 2 * (record * this.width + index);
    const [from, to] = [this.#bounds[field], this.#bounds[field + 1]];
    const text = cut(from, to);
    const { quote } = this.#syntax;
    if (quote === null || from === 0 || bytes[from - 1] !== this.#quote || !text.includes(quote)) return text;
    return text.replaceAll(quote + quote, quote);
  }
}
