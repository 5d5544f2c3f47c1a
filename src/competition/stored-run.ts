import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show, showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { readCsv } from '../table/read-csv.ts';
import type { Table } from '../table/table.ts';
import { foldColumn } from './out-of-fold-columns.ts';
import type { OutOfFold, RunRecord, RunTimes } from './run-record.ts';
import type { TestPrediction } from './test-prediction.ts';

/** A run as it lies in its folder. */
export interface StoredRun {
  /** The folder's name: the time at which it started. */
  name: string;
  folder: string;
  record: RunRecord;
  times: RunTimes;
}

/** Names of the complete runs in a competition's folder, the oldest first. */
export function runNames(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .filter((name) => /^\d{4}-\d\d-\d\d_/.test(name) && existsSync(join(parent, name, 'scores.json')))
    .sort(byRunName);
}

/** Start time, then the number behind it. */
function byRunName(a: string, b: string): number {
  return a.slice(0, 19) < b.slice(0, 19) ? -1 : a.slice(0, 19) > b.slice(0, 19) ? 1 : Number(a.slice(20) || 1) - Number(b.slice(20) || 1);
}

/** Reads a run's folder: what it found, and how it was made. @throws CompetitionError for a folder that holds no run, or one that another version of Refit has written */
export function readRun(folder: string): StoredRun {
  const read = <T>(file: string): T => {
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
    } catch (error) {
      throw new CompetitionError(`Run: ${relative(process.cwd(), folder) || '.'} must hold a run, ${file} ${existsSync(join(folder, file)) ? 'is no JSON' : 'is not there'}. Name a folder that refit run has written.`, { cause: error });
    }
  };
  const record = read<RunRecord>('scores.json');
  if (record.format !== 1 || record.hashes === undefined) {
    throw new CompetitionError(`Run: ${relative(process.cwd(), folder)} was written by another version of Refit. Run its pipelines again.`);
  }
  return { name: basename(folder), folder, record: withNumbers(record), times: read<RunTimes>('run.json') };
}

/** JSON has no NaN: scores that are not defined come as null. */
function withNumbers(record: RunRecord): RunRecord {
  for (const { scores } of record.pipelines) {
    for (const score of Object.values(scores)) {
      score.mean ??= Number.NaN;
      score.std ??= Number.NaN;
      score.folds = score.folds.map((fold) => fold ?? Number.NaN);
    }
  }
  return record;
}

/** A competition's runs, the oldest first, and those that cannot be read, with the reason. */
export function storedRuns(competition: string, out = 'outputs'): { runs: StoredRun[]; unreadable: { name: string; reason: string }[] } {
  const runs: StoredRun[] = [];
  const unreadable: { name: string; reason: string }[] = [];
  for (const name of runNames(join(out, competition))) {
    try {
      runs.push(readRun(join(out, competition, name)));
    } catch (error) {
      if (!(error instanceof CompetitionError)) throw error;
      unreadable.push({ name, reason: error.message.replace(/^Run: \S+ /, '') });
    }
  }
  return { runs, unreadable };
}

/**
 * The run that a user names: a folder, `<competition>/<run>`, a run's name alone, or a competition for its newest run.
 * @throws CompetitionError with the runs there are
 */
export function findRun(word: string, out = 'outputs'): StoredRun {
  const folders = [word, join(out, word)].filter((folder) => existsSync(join(folder, 'scores.json')));
  if (folders.length > 0) return readRun(resolve(folders[0]));
  const competitions = existsSync(out) ? readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name) : [];
  if (competitions.includes(word) && runNames(join(out, word)).length > 0) return readRun(resolve(join(out, word, runNames(join(out, word)).at(-1) as string)));
  const all = competitions.flatMap((competition) => runNames(join(out, competition)).map((name) => [competition, name] as const));
  const named = all.filter(([, name]) => name === word);
  if (named.length === 1) return readRun(resolve(join(out, ...named[0])));
  if (named.length > 1) throw new CompetitionError(`Run: ${show(word)} is the name of ${named.length} runs: ${showList(named.map((one) => one.join('/')))}. Name the competition too.`);
  const near = nearestName(word, all.flatMap(([competition, name]) => [name, `${competition}/${name}`]));
  throw new CompetitionError(
    `Run: there is no run ${show(word)} in ${out}.${near ? ` Did you mean ${near}?` : ''} ` +
      (all.length > 0 ? `The newest are ${showList(all.sort(([, a], [, b]) => byRunName(b, a)).map((one) => one.join('/')), 5)}.` : 'Run refit run <competition> first.'),
  );
}

/** The rows of a stored run: ids, targets, and what its pipelines said of them. */
export interface StoredPredictions {
  ids: string[];
  y: Label[];
  outOfFold: Record<string, OutOfFold>;
  testIds: string[];
  test: Record<string, TestPrediction>;
}

/** Reads a run's oof.csv and test-predictions.csv. @throws CompetitionError, ParseError */
export async function readPredictions({ folder, record }: StoredRun): Promise<StoredPredictions> {
  const { id, target, task } = record.competition;
  const labelColumns = task === 'regression' ? [] : [target, ...record.pipelines.map(({ name }) => name)];
  const oof = await readCsv(join(folder, 'oof.csv'), { ids: [id, ...labelColumns] });
  const test = await readCsv(join(folder, 'test-predictions.csv'), { ids: [id] });
  const folds = Int32Array.from(oof.numbers(foldColumn(record.competition)), (fold) => (Number.isNaN(fold) ? -1 : fold - 1));
  const labelsOf = (name: string): Label[] => oof.column(name).toArray().map((field) => labelOf(field as string | null, record.classes));
  const outOfFold: Record<string, OutOfFold> = {};
  const testPredictions: Record<string, TestPrediction> = {};
  for (const { name } of record.pipelines) {
    if (task === 'regression') {
      outOfFold[name] = { folds, labels: [], values: oof.numbers(name) };
      testPredictions[name] = { values: test.numbers(name) };
      continue;
    }
    const probabilities = probabilitiesOf(oof, name, record.classes);
    outOfFold[name] = { folds, labels: labelsOf(name), ...(probabilities && { probabilities }) };
    testPredictions[name] = { probabilities: probabilitiesOf(test, name, record.classes) };
  }
  const textIds = (table: Table): string[] => table.column(id).toArray().map(String);
  const y = task === 'regression' ? Array.from(oof.numbers(target)) : labelsOf(target);
  return { ids: textIds(oof), y, outOfFold, testIds: textIds(test), test: testPredictions };
}

/** The label that a field of a file stands for. */
function labelOf(field: string | null, [example]: readonly Label[]): Label {
  if (field === null) return field as unknown as Label;
  if (typeof example === 'boolean') return field === 'True';
  return typeof example === 'number' ? Number(field) : field;
}

/** Rows × classes; undefined where the pipeline tells no probabilities. */
function probabilitiesOf(table: Table, name: string, classes: readonly Label[]): DenseMatrix | undefined {
  const columns = classes.map((label) => `${name}: P(${label})`);
  if (!table.names.includes(columns[columns.length - 1])) return undefined;
  const result = new DenseMatrix(table.rows, classes.length);
  const given = classes.length === 2 ? [1] : [...classes.keys()];
  for (const k of given) {
    const values = table.numbers(columns[k]);
    for (let i = 0; i < table.rows; i++) {
      result.data[i * classes.length + k] = values[i];
      if (classes.length === 2) result.data[2 * i] = 1 - values[i];
    }
  }
  return result;
}
