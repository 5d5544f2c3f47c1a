import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { CompetitionError } from '../core/errors.ts';
import type { LedgerEntry } from './ledger.ts';
import { fileHash } from './run-hashes.ts';
import { findRun, readRun, runNames, type StoredRun } from './stored-run.ts';

/**
 * A ledger's entry of a submission: of a run, or of any file; for a run's file with what cross-validation said of it.
 * @param word a run or a file; undefined for the newest run
 * @throws CompetitionError where there is neither, or the run is of another competition
 */
export async function ledgerEntry(competition: { name: string; metric: string }, word: string | undefined, out: string): Promise<LedgerEntry> {
  const { run, file } = find(competition.name, word, out);
  if (!existsSync(file)) throw new CompetitionError(`Ledger: there is no file ${file}.`);
  if (run !== undefined && run.record.competition.name !== competition.name) {
    throw new CompetitionError(`Ledger: ${run.name} is a run of ${run.record.competition.name}, not of ${competition.name}.`);
  }
  const record = run?.record.pipelines.find(({ name }) => name === run.record.winner);
  const score = record?.scores[competition.metric];
  const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);
  return {
    uploaded: new Date().toISOString(),
    run: run?.name ?? null,
    pipeline: record?.name ?? null,
    file: relative(process.cwd(), file),
    sha256: await fileHash(file),
    metric: competition.metric,
    cv: finite(score?.mean),
    cvStd: finite(score?.std),
    publicScore: null,
    privateScore: null,
    status: 'by hand',
    ref: null,
    message: null,
  };
}

function find(competition: string, word: string | undefined, out: string): { run: StoredRun | undefined; file: string } {
  if (word !== undefined && word.endsWith('.csv')) {
    const folder = dirname(word);
    const isRun = basename(word) === 'submission.csv' && existsSync(join(folder, 'scores.json'));
    return { run: isRun ? readRun(folder) : undefined, file: word };
  }
  if (word === undefined && runNames(join(out, competition)).length === 0) throw new CompetitionError(`Ledger: there is no run of ${competition} in ${out}. Run refit run ${competition} first, or name a file.`);
  const run = findRun(word ?? competition, out);
  return { run, file: join(run.folder, 'submission.csv') };
}
