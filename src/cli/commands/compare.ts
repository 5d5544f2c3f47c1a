import { join, relative } from 'node:path';
import { compareRuns, whyNot } from '../../competition/compare-runs.ts';
import { loadCompetition } from '../../competition/load-competition.ts';
import { findRun, storedRuns, type StoredRun } from '../../competition/stored-run.ts';
import { CompetitionError } from '../../core/errors.ts';
import type { Arguments } from '../command.ts';
import { comparisonTable } from '../comparison-table.ts';
import { timeLines } from '../time-lines.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const { name } = await loadCompetition(positional.competition as string);
  const out = (options.out as string | undefined) ?? 'outputs';
  const named = options.run as string[] | undefined;
  const { runs, unreadable } = named ? { runs: namedRuns(named, name, out), unreadable: [] } : storedRuns(name, out);
  if (runs.length === 0) throw new CompetitionError(`Compare: there is no run of ${name} in ${out}. Run refit run ${name} first.`);
  const comparison = compareRuns(runs);
  comparison.leftOut.push(...unreadable.map(({ name: unread, reason }) => ({ run: unread, reason })));

  const { comparisonHtml } = await import('../../report/comparison-html.ts');
  const { writeFileAtomically } = await import('../../table/write-file-atomically.ts');
  const page = (options.html as string | undefined) ?? join(out, name, 'comparison.html');
  await writeFileAtomically(page, await comparisonHtml(comparison));
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ page, ...comparison })}\n`);
    return 0;
  }
  process.stdout.write(
    [
      comparison.competition.title,
      '',
      comparisonTable(comparison),
      ...timeLines(comparison),
      '',
      ...comparison.leftOut.map(({ run: left, reason }) => `Left out: ${left}, ${reason}.`),
      `  page  ${relative(process.cwd(), page)}`,
      '',
    ].join('\n'),
  );
  return 0;
}

/** The runs that a user names, the oldest first. @throws CompetitionError for one that cannot stand beside the newest of them */
function namedRuns(words: readonly string[], competition: string, out: string): StoredRun[] {
  const runs = words.map((word) => findRun(word, out)).sort((a, b) => (a.times.started < b.times.started ? -1 : 1));
  const newest = runs[runs.length - 1];
  for (const { name, record } of runs) {
    if (record.competition.name !== competition) throw new CompetitionError(`Compare: ${name} is a run of ${record.competition.name}, not of ${competition}. Name runs of one competition.`);
    const reason = whyNot(record, newest.record);
    if (reason !== undefined) throw new CompetitionError(`Compare: ${name} cannot stand beside ${newest.name}: ${reason}. Run its pipelines again on today's data and folds.`);
  }
  return runs;
}
