import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { loadCompetition } from '../../competition/load-competition.ts';
import { newestRun, scoreSubmission } from '../../competition/score-submission.ts';
import type { Arguments } from '../command.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const file = (options.submission as string | undefined) ?? join(newestRun(competition.name, options.out as string | undefined), 'submission.csv');
  const folds = join(dirname(file), 'fold-predictions.csv');
  const scores = await scoreSubmission(competition, file, existsSync(folds) ? folds : undefined);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ file, ...scores })}\n`);
    return 0;
  }
  const lines = [`${relative(process.cwd(), file)}: ${scores.metric} ${scores.score.toFixed(4)} on ${scores.rows} rows`];
  if (scores.foldScores.length > 0) {
    const mean = scores.foldScores.reduce((a, b) => a + b, 0) / scores.foldScores.length;
    const gain = scores.score - mean;
    lines.push(
      `The ${scores.foldScores.length} fold models, each fitted on a part of the rows: ${mean.toFixed(4)} on average ` +
        `(${Math.min(...scores.foldScores).toFixed(4)} to ${Math.max(...scores.foldScores).toFixed(4)}).`,
      `The refit on all rows changes that by ${gain >= 0 ? '+' : '−'}${Math.abs(gain).toFixed(4)} (${scores.better} is better).`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
