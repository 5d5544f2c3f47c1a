import { join, relative } from 'node:path';
import { loadCompetition } from '../../competition/load-competition.ts';
import { runCompetition, type RunEvent, type RunResult } from '../../competition/run-competition.ts';
import { writeRun } from '../../competition/write-run.ts';
import type { Arguments } from '../command.ts';
import { leaderboard } from '../leaderboard.ts';
import { formatSeconds, Progress } from '../progress.ts';
import { runFiles } from '../run-files.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const quiet = Boolean(options.quiet);
  const say = (line: string): void => void (quiet || options.json || process.stdout.write(`${line}\n`));
  say(competition.definition.title);

  const result = await runCompetition(competition, {
    pipelines: options.pipeline as string[] | undefined,
    seed: options.seed as number | undefined,
    search: Boolean(options.search),
    workers: (options.workers as number | undefined) ?? null,
    onEvent: quiet ? undefined : progressReporter(competition.definition.metric),
  });
  // Until here nothing is written, and Ctrl-C may end the process at once, whatever it is doing. From here on what is half
  // written is removed first; the charts' work is done by now, so that the signal is heard.
  const files = await runFiles(result);
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const folder = await writeRun(result, { out: options.out as string | undefined, files });

  if (options.json) process.stdout.write(`${JSON.stringify({ folder, ...result.record, times: result.times })}\n`);
  else if (!quiet) process.stdout.write(summary(result, folder));
  return 0;
}

function progressReporter(metric: string): (event: RunEvent) => void {
  const steps: Record<string, number> = {};
  let progress: Progress | undefined;
  const line = (text: string): void => {
    progress?.end();
    progress = undefined;
    process.stderr.write(`${text}\n`);
  };
  return (event) => {
    if (event.type === 'data') line(`${event.trainRows} training rows, ${event.testRows} test rows`);
    if (event.type === 'pipeline') steps[event.pipeline] = event.steps;
    if (event.type === 'fold') {
      progress ??= new Progress(steps);
      progress.step(event.pipeline, `${metric} ${event.score.toFixed(4)}`);
    }
    if (event.type === 'refit') line(`refitting ${event.pipeline} on all ${event.rows} rows`);
  };
}

function summary({ record, times }: RunResult, folder: string): string {
  const shown = relative(process.cwd(), folder) || folder;
  const warnings = [
    ...record.warnings,
    ...record.pipelines.flatMap((pipeline) => pipeline.warnings.map((warning) => `${pipeline.name}: ${warning}`)),
  ];
  return [
    '',
    leaderboard(record, times),
    '',
    ...warnings.map((warning) => `Note: ${warning}`),
    `${record.winner} was refitted on all ${record.competition.trainRows} rows; the whole run took ${formatSeconds(times.seconds)}.`,
    `  submission  ${join(shown, 'submission.csv')}`,
    `  report      ${join(shown, 'report.html')}`,
    '',
  ].join('\n');
}
