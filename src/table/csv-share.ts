import { CsvControl, type CsvJob, type JobColumn } from './csv-job.ts';
import type { CsvPiece, PieceColumn } from './csv-piece.ts';
import type { CsvSource } from './csv-source.ts';

/** Texts in UTF-8, one behind the other, and where each ends. */
export interface CsvTexts {
  bytes: Uint8Array;
  ends: Uint32Array;
}

/** What one thread has read. */
export interface CsvPart {
  /** First row and number of rows of each of its pieces. */
  pieces: readonly (readonly [number, number])[];
  /**
   * By column of the job: numbers and dates, booleans (0, 1, 2 for missing) or texts. Row by row as its pieces come; but
   * the first part has numbers, dates and booleans where they belong in the table.
   */
  columns: readonly (Float64Array | Uint8Array | CsvTexts)[];
}

/** A boolean that is not there. */
export const MISSING = 2;

/** A column as far as it has been read. */
interface Kept {
  column: PieceColumn;
  expected: JobColumn;
  values: Float64Array | Uint8Array;
  bytes: Uint8Array;
  filled: number;
  ends: Uint32Array;
}

/** One thread's share of a pass over a CSV file: pieces taken until none is left, and their columns read. */
export class CsvShare {
  readonly #piece: CsvPiece;
  readonly #job: CsvJob;
  readonly #source: CsvSource;
  readonly #control: CsvControl;
  readonly #thread: number;
  readonly #columns: readonly Kept[];
  readonly #pieces: [number, number][] = [];
  #rows = 0;
  #isIn = false;
  #hasBegun = false;

  /** @param thread 0 for the one whose part the others are put into */
  constructor(piece: CsvPiece, job: CsvJob, source: CsvSource, thread: number, control = new CsvControl(job.control)) {
    this.#piece = piece;
    this.#job = job;
    this.#source = source;
    this.#control = control;
    this.#thread = thread;
    this.#columns = job.columns.map((expected) => ({
      column: { ...expected, words: piece.wordsAddress(expected.naWords) },
      expected,
      values: expected.candidate === 'boolean' ? new Uint8Array(0) : new Float64Array(0),
      bytes: new Uint8Array(0),
      filled: 0,
      ends: new Uint32Array(0),
    }));
  }

  /** Whether it has taken a piece. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Takes the next piece and reads its columns. @returns false when there is none, or nobody needs it */
  next(): boolean {
    // Before it takes anything: a thread that ends from here on without leaving has taken what nobody else reads.
    if (!this.#isIn && !this.#isFirst) this.#control.enter(this.#thread);
    this.#isIn = true;
    const row = this.#control.locked(() => this.#take());
    if (row === undefined) return false;
    const piece = this.#piece;
    if (!piece.isUtf8()) {
      this.#control.end('irregular');
      return false;
    }
    const first = this.#job.syntax.header && row < 0 ? 1 : 0;
    const count = piece.records - first;
    if (count === 0) return true;
    const start = Math.max(row, 0);
    for (const kept of this.#columns) {
      if (kept.column.candidate === 'text') this.#keepTexts(kept, first, count);
      else if (!this.#keepValues(kept, first, this.#isFirst ? start : this.#rows, count)) return false;
    }
    this.#pieces.push([start, count]);
    this.#rows += count;
    return true;
  }

  /** Reads and cuts the next piece. @returns the number of its first row, −1 for a header */
  #take(): number | undefined {
    const control = this.#control;
    if (control.state !== 'running') return undefined;
    this.#hasBegun = true;
    const { offset, row } = control;
    const piece = this.#piece;
    if (!piece.take(this.#source, offset, this.#job.width)) {
      control.end('irregular');
      return undefined;
    }
    const hasHeader = offset === 0 && this.#job.syntax.header && piece.records > 0;
    control.advance(piece.used, piece.records - Number(hasHeader));
    if (piece.isLast) control.end('finished');
    return hasHeader ? -1 : row;
  }

  #keepTexts(kept: Kept, first: number, count: number): void {
    const { index } = kept.column;
    const { bytes, ends } = this.#piece.texts(index, first, kept.filled);
    const { rows, threads } = this.#job;
    const share = threads === 1 ? rows : (rows / threads) * 1.25;
    kept.bytes = grown(kept.bytes, kept.filled + bytes.length, share * kept.expected.bytesPerRow);
    kept.bytes.set(bytes, kept.filled);
    kept.filled += bytes.length;
    kept.ends = grown(kept.ends, this.#rows + count, share);
    kept.ends.set(ends, this.#rows);
  }

  /** @returns false where a value breaks the kind that its column is said to have */
  #keepValues(kept: Kept, first: number, at: number, count: number): boolean {
    const { index, candidate, isInferred } = kept.column;
    const control = this.#control;
    // It will be read again, as something else.
    if (control.hasOthers(index, candidate)) return true;
    const piece = this.#piece;
    const end = piece.values(kept.column, first);
    const isBoolean = candidate === 'boolean';
    if (isInferred && !control.has(index, candidate)) {
      const isFound = isBoolean ? piece.flags(first).subarray(0, end - first).some((flag) => flag !== MISSING) : piece.out.subarray(first, end).some((value) => value === value);
      if (isFound) control.note(index, candidate);
    }
    if (end < piece.records) {
      if (isInferred) control.note(index, piece.candidateOf(end, kept.column));
      else control.end('irregular');
      return isInferred;
    }
    const values = isBoolean ? piece.flags(first) : piece.out.subarray(first, piece.records);
    const { rows, threads } = this.#job;
    kept.values = grown(kept.values, at + count, this.#isFirst || threads === 1 ? rows : (rows / threads) * 1.25);
    kept.values.set(values, at);
    return true;
  }

  /** Says that what was read is handed over, and lets those go on who wait for it. */
  leave(): void {
    if (this.#isIn && !this.#isFirst) this.#control.leave(this.#thread);
  }

  get #isFirst(): boolean {
    return this.#thread === 0;
  }

  /** What was read; no more is to be taken then. */
  part(): CsvPart {
    return {
      pieces: this.#pieces,
      columns: this.#columns.map(({ column, values, bytes, filled, ends }) => (column.candidate === 'text' ? { bytes: bytes.subarray(0, filled), ends: ends.subarray(0, this.#rows) } : values)),
    };
  }
}

/** The array itself if it is long enough; else a longer copy, at first as long as is expected. */
export function grown<T extends Float64Array | Uint8Array | Uint32Array>(values: T, needed: number, expected: number): T {
  if (values.length >= needed) return values;
  const length = Math.max(needed, values.length === 0 ? expected : values.length * 1.5);
  const longer = new (values.constructor as new (length: number) => T)(Math.ceil(length) + 16);
  longer.set(values);
  return longer;
}
