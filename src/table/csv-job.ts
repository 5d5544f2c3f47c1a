import { WorkerError } from '../core/errors.ts';
import type { CsvSyntax } from './csv-fields.ts';
import { CANDIDATES, type Candidate } from './csv-piece.ts';

/*
 * One pass over a CSV file, which several threads may share. A thread takes the next piece under a lock, which it holds
 * while it reads and cuts it, since only then is it known where the piece after it begins; what stands in the fields is
 * read outside the lock. So every piece begins with a record, whatever quotes and line ends there are.
 */

/** One pass over a file. */
export interface CsvJob {
  /** Set apart from passes before and after. */
  id: number;
  /** The open file, if it is one. */
  file: number | undefined;
  /** Bytes of it. */
  size: number;
  syntax: CsvSyntax;
  /** Bytes of a piece. */
  room: number;
  /** Fields of a record. */
  width: number;
  /** What is to be read. */
  columns: readonly JobColumn[];
  /** Rows that are expected. */
  rows: number;
  /** Threads that may take part. */
  threads: number;
  /** What they tell each other by. */
  control: SharedArrayBuffer;
}

export interface JobColumn {
  /** Position in every record. */
  index: number;
  candidate: Candidate;
  /** Whether its kind is inferred. */
  isInferred: boolean;
  naWords: readonly string[];
  /** Bytes of text that are expected in a row. */
  bytesPerRow: number;
}

/** Why nobody takes another piece. */
const STATES = ['running', 'finished', 'irregular', 'failed'] as const;
export type State = (typeof STATES)[number];

/** Places in the control words, then in doubles. */
const LOCK = 0;
const STATE = 1;
const ACTIVE = 2;
const KINDS = 8;
const OFFSET = 2;
const ROW = 3;

/** Turns of looking for the lock before a thread lies down. */
const SPINS = 5000;
/** How often a thread that lies looks again, and how often at most: something is wrong if nothing happens for so long. */
const PATIENCE = 100;
const MOST_TURNS = 600;

/** What the threads of one pass share. */
export class CsvControl {
  readonly buffer: SharedArrayBuffer;
  /** Told, each time something has not come for a while, which threads are at work, one bit each; throws where waiting is in vain. */
  onWaiting: (active: number) => void = () => {};
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;

  /**
   * @param columns how many columns the file has; or the control of another thread
   * @param before what the pass before has met, which this one then knows
   */
  constructor(columns: number | SharedArrayBuffer, before?: CsvControl) {
    this.buffer = typeof columns === 'number' ? new SharedArrayBuffer(8 * Math.ceil((4 * (KINDS + columns)) / 8)) : columns;
    this.#words = new Int32Array(this.buffer);
    this.#numbers = new Float64Array(this.buffer);
    if (before) this.#words.set(before.#words.subarray(KINDS), KINDS);
  }

  /** Where the next piece begins; only under the lock. */
  get offset(): number {
    return this.#numbers[OFFSET];
  }

  /** Rows before it; only under the lock, or at the end. */
  get row(): number {
    return this.#numbers[ROW];
  }

  /** Moves on to the next piece; only under the lock. */
  advance(bytes: number, rows: number): void {
    this.#numbers[OFFSET] += bytes;
    this.#numbers[ROW] += rows;
  }

  get state(): State {
    return STATES[Atomics.load(this.#words, STATE)];
  }

  /** Lets nobody take another piece. The first reason stays, except that failures count more. */
  end(state: Exclude<State, 'running'>): void {
    const running = STATES.indexOf('running');
    if (state === 'finished') Atomics.compareExchange(this.#words, STATE, running, STATES.indexOf(state));
    else Atomics.store(this.#words, STATE, STATES.indexOf(state));
  }

  /** Does something while no other thread does. */
  locked<Result>(work: () => Result): Result {
    this.#lock();
    try {
      return work();
    } finally {
      if (Atomics.exchange(this.#words, LOCK, 0) === 2) Atomics.notify(this.#words, LOCK, 1);
    }
  }

  /** 1: taken; 2: taken, and somebody may be waiting. */
  #lock(): void {
    const words = this.#words;
    for (let spins = 0; spins < SPINS; spins++) {
      if (Atomics.load(words, LOCK) === 0 && Atomics.compareExchange(words, LOCK, 0, 1) === 0) return;
    }
    for (let turns = 0; Atomics.exchange(words, LOCK, 2) !== 0; turns++) {
      if (turns === MOST_TURNS) throw lost();
      if (Atomics.wait(words, LOCK, 2, PATIENCE) === 'timed-out') this.onWaiting(Atomics.load(words, ACTIVE));
    }
  }

  /** Says that a further thread is about to take its first piece. */
  enter(thread: number): void {
    Atomics.or(this.#words, ACTIVE, 1 << thread);
  }

  /** Says that it has handed over what it read. */
  leave(thread: number): void {
    Atomics.and(this.#words, ACTIVE, ~(1 << thread));
    Atomics.notify(this.#words, ACTIVE);
  }

  /** Waits until every further thread has handed over what it read. */
  awaitOthers(): void {
    for (let turns = 0; ; turns++) {
      const active = Atomics.load(this.#words, ACTIVE);
      if (active === 0) return;
      if (turns === MOST_TURNS) throw lost();
      if (Atomics.wait(this.#words, ACTIVE, active, PATIENCE) === 'timed-out') this.onWaiting(active);
    }
  }

  /** Notes that a column has a value of this kind. */
  note(column: number, kind: Candidate): void {
    Atomics.or(this.#words, KINDS + column, 1 << CANDIDATES.indexOf(kind));
  }

  has(column: number, kind: Candidate): boolean {
    return (Atomics.load(this.#words, KINDS + column) & (1 << CANDIDATES.indexOf(kind))) !== 0;
  }

  /** Whether values of other kinds than this were met in a column. */
  hasOthers(column: number, kind: Candidate): boolean {
    return (Atomics.load(this.#words, KINDS + column) & ~(1 << CANDIDATES.indexOf(kind))) !== 0;
  }

  /** What a column is, as far as it is known: what all values are that were met, else text; numbers where there were none. */
  kindOf(column: number): Candidate {
    const kinds = Atomics.load(this.#words, KINDS + column);
    if (kinds === 0) return 'number';
    return CANDIDATES.find((kind) => !this.hasOthers(column, kind)) ?? 'text';
  }
}

const lost = (): WorkerError => new WorkerError('readCsv: a thread that helps to read the file has not answered for a minute. Read it again.');
