import { basename } from 'node:path';
import { SubmissionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { columnData, countMissing, type ColumnLike } from '../table/column-data.ts';
import { columnFields, formatCsv } from '../table/format-csv.ts';
import { readCsv } from '../table/read-csv.ts';
import { Table } from '../table/table.ts';

/** A submission: a Table, or columns by name. */
export type Submission = Table | Readonly<Record<string, ColumnLike>>;

/** What a submission is held against. */
export interface SubmissionNeeds {
  /** The competition's sample submission, a path or a Table: header, ids and kinds of values are taken from it. */
  sample?: string | Table;
  /** The ids of the test set, each of which must be predicted. */
  testIds?: ArrayLike<Label>;
  /** Column that names the rows. Default the first column, the sample's if there is one. */
  id?: string;
}

/** How many ids a message names. */
const SHOWN = 5;

/**
 * Checks that a submission is what the competition takes: the sample's columns, in its order if the
 * submission is a file; every id once and no other, in any order; in every row a value of the sample's
 * kind; no infinite number. What is checked is the CSV text, so that ids are compared as they are
 * written: 7 and '7' are the same, '007' is another.
 *
 * @param submission a file's path, or columns, which are checked as they would be written
 * @returns the submission as a Table, columns in the sample's order, ids as text
 * @throws SubmissionError with the count and the first few ids of what is wrong
 * @example
 * await checkSubmission('submission.csv', { sample: 'data/sample_submission.csv' });
 */
export async function checkSubmission(submission: string | Submission, needs: SubmissionNeeds = {}): Promise<Table> {
  const { table, problems } = await reviewSubmission(submission, needs);
  if (problems.length > 0) throw problems[0];
  return table as Table;
}

/**
 * As checkSubmission, with all that is wrong instead of the first of it.
 * @returns the table where it could be read, and the problems in the order in which a reader would meet them
 */
export async function reviewSubmission(submission: string | Submission, { sample, testIds, id }: SubmissionNeeds = {}): Promise<{ table: Table | undefined; problems: SubmissionError[] }> {
  const problems: SubmissionError[] = [];
  /** Whether a check passed. */
  const passes = (check: () => void): boolean => {
    try {
      check();
      return true;
    } catch (error) {
      if (!(error instanceof SubmissionError)) throw error;
      problems.push(error);
      return false;
    }
  };
  const wanted = sample === undefined ? undefined : await readSubmission(sample, id);
  const source = typeof sample === 'string' ? basename(sample) : 'the sample';
  const idName = id ?? wanted?.names[0];
  if (typeof submission !== 'string' && !passes(() => checkLengths(submission))) return { table: undefined, problems };
  const given = typeof submission === 'string' ? submission : Table.from(submission);
  if (given instanceof Table && !passes(() => checkExact(given, idName ?? given.names[0]))) return { table: undefined, problems };
  let table: Table;
  try {
    table = await readSubmission(given, idName);
  } catch (error) {
    if (!(error instanceof SubmissionError)) throw error;
    return { table: undefined, problems: [error] };
  }
  if (wanted !== undefined && passes(() => checkNames(table.names, wanted.names, source, typeof submission === 'string'))) table = table.select(wanted.names);
  const key = idName ?? table.names[0];
  const ids = columnFields(table.data(key));
  passes(() => checkOnce(ids, key));
  const sameAsSample = wanted === undefined || passes(() => checkSameIds(ids, columnFields(wanted.data(key)), source));
  if (testIds !== undefined && sameAsSample) passes(() => checkSameIds(ids, columnFields(columnData('Submission', key, testIds)), 'the test set'));
  for (const name of table.names) {
    if (name !== key && (wanted === undefined || wanted.has(name))) passes(() => checkValues(table, name, ids, wanted, source));
  }
  return { table, problems };
}

/** The table as its CSV file reads, ids as text. Nothing but an empty field is a missing value: a class may be called NA. */
async function readSubmission(submission: string | Table, id: string | undefined): Promise<Table> {
  const source = typeof submission === 'string' ? submission : Buffer.from(formatCsv(submission));
  const idFirst = typeof submission === 'string' ? undefined : [id, submission.names[0]].find((name) => name !== undefined && submission.has(name));
  const table = await readCsv(source, { naWords: [''], ...(idFirst !== undefined && { ids: [idFirst] }) });
  const key = id ?? table.names[0];
  if (!table.has(key)) throw new SubmissionError(`Submission: the id column ${key} is missing. Columns are ${showList(table.names)}.`, { problem: 'no-id-column' });
  return table.kind(key) === 'text' ? table : readCsv(source, { naWords: [''], ids: [key] });
}

function checkLengths(submission: Submission): void {
  const columns = submission instanceof Table ? submission.names.map((name) => [name, submission.rows] as const) : lengths(submission);
  if (columns.length === 0) throw new SubmissionError('Submission: it must have an id column and predictions, got no columns.', { problem: 'no-columns' });
  const [firstName, rows] = columns[0];
  for (const [name, length] of columns) {
    if (length !== rows) throw new SubmissionError(`Submission: column ${name} has ${length} values, but ${firstName} has ${rows}. Give one value per row of test.csv.`, { problem: 'ragged-columns' });
  }
  if (rows === 0) throw new SubmissionError('Submission: it must have rows, got none. Predict every row of test.csv.', { problem: 'no-rows' });
}

function lengths(columns: Readonly<Record<string, ColumnLike>>): (readonly [string, number])[] {
  return Object.entries(columns).map(([name, values]) => {
    const length: unknown = values?.length;
    if (typeof values !== 'object' || typeof length !== 'number') {
      throw new SubmissionError(`Submission: column ${name} must be an array or a Column, got ${show(values)}.`, { problem: 'no-columns' });
    }
    return [name, length] as const;
  });
}

/** A whole number beyond 2⁵³ − 1 is no longer the id that it was read from. */
function checkExact(table: Table, key: string): void {
  if (!table.has(key)) return;
  const { kind, values } = table.data(key);
  if (kind !== 'number') return;
  const row = values.findIndex((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER);
  if (row >= 0) throw new SubmissionError(`Submission: ids must be exact, ${key} in row ${row} is ${show(values[row])}, beyond what a number holds to the last digit. Read them as text: readCsv(file, { ids: [${show(key)}] }).`, { problem: 'inexact-ids' });
}

function checkNames(names: readonly string[], wanted: readonly string[], source: string, isFile: boolean): void {
  const missing = wanted.filter((name) => !names.includes(name));
  const extra = names.filter((name) => !wanted.includes(name));
  const isMoved = isFile && names.some((name, i) => name !== wanted[i]);
  if (missing.length + extra.length > 0 || isMoved) {
    const problem = [
      ...(missing.length > 0 ? [`${showList(missing)} missing`] : []),
      ...(extra.length > 0 ? [`${showList(extra)} not wanted`] : []),
    ].join(', ');
    throw new SubmissionError(
      `Submission: columns must be ${showList(wanted)} as in ${source}, got ${showList(names)}${problem === '' ? '. Put them in this order' : ` (${problem})`}.`,
      { problem: 'wrong-columns' },
    );
  }
}

function checkOnce(ids: readonly string[], key: string): void {
  const blank = ids.flatMap((id, row) => (id === '' ? [row] : []));
  if (blank.length > 0) {
    throw new SubmissionError(`Submission: every row must have its ${key}, ${count(blank.length, 'row')} ${has(blank.length)} none: ${showList(blank, SHOWN)} (counted from 0). Take the ids of test.csv.`, { problem: 'blank-ids' });
  }
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
  }
  if (repeated.size > 0) {
    throw new SubmissionError(`Submission: every ${key} must stand once, ${count(repeated.size, 'id')} ${repeated.size === 1 ? 'stands' : 'stand'} more often: ${showList([...repeated], SHOWN)}. Drop the repeats.`, { problem: 'repeated-ids' });
  }
}

function checkSameIds(ids: readonly string[], wanted: readonly string[], source: string): void {
  // The rule, without a set of half a million texts.
  if (ids.length === wanted.length && ids.every((one, row) => one === wanted[row])) return;
  const given = new Set(ids);
  const known = new Set(wanted);
  const missing = wanted.filter((id) => !given.has(id));
  const unknown = ids.filter((id) => !known.has(id));
  if (missing.length > 0 && unknown.length > 0) {
    throw new SubmissionError(
      `Submission: ${count(missing.length, 'id')} of ${source} ${are(missing.length)} missing: ${showList(missing, SHOWN)}; ` +
        `${unknown.length} ${are(unknown.length)} not in it: ${showList(unknown, SHOWN)}. Take the ids of test.csv as they are.`,
      { problem: 'wrong-ids' },
    );
  }
  if (missing.length > 0) {
    throw new SubmissionError(`Submission: ${count(missing.length, 'id')} of ${source} ${are(missing.length)} missing: ${showList(missing, SHOWN)}. Predict every row of test.csv.`, { problem: 'missing-ids' });
  }
  if (unknown.length > 0) {
    throw new SubmissionError(`Submission: ${count(unknown.length, 'id')} ${are(unknown.length)} not in ${source}: ${showList(unknown, SHOWN)}. Predict the rows of test.csv only.`, { problem: 'unknown-ids' });
  }
}

function checkValues(table: Table, name: string, ids: readonly string[], wanted: Table | undefined, source: string): void {
  const data = table.data(name);
  const rowsWhere = (accepts: (value: unknown) => boolean): string[] => ids.filter((_, row) => accepts(data.values[row]));
  const blank = rowsWhere((value) => value === null || Number.isNaN(value));
  if (blank.length > 0) {
    throw new SubmissionError(`Submission: column ${name} must have a value in every row, ${count(blank.length, 'id')} ${has(blank.length)} none: ${showList(blank, SHOWN)}. A missing value or NaN was predicted there.`, { problem: 'missing-values' });
  }
  const infinite = rowsWhere((value) => value === Infinity || value === -Infinity);
  if (infinite.length > 0) {
    throw new SubmissionError(`Submission: column ${name} must hold finite numbers, ${count(infinite.length, 'id')} ${has(infinite.length)} an infinite one: ${showList(infinite, SHOWN)}.`, { problem: 'infinite-values' });
  }
  const sampleData = wanted?.data(name);
  if (sampleData !== undefined && sampleData.kind !== data.kind && countMissing(sampleData) < sampleData.values.length) {
    throw new SubmissionError(
      `Submission: column ${name} must hold ${kindWords[sampleData.kind]} as in ${source}, got ${kindWords[data.kind]} (${show(columnFields(data)[0])} for ${ids[0]}). Submit the original labels.`,
      { problem: 'wrong-kind' },
    );
  }
}

const kindWords = { number: 'numbers', text: 'text', boolean: 'True and False', date: 'dates', category: 'text' } as const;
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
const are = (n: number): string => (n === 1 ? 'is' : 'are');
const has = (n: number): string => (n === 1 ? 'has' : 'have');
