import { readdirSync, rmSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { makeTemporaryFolder } from '../table/make-temporary-folder.ts';
import { writeCsv } from '../table/write-csv.ts';
import { MODEL_FILE } from './model-file-name.ts';
import { foldColumn } from './out-of-fold-columns.ts';
import { writeSubmission } from './write-submission.ts';
import type { RunResult } from './run-competition.ts';

/** What is written of a run: a RunResult, or what a blend of runs found. */
export type WritableRun = Omit<RunResult, 'model' | 'modelFile' | 'journal' | 'diagnostics'> & Partial<Pick<RunResult, 'modelFile' | 'diagnostics'>>;

export interface WriteRunOptions {
  /** Folder for all runs. Default 'outputs'. */
  out?: string;
  /** Further files of the run: report, charts. */
  files?: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * Writes a run's files into `<out>/<competition>/<run>/` and returns that folder.
 *
 * Everything is written into a hidden folder beside it first and shows under its name only when it is
 * complete: whoever looks sees all of a run or nothing. An error, and `process.exit` in between, removes the hidden folder.
 *
 * @throws CompetitionError when the folder cannot be written.
 */
export async function writeRun(result: WritableRun, { out = 'outputs', files = {} }: WriteRunOptions = {}): Promise<string> {
  const parent = join(out, result.record.competition.name);
  let temporary: string;
  try {
    await mkdir(parent, { recursive: true });
    removeAbandoned(parent);
    temporary = await makeTemporaryFolder(join(parent, `.writing-${process.pid}-`));
  } catch (error) {
    throw new CompetitionError(`Run: ${parent} must be a folder that can be written, got ${(error as Error).message}. Choose another with --out.`, {
      cause: error,
    });
  }
  const removeUnfinished = (): void => rmSync(temporary, { recursive: true, force: true });
  process.once('exit', removeUnfinished);
  try {
    const columns = result.submission as Record<string, ArrayLike<Label>>;
    await writeSubmission(join(temporary, 'submission.csv'), columns, result.sample === undefined ? {} : { sample: result.sample });
    await writeFile(join(temporary, 'scores.json'), `${JSON.stringify(result.record, null, 2)}\n`);
    await writeFile(join(temporary, 'run.json'), `${JSON.stringify(result.times, null, 2)}\n`);
    await writeCsv(join(temporary, 'oof.csv'), outOfFoldColumns(result));
    await writeCsv(join(temporary, 'test-predictions.csv'), testPredictionColumns(result));
    for (const [name, columns] of searchTables(result)) await writeCsv(join(temporary, `search-${name}.csv`), columns);
    if (result.foldPredictions) await writeCsv(join(temporary, 'fold-predictions.csv'), result.foldPredictions);
    if (result.modelFile) await writeFile(join(temporary, MODEL_FILE), result.modelFile);
    if (result.diagnostics) await writeFile(join(temporary, 'diagnostics.json'), `${JSON.stringify(result.diagnostics, null, 2)}\n`);
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content);
    return await renameToFreeName(temporary, parent, result.times.started);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  } finally {
    process.off('exit', removeUnfinished);
  }
}

/** Removes what a killed process has left half written. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^\.writing-(\d+)-/.exec(name)?.[1];
    if (pid === undefined) continue;
    try {
      process.kill(Number(pid), 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

/** The start time names the run; a run started within the same second gets a number behind it. */
async function renameToFreeName(temporary: string, parent: string, started: string): Promise<string> {
  const name = started.slice(0, 19).replaceAll(':', '-').replace('T', '_');
  for (let attempt = 1; ; attempt++) {
    const folder = join(parent, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      await rename(temporary, folder);
      return folder;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if ((code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') || attempt === 100) throw error;
    }
  }
}

/** id, target, fold (from 1; see foldColumn), and for each pipeline its predicted value and, for two classes, the probability of the larger. */
function outOfFoldColumns({ record, ids, y, outOfFold }: WritableRun): Record<string, ArrayLike<Label | null>> {
  const { id, target } = record.competition;
  const columns: Record<string, ArrayLike<Label | null>> = { [id]: ids, [target]: y };
  for (const { name } of record.pipelines) {
    const { folds, labels, values, probabilities } = outOfFold[name];
    columns[foldColumn(record.competition)] ??= Array.from(folds, (fold) => (fold < 0 ? null : fold + 1));
    columns[name] = values ?? labels;
    if (probabilities) Object.assign(columns, probabilityColumns(name, probabilities, record.classes));
  }
  return columns;
}

/** id, and for each pipeline what its fold models say of the test rows on average: a number, or probabilities as in oof.csv. */
function testPredictionColumns({ record, submission, testPredictions }: WritableRun): Record<string, ArrayLike<Label | null>> {
  const { id } = record.competition;
  const columns: Record<string, ArrayLike<Label | null>> = { [id]: submission[id] };
  for (const { name } of record.pipelines) {
    const { values, probabilities } = testPredictions[name];
    if (values) columns[name] = values;
    if (probabilities) Object.assign(columns, probabilityColumns(name, probabilities, record.classes));
  }
  return columns;
}

/** Of two classes the larger one's probability tells all. */
function probabilityColumns(name: string, probabilities: DenseMatrix, classes: readonly Label[]): Record<string, Float64Array> {
  const shown = probabilities.cols === 2 ? [1] : [...classes.keys()];
  return Object.fromEntries(shown.map((k) => [`${name}: P(${classes[k]})`, probabilities.col(k)]));
}

/** Per searched pipeline a row for each candidate: rank, its options, and mean, standard deviation and folds of each score. */
function searchTables({ record }: WritableRun): [pipeline: string, columns: Record<string, (Label | null)[]>][] {
  return record.pipelines.flatMap(({ name, search }): [string, Record<string, (Label | null)[]>][] => {
    if (search === undefined) return [];
    const { candidates } = search;
    const { metric } = record.competition;
    const columns: Record<string, (Label | null)[]> = { rank: candidates.map(({ scores }) => scores[metric].rank) };
    for (const option of new Set(candidates.flatMap(({ params }) => Object.keys(params)))) columns[option] = candidates.map(({ params }) => cell(params[option]));
    for (const scorer of Object.keys(candidates[0].scores)) {
      columns[`${scorer}: mean`] = candidates.map(({ scores }) => scores[scorer].mean);
      columns[`${scorer}: std`] = candidates.map(({ scores }) => scores[scorer].std);
      candidates[0].scores[scorer].folds.forEach((_, fold) => (columns[`${scorer}: fold ${fold + 1}`] = candidates.map(({ scores }) => scores[scorer].folds[fold])));
    }
    return [[name, columns]];
  });
}

/** Text for all but plain values, so that a column has one type. */
function cell(value: unknown): Label | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as Label);
}
