import { withArena } from '../kernels/arena.ts';
import { categoryData, type BooleanData, type ColumnData } from './column-data.ts';
import type { CsvKind } from './csv-column.ts';
import type { CsvSyntax } from './csv-fields.ts';
import { CsvControl, type CsvJob, type JobColumn } from './csv-job.ts';
import { CsvPiece, type Candidate } from './csv-piece.ts';
import { CsvShare, grown, MISSING, type CsvPart, type CsvTexts } from './csv-share.ts';
import type { CsvSource } from './csv-source.ts';
import { csvTeam, type CsvTeam } from './csv-team.ts';
import { cutTexts, type TextRun } from './csv-texts.ts';
import { lazyText, lazyValues } from './lazy-values.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';

/** What a column is to be read as, and what counts as missing in it. */
export interface ColumnPlan {
  name: string;
  /** Null where it is inferred. */
  kind: CsvKind | null;
  naWords: readonly string[];
}

/** Given the first record's fields, says what the columns are; undefined where they are not in order. */
export type Planner = (firstRecord: readonly string[]) => readonly ColumnPlan[] | undefined;

/**
 * Who reads the pieces of a job: this thread, on `piece`, and perhaps others.
 * @returns what each has read, this thread's part first
 */
export type Workforce = (job: CsvJob, source: CsvSource, piece: CsvPiece) => CsvPart[];

/** This thread, and others where the file is large enough. */
const byAll: Workforce = (job, source, piece) => readWith(job.threads > 1 ? csvTeam(job.size) : undefined, job, source, piece);

/** Bytes that kernels work on at a time: what stays in the cache. */
const PIECE = 2 ** 19;
/** Bytes that are looked at to see what the columns may be. */
const PROBE = 2 ** 16;

/**
 * The columns of a CSV file in UTF-8, read by the kernels piece by piece: the same as CsvFields and inferColumn give,
 * many times as fast. Text is made into strings when it is first asked for, and not at all where nobody asks.
 *
 * What a column is does not depend on the order of its values: numbers where all are, else booleans where all are, and
 * so on. So the columns are read as what they are in the first lines, by any number of threads; where others are met, the
 * file is gone through again for these columns, as what the values that were met say.
 *
 * @param open the file
 * @param piece bytes of a piece, and `work` who reads them: only for tests
 * @returns undefined where the kernels are not there or the file is not regular: those who read it with more care
 *   then find out what is wrong, and where
 */
export function readLargeCsv(open: () => CsvSource | undefined, syntax: CsvSyntax, planner: Planner, piece = PIECE, work: Workforce = byAll): [string, ColumnData][] | undefined {
  const source = open();
  if (source === undefined) return undefined;
  try {
    // They start while this thread looks at the first lines.
    if (source.file !== undefined) csvTeam(source.size);
    return withArena((arena) => readColumns(new CsvPiece(arena, syntax, piece), source, syntax, planner, work));
  } finally {
    source.close();
  }
}

/** A column that is being read. */
interface Column extends JobColumn {
  plan: ColumnPlan;
}

function readColumns(piece: CsvPiece, source: CsvSource, syntax: CsvSyntax, planner: Planner, work: Workforce): [string, ColumnData][] | undefined {
  if (!piece.take(source, 0, 0, PROBE)) return undefined;
  const { width, records, used } = piece;
  const plans = records > 0 ? planner(piece.recordTexts(0)) : undefined;
  if (plans?.length !== width || plans.some(({ naWords }) => naWords.some(readsAsValue))) return undefined;
  const first = syntax.header ? 1 : 0;
  const columns = plans.map((plan, index) => probed(piece, plan, index, first));
  const rows = Math.ceil(((1.02 * source.size) / used) * (records - first));
  const found: [string, ColumnData][] = [];
  let before: CsvControl | undefined;
  for (let left: readonly Column[] = columns; left.length > 0; ) {
    const control = new CsvControl(width, before);
    const threads = source.file === undefined ? 1 : (csvTeam(source.size)?.threads ?? 1);
    const job: CsvJob = { id: ++jobs, file: source.file, size: source.size, syntax, room: piece.room, width, columns: left.map(jobColumn), rows, threads, control: control.buffer };
    const parts = work(job, source, piece);
    if (control.state !== 'finished' || control.row === 0) return undefined;
    const lost = left.filter(({ index, candidate }) => candidate !== 'text' && control.hasOthers(index, candidate));
    for (const [k, column] of left.entries()) {
      if (lost.includes(column)) continue;
      const data = finished(column, parts, k, control.row);
      if (data === undefined) return undefined;
      found[column.index] = [column.plan.name, data];
    }
    for (const column of lost) column.candidate = control.kindOf(column.index);
    [left, before] = [lost, control];
  }
  return found;
}

/** Passes so far. */
let jobs = 0;

/** Without what only this thread needs. */
const jobColumn = ({ index, candidate, isInferred, naWords, bytesPerRow }: Column): JobColumn => ({ index, candidate, isInferred, naWords, bytesPerRow });

/** A column as its first values have it. */
function probed(piece: CsvPiece, plan: ColumnPlan, index: number, first: number): Column {
  const { kind, naWords } = plan;
  const rows = piece.records - first;
  const bytesPerRow = rows === 0 ? 0 : (1.02 * piece.texts(index, first, 0).bytes.length) / rows;
  const column: Column = { plan, index, candidate: 'text', isInferred: kind === null, naWords, bytesPerRow };
  if (kind === 'text' || kind === 'category' || Array.isArray(kind)) return column;
  if (kind !== null) return { ...column, candidate: kind as Candidate };
  const words = piece.wordsAddress(naWords);
  for (const candidate of ['number', 'boolean', 'date'] as const) {
    if (piece.values({ index, candidate, isInferred: true, words }, first) === piece.records) return { ...column, candidate };
  }
  return column;
}

/** This thread, and those of a team. @throws WorkerError where one of them failed */
export function readWith(team: CsvTeam | undefined, job: CsvJob, source: CsvSource, piece: CsvPiece): CsvPart[] {
  const control = new CsvControl(job.control);
  if (team) control.onWaiting = (active) => team.checkLiving(active);
  team?.begin(job);
  const share = new CsvShare(piece, job, source, 0, control);
  let others: CsvPart[] = [];
  try {
    while (share.next());
  } finally {
    // Also after an error: nobody may read the file when it is closed.
    control.locked(() => control.end('finished'));
    if (team) others = team.collect(job, control);
  }
  return [share.part(), ...others];
}

/** A column of all parts; undefined where a value is none of the given levels. */
function finished({ plan, candidate }: Column, parts: readonly CsvPart[], k: number, rows: number): ColumnData | undefined {
  if (candidate !== 'text') {
    const values = joined(parts, k, rows);
    return values instanceof Uint8Array ? lazyBooleans(values) : { kind: candidate as 'number' | 'date', values };
  }
  const { name, kind, naWords } = plan;
  const texts = parts.map(({ columns }) => columns[k] as CsvTexts);
  const runs = runsOf(parts);
  const text = lazyText(rows, () => cutTexts(texts, runs, naWords));
  if (kind === null || kind === 'text') return text;
  const levels = typeof kind === 'string' ? undefined : kind;
  const known = new Set(levels);
  if (levels !== undefined && text.values.some((value) => value !== null && !known.has(value))) return undefined;
  return categoryData('readCsv', name, text.values, levels);
}

/** The first part's values, with those of the others put between them. */
function joined(parts: readonly CsvPart[], k: number, rows: number): Float64Array | Uint8Array {
  const values = grown(parts[0].columns[k] as Float64Array | Uint8Array, rows, rows);
  for (const { pieces, columns } of parts.slice(1)) {
    let from = 0;
    for (const [row, count] of pieces) {
      values.set((columns[k] as Float64Array).subarray(from, from + count), row);
      from += count;
    }
  }
  // As long as it must be; a copy where much would be kept for nothing.
  return values.length - rows > rows / 8 ? values.slice(0, rows) : values.subarray(0, rows);
}

/** Which part has which rows, in the order of the table. */
function runsOf(parts: readonly CsvPart[]): TextRun[] {
  const runs: (TextRun & { row: number })[] = [];
  for (const [part, { pieces }] of parts.entries()) {
    let from = 0;
    for (const [row, count] of pieces) {
      runs.push({ part, from, count, row });
      from += count;
    }
  }
  return runs.sort((a, b) => a.row - b.row);
}

/** Whether an NA word would be read as a value: the kernels look for values first. */
function readsAsValue(word: string): boolean {
  const bytes = Buffer.from(word);
  const number = parseNumber({ bytes, cut: (start, end) => bytes.toString('utf8', start, end) }, 0, bytes.length, false);
  return !Number.isNaN(number) || !Number.isNaN(parseDate(word)) || /^(true|false)$/i.test(word);
}

function lazyBooleans(flags: Uint8Array): BooleanData {
  const column = lazyValues(flags.length, () => {
    const values: (boolean | null)[] = [];
    for (const flag of flags) values.push(flag === MISSING ? null : flag === 1);
    return values;
  });
  return Object.defineProperty(column, 'kind', { value: 'boolean', enumerable: true }) as unknown as BooleanData;
}
