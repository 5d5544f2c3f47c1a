import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { writeCsv } from '../table/write-csv.ts';
import { writeSubmission } from './write-submission.ts';
import type { RunResult } from './run-competition.ts';

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
export async function writeRun(result: RunResult, { out = 'outputs', files = {} }: WriteRunOptions = {}): Promise<string> {
  const parent = join(out, result.record.competition.name);
  let temporary: string;
  try {
    await mkdir(parent, { recursive: true });
    temporary = await mkdtemp(join(parent, '.writing-'));
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
    for (const [name, columns] of searchTables(result)) await writeCsv(join(temporary, `search-${name}.csv`), columns);
    if (result.foldPredictions) await writeCsv(join(temporary, 'fold-predictions.csv'), result.foldPredictions);
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content);
    return await renameToFreeName(temporary, parent, result.times.started);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  } finally {
    process.off('exit', removeUnfinished);
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

/** id, target, fold (from 1), and for each pipeline its predicted value and, for two classes, the probability of the larger. */
function outOfFoldColumns({ record, ids, y, outOfFold }: RunResult): Record<string, ArrayLike<Label | null>> {
  const { id, target } = record.competition;
  const columns: Record<string, ArrayLike<Label | null>> = { [id]: ids, [target]: y };
  for (const { name } of record.pipelines) {
    const { folds, labels, values, probabilities } = outOfFold[name];
    columns.fold ??= Array.from(folds, (fold) => (fold < 0 ? null : fold + 1));
    columns[name] = values ?? labels;
    if (!probabilities) continue;
    const shown = probabilities.cols === 2 ? [1] : probabilities.cols > 2 ? record.classes.keys() : [];
    for (const k of shown) columns[`${name}: P(${record.classes[k]})`] = probabilities.col(k);
  }
  return columns;
}

/** Per searched pipeline a row for each candidate: rank, its options, and mean, standard deviation and folds of each score. */
function searchTables({ record }: RunResult): [pipeline: string, columns: Record<string, (Label | null)[]>][] {
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
