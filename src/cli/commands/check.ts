import { relative, resolve, sep } from 'node:path';
import { checkSubmissionFile } from '../../competition/check-submission-file.ts';
import { competitionNames, loadCompetition } from '../../competition/load-competition.ts';
import { CompetitionError } from '../../core/errors.ts';
import { showList } from '../../core/show.ts';
import type { Arguments } from '../command.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const file = positional.file as string;
  const competition = await loadCompetition((options.competition as string | undefined) ?? competitionOf(file));
  const review = await checkSubmissionFile(competition, file);
  const accepted = review.problems.length === 0;
  if (options.json) process.stdout.write(`${JSON.stringify({ accepted, ...review })}\n`);
  else {
    const shown = relative(process.cwd(), file) || file;
    const width = Math.max(0, ...review.problems.map(({ problem }) => problem.length));
    const lines = accepted
      ? [`${shown} would be accepted by ${competition.name}: ${review.rows} rows, every id once.`]
      : [`${shown} would be refused by ${competition.name}:`, ...review.problems.map(({ problem, message }) => `  ${problem.padEnd(width)}  ${message}`)];
    process.stdout.write(`${[...lines, ...review.notes.map((note) => `Note: ${note}`)].join('\n')}\n`);
  }
  return accepted ? 0 : 1;
}

/** The competition that a file's path names: outputs/<competition>/<run>/submission.csv, or a file in its folder. */
function competitionOf(file: string): string {
  const names = competitionNames(process.cwd());
  const parts = resolve(file).split(sep).reverse();
  const named = parts.find((part) => names.includes(part));
  if (named !== undefined) return named;
  throw new CompetitionError(`Check: the competition must be told where the file's path does not name it. Add --competition with one of ${showList(names, 20)}.`);
}
