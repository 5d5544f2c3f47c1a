import { isAscii, isUtf8 } from 'node:buffer';
import { withArena, type Arena } from '../kernels/arena.ts';
import type { KernelExports } from '../kernels/kernel-exports.ts';
import { kernelsFor } from '../kernels/kernel-memory.ts';
import { powersOfFive } from '../kernels/powers-of-five.ts';
import { categoryData, type BooleanData, type ColumnData } from './column-data.ts';
import type { CsvKind } from './csv-column.ts';
import type { CsvSyntax } from './csv-fields.ts';
import type { CsvSource } from './csv-source.ts';
import { lazyText, lazyValues } from './lazy-values.ts';
import { naMatcher } from './na-words.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber, type CsvText } from './parse-number.ts';

/** What a column is to be read as, and what counts as missing in it. */
export interface ColumnPlan {
  name: string;
  /** Null where it is inferred. */
  kind: CsvKind | null;
  naWords: readonly string[];
}

/** Given the first record's fields, says what the columns are; undefined where they are not in order. */
export type Planner = (firstRecord: readonly string[]) => readonly ColumnPlan[] | undefined;

/** Bytes that kernels work on at a time: what stays in the cache. */
const PIECE = 2 ** 19;
/** Kernels look at whole vectors, and so beyond a piece's end. */
const BEYOND = 32;
/** A boolean that is not there. */
const MISSING = 2;
/** What a column can turn out to be, in this order; text takes everything. */
const CANDIDATES = ['number', 'boolean', 'date', 'text'] as const;
type Candidate = (typeof CANDIDATES)[number];

/**
 * The columns of a CSV file in UTF-8, read by the kernels piece by piece: the same as CsvFields and inferColumn give,
 * several times as fast. Text is made into strings when it is first asked for, and not at all where nobody asks.
 *
 * @param open the file, from its beginning
 * @returns undefined where the kernels are not there or the file is not regular: those who read it with more care
 *   then find out what is wrong, and where
 */
export function readLargeCsv(open: () => CsvSource | undefined, syntax: CsvSyntax, planner: Planner, piece = PIECE): [string, ColumnData][] | undefined {
  const outcome = readOnce(open, syntax, planner, piece, new Set());
  // Columns that began as numbers and ended as words are text from the beginning.
  const again = isPositions(outcome) ? readOnce(open, syntax, planner, piece, new Set(outcome)) : outcome;
  return isPositions(again) ? undefined : again;
}

type Outcome = [string, ColumnData][] | number[] | undefined;
const isPositions = (outcome: Outcome): outcome is number[] => typeof outcome?.[0] === 'number';

function readOnce(open: () => CsvSource | undefined, syntax: CsvSyntax, planner: Planner, piece: number, texts: ReadonlySet<number>): Outcome {
  const source = open();
  if (source === undefined) return undefined;
  try {
    return withArena((arena) => new Reading(arena, source, syntax, piece, texts).run(planner));
  } finally {
    source.close();
  }
}

/** What has been read of one column. */
interface Column {
  plan: ColumnPlan;
  candidate: Candidate;
  /** Whether no value has been seen, so that another kind may be tried. */
  isOpen: boolean;
  /** Whether the column turned out to be text when a part of it had been read as something else. */
  isLost: boolean;
  /** Address of the NA words in the kernels' memory. */
  words: number;
  /** Numbers and dates. */
  values: Float64Array;
  /** Booleans: 0, 1, 2 for missing. */
  flags: Uint8Array;
  /** Texts in UTF-8, one behind the other, how many bytes of it are filled, and where each text ends. */
  bytes: Uint8Array;
  filled: number;
  ends: Uint32Array;
}

class Reading {
  readonly #arena: Arena;
  readonly #source: CsvSource;
  readonly #syntax: CsvSyntax;
  readonly #quote: number;
  readonly #texts: ReadonlySet<number>;
  readonly #state: Int32Array;
  readonly #powers: Uint8Array;
  /** A piece of the file. */
  #piece: Uint8Array;
  /** Begin and end of every field in the piece. */
  #bounds: Int32Array;
  #out: Float64Array;
  #outText: Uint8Array;
  #columns: Column[] | undefined;
  #width = 0;
  #rows = 0;

  /** @param texts positions of columns that are known to be text */
  constructor(arena: Arena, source: CsvSource, syntax: CsvSyntax, piece: number, texts: ReadonlySet<number>) {
    this.#arena = arena;
    this.#source = source;
    this.#syntax = syntax;
    this.#quote = syntax.quote === null ? -1 : syntax.quote.charCodeAt(0);
    this.#texts = texts;
    this.#state = arena.int32(3);
    this.#powers = arena.copyUint8(new Uint8Array(powersOfFive().buffer));
    this.#piece = arena.uint8(piece + BEYOND);
    this.#bounds = arena.int32(2 * (piece + 1));
    this.#out = arena.float64(piece + 1);
    this.#outText = arena.uint8(piece + BEYOND);
  }

  /** The columns; or the positions of those that must be read again, as text; or undefined where the file must be read with care. */
  run(planner: Planner): Outcome {
    let held = 0;
    let done = 0;
    let isFirst = true;
    for (;;) {
      const kernels = this.#kernels();
      if (kernels === undefined) return undefined;
      const room = this.#piece.length - BEYOND;
      held += this.#source.read(this.#piece.subarray(held, room));
      const isLast = held < room;
      const start = isFirst && this.#piece[0] === 0xef && this.#piece[1] === 0xbb && this.#piece[2] === 0xbf ? 3 : 0;
      if (!this.#cut(kernels, start, held - start, isLast)) return undefined;
      const records = this.#state[2];
      const used = isLast ? held : start + this.#state[0];
      if (records === 0 && !isLast) {
        this.#enlarge(held);
        continue;
      }
      if (!isUtf8(this.#piece.subarray(0, used))) return undefined;
      done += used;
      let first = 0;
      if (this.#columns === undefined && records > 0) {
        this.#columns = this.#plan(planner, start);
        if (this.#columns === undefined) return undefined;
        first = this.#syntax.header ? 1 : 0;
      }
      if (records > first && !this.#read(kernels, start, first, records, done)) return undefined;
      if (isLast) break;
      this.#piece.copyWithin(0, used, held);
      held -= used;
      isFirst = false;
    }
    if (this.#rows === 0) return undefined;
    const lost = this.#columns!.flatMap(({ isLost }, index) => (isLost ? [index] : []));
    return lost.length > 0 ? lost : this.#finished();
  }

  /** Undefined where the kernels were not built, or their memory is full. */
  #kernels(): KernelExports | undefined {
    if (kernelsFor(this.#state, this.#powers) === undefined || kernelsFor(this.#outText) === undefined) return undefined;
    return kernelsFor(this.#piece, this.#bounds, this.#out);
  }

  /** Finds the fields of the piece's whole records. @returns whether all was regular */
  #cut(kernels: KernelExports, start: number, length: number, isLast: boolean): boolean {
    this.#state[1] = this.#width;
    const delimiter = this.#syntax.delimiter.charCodeAt(0);
    const isRegular = kernels.csvRecords(this.#piece.byteOffset + start, length, isLast, delimiter, this.#quote, this.#state.byteOffset, this.#bounds.byteOffset);
    this.#width = this.#state[1];
    return Boolean(isRegular);
  }

  /** Makes room for a record that is longer than a piece. */
  #enlarge(held: number): void {
    const room = (this.#piece.length - BEYOND) * 2;
    const longer = this.#arena.uint8(room + BEYOND);
    longer.set(this.#piece.subarray(0, held));
    this.#piece = longer;
    this.#bounds = this.#arena.int32(2 * (room + 1));
    this.#out = this.#arena.float64(room + 1);
    this.#outText = this.#arena.uint8(room + BEYOND);
  }

  #plan(planner: Planner, start: number): Column[] | undefined {
    const text = this.#fileText(start);
    const plans = planner(Array.from({ length: this.#width }, (_, j) => this.#fieldText(text, this.#bounds[2 * j], this.#bounds[2 * j + 1])));
    if (plans?.length !== this.#width || plans.some(({ naWords }) => naWords.some(readsAsValue))) return undefined;
    return plans.map((plan, index) => {
      const isText = this.#texts.has(index) || plan.kind === 'text' || plan.kind === 'category' || Array.isArray(plan.kind);
      return {
        plan,
        candidate: isText ? 'text' : plan.kind === null ? 'number' : (plan.kind as Candidate),
        isOpen: plan.kind === null,
        isLost: false,
        words: this.#packedWords(plan.naWords),
        values: new Float64Array(0),
        flags: new Uint8Array(0),
        bytes: new Uint8Array(0),
        filled: 0,
        ends: new Uint32Array(0),
      };
    });
  }

  /** Where the kernels find the words: each one's length and bytes, then −1. */
  #packedWords(words: readonly string[]): number {
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

  /** Reads the records from `first` of a piece. @returns false where a value breaks the kind its column is said to have */
  #read(kernels: KernelExports, start: number, first: number, records: number, done: number): boolean {
    const needed = this.#rows + records - first;
    // By the share of the file that has been read.
    const growth = (1.02 * this.#source.size) / done;
    for (const [index, column] of this.#columns!.entries()) {
      while (!column.isLost && !this.#readColumn(kernels, column, index, start, first, records, growth)) {
        if (column.plan.kind !== null) return false;
        // A value that reads as a number is neither true nor a date, and so on: after one, only text is left.
        const next = column.isOpen ? CANDIDATES[CANDIDATES.indexOf(column.candidate) + 1] : 'text';
        column.isLost = next === 'text' && this.#rows > 0;
        column.candidate = next;
      }
    }
    this.#rows = needed;
    return true;
  }

  /** Reads a column of a piece, and puts it behind what was read before. @returns false where it is not of its candidate's kind */
  #readColumn(kernels: KernelExports, column: Column, index: number, start: number, first: number, records: number, growth: number): boolean {
    const { candidate } = column;
    if (candidate === 'text') this.#readTexts(kernels, column, index, start, first, records, growth);
    else {
      if (!this.#readValues(kernels, column, index, start, first, records)) return false;
      this.#keepValues(column, first, records, growth);
    }
    return true;
  }

  #readTexts(kernels: KernelExports, column: Column, index: number, start: number, first: number, records: number, growth: number): void {
    // Copies out of shared memory go word by word only where both sides are equally aligned.
    const shift = column.filled & 7;
    const [text, bounds, out, ends] = [this.#piece.byteOffset + start, this.#bounds.byteOffset, this.#outText.byteOffset + shift, this.#out.byteOffset];
    const written = kernels.csvTexts(text, bounds, this.#width, index, first, records, this.#quote, column.filled, out, ends);
    const count = records - first;
    column.bytes = grown(column.bytes, column.filled + written, growth);
    column.bytes.set(this.#outText.subarray(shift, shift + written), column.filled);
    column.filled += written;
    column.ends = grown(column.ends, this.#rows + count, growth);
    column.ends.set(new Uint32Array(this.#out.buffer, ends, count), this.#rows);
  }

  /** Reads numbers, booleans or dates into `out`. @returns false at the first value that is none */
  #readValues(kernels: KernelExports, { candidate, words, plan }: Column, index: number, start: number, first: number, records: number): boolean {
    const [text, bounds, out, powers] = [this.#piece.byteOffset + start, this.#bounds.byteOffset, this.#out.byteOffset, this.#powers.byteOffset];
    const width = this.#width;
    const keepIds = plan.kind === null;
    for (let record = first; ; record++) {
      if (candidate === 'number') record = kernels.csvNumbers(text, bounds, width, index, record, records, keepIds, words, powers, out);
      else if (candidate === 'boolean') record = kernels.csvBooleans(text, bounds, width, index, record, records, words, out);
      else record = kernels.csvDates(text, bounds, width, index, record, records, words, out);
      if (record === records) return true;
      if (candidate === 'boolean') return false;
      // What the kernels leave to us: no value of this kind, or one in a rare form.
      const field = 2 * (record * width + index);
      const fileText = this.#fileText(start);
      const [from, to] = [this.#bounds[field], this.#bounds[field + 1]];
      const value = candidate === 'number' ? parseNumber(fileText, from, to, keepIds) : parseDate(this.#fieldText(fileText, from, to));
      if (value !== value) return false;
      this.#out[record] = value;
    }
  }

  /** Before the first value everything was missing. */
  #keepValues(column: Column, first: number, records: number, growth: number): void {
    const count = records - first;
    const needed = this.#rows + count;
    if (column.candidate === 'boolean') {
      const isNew = column.flags.length === 0;
      column.flags = grown(column.flags, needed, growth);
      if (isNew) column.flags.fill(MISSING, 0, this.#rows);
      const flags = new Uint8Array(this.#out.buffer, this.#out.byteOffset + first, count);
      column.flags.set(flags, this.#rows);
      column.isOpen &&= flags.every((flag) => flag === MISSING);
    } else {
      column.values = grown(column.values, needed, growth);
      const values = this.#out.subarray(first, records);
      column.values.set(values, this.#rows);
      column.isOpen &&= values.every(Number.isNaN);
    }
  }

  #finished(): [string, ColumnData][] | undefined {
    const columns: [string, ColumnData][] = [];
    for (const { plan, candidate, values, flags, bytes, filled, ends } of this.#columns!) {
      const { name, kind } = plan;
      if (candidate === 'number' || candidate === 'date') columns.push([name, { kind: candidate, values: fitted(values, this.#rows) }]);
      else if (candidate === 'boolean') columns.push([name, lazyBooleans(fitted(flags, this.#rows))]);
      else {
        const [held, bounds] = [Buffer.from(bytes.buffer, 0, filled), fitted(ends, this.#rows)];
        const text = lazyText(bounds.length, () => cutTexts(held, bounds, plan.naWords));
        if (kind === null || kind === 'text') columns.push([name, text]);
        else {
          const levels = typeof kind === 'string' ? undefined : kind;
          const known = new Set(levels);
          if (levels !== undefined && text.values.some((value) => value !== null && !known.has(value))) return undefined;
          columns.push([name, categoryData('readCsv', name, text.values, levels)]);
        }
      }
    }
    return columns;
  }

  /** The piece as text, offsets counted as the kernels count them. */
  #fileText(start: number): CsvText {
    const bytes = Buffer.from(this.#piece.buffer as ArrayBuffer, this.#piece.byteOffset + start, this.#piece.length - start);
    return { bytes, cut: (from, to) => bytes.toString('utf8', from, to) };
  }

  /** A field's text, with doubled quotes made single. */
  #fieldText({ bytes, cut }: CsvText, from: number, to: number): string {
    const text = cut(from, to);
    const { quote } = this.#syntax;
    if (quote === null || from === 0 || bytes[from - 1] !== this.#quote || !text.includes(quote)) return text;
    return text.replaceAll(quote + quote, quote);
  }
}

/** Whether an NA word would be read as a value: the kernels look for values first. */
function readsAsValue(word: string): boolean {
  const bytes = Buffer.from(word);
  const number = parseNumber({ bytes, cut: (start, end) => bytes.toString('utf8', start, end) }, 0, bytes.length, false);
  return !Number.isNaN(number) || !Number.isNaN(parseDate(word)) || /^(true|false)$/i.test(word);
}

/** The array itself if it is long enough, else a copy that should do for the whole file. */
function grown<T extends Float64Array | Uint8Array | Uint32Array>(values: T, needed: number, growth: number): T {
  if (values.length >= needed) return values;
  const longer = new (values.constructor as new (length: number) => T)(Math.ceil(needed * Math.max(growth, 1.02)) + 16);
  longer.set(values);
  return longer;
}

/** As long as it must be; a copy where much would be kept for nothing. */
function fitted<T extends Float64Array | Uint8Array | Uint32Array>(values: T, length: number): T {
  return (values.length - length > length / 8 ? values.slice(0, length) : values.subarray(0, length)) as T;
}

function lazyBooleans(flags: Uint8Array): BooleanData {
  const column = lazyValues(flags.length, () => {
    const values: (boolean | null)[] = [];
    for (const flag of flags) values.push(flag === MISSING ? null : flag === 1);
    return values;
  });
  return Object.defineProperty(column, 'kind', { value: 'boolean', enumerable: true }) as unknown as BooleanData;
}

/** Pieces of one string are cheaper than decoding each text, where a byte is a character. */
function cutTexts(bytes: Buffer, ends: Uint32Array, naWords: readonly string[]): (string | null)[] {
  const isMissing = naMatcher(naWords);
  const whole = bytes.length < LONGEST_STRING && isAscii(bytes) ? bytes.toString('latin1') : undefined;
  const values: (string | null)[] = [];
  let start = 0;
  for (const end of ends) {
    if (isMissing(bytes, start, end)) values.push(null);
    else values.push(whole === undefined ? bytes.toString('utf8', start, end) : whole.slice(start, end));
    start = end;
  }
  return values;
}

/** Longest string that V8 makes. */
const LONGEST_STRING = 2 ** 29 - 24;
