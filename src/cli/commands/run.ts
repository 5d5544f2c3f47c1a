import { basename, join, relative } from 'node:path';
import { compareRuns } from '../../competition/compare-runs.ts';
import { loadCompetition } from '../../competition/load-competition.ts';
import { MODEL_FILE } from '../../competition/model-file-name.ts';
import { isRunning, unfinishedRuns } from '../../competition/run-journal.ts';
import { runCompetition, type RunEvent, type RunResult } from '../../competition/run-competition.ts';
import { readRun, storedRuns } from '../../competition/stored-run.ts';
import { writeRun } from '../../competition/write-run.ts';
import { scorer } from '../../metrics/scorer.ts';
import type { Arguments } from '../command.ts';
import { comparisonSentences } from '../comparison-table.ts';
import { exitOnSignals } from '../exit-on-signals.ts';
import { Interruption } from '../interruption.ts';
import { leaderboard } from '../leaderboard.ts';
import { formatSeconds } from '../../core/format-seconds.ts';
import { reportProgress, writeEvents } from '../report-progress.ts';
import { runFiles } from '../run-files.ts';
import { timeLines } from '../time-lines.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const quiet = Boolean(options.quiet);
  const say = (line: string): void => void (quiet || options.json || process.stdout.write(`${line}\n`));
  say(competition.definition.title);

  const out = (options.out as string | undefined) ?? 'outputs';
  const resume = Boolean(options.resume);
  if (!quiet) hintAtInterrupted(join(out, competition.name), resume);
  const interruption = quiet || options.json ? undefined : new Interruption('folds', `${goOnCommand(positional.competition as string, options)} goes on with them.`);
  const show = options.json ? writeEvents : reportProgress(competition.definition.metric, scorer(competition.definition.metric).better);
  const count = interruption && countKept(interruption);
  const result = await runCompetition(competition, {
    pipelines: options.pipeline as string[] | undefined,
    seed: options.seed as number | undefined,
    search: options.search as boolean | undefined,
    workers: (options.workers as number | undefined) ?? null,
    diagnose: !options.quick,
    journal: { out, resume },
    onEvent: quiet
      ? undefined
      : (event) => {
          count?.(event);
          show(event);
        },
  });
  // Until here only finished folds are kept, and Ctrl-C may end the process at once, whatever it is doing. From here on what
  // is half written is removed first; the charts' work is done by now, so that the signal is heard.
  const files = await runFiles(result);
  if (interruption) await interruption.heedHere();
  else exitOnSignals();
  const folder = await writeRun(result, { out, files });
  result.journal?.remove();

  if (options.json) process.stdout.write(`${JSON.stringify({ folder, ...result.record, times: result.times })}\n`);
  else if (!quiet) process.stdout.write(summary(result, folder, out));
  return 0;
}

/** What to type to go on with this run: its seed and pipelines are known. */
function goOnCommand(competition: string, { out, quick }: Arguments['options']): string {
  return ['refit run', competition, '--resume', ...(out === undefined ? [] : [`--out ${out as string}`]), ...(quick ? ['--quick'] : [])].join(' ');
}

/** A listener that counts the folds that are kept. */
function countKept(interruption: Interruption): (event: RunEvent) => void {
  let steps = 0;
  let kept = 0;
  return (event) => {
    if (event.type === 'pipeline') steps += event.steps;
    if (event.type === 'resume') kept = Object.values(event.steps).reduce((sum, count) => sum + count, 0);
    if (event.type === 'fold') kept++;
    interruption.keep(kept, steps);
  };
}

/** A line where a pipeline of an earlier run, on the same folds, is better than all of this one's. */
function earlierBetter(competition: string, folder: string, out: string): string[] {
  const [best] = compareRuns(storedRuns(competition, out).runs).pipelines;
  if (best === undefined || best.run === basename(folder) || best.score.mean === compareRuns([readRun(folder)]).pipelines[0].score.mean) return [];
  return [`${best.record.name} of ${best.run} is still the best on these folds, with ${best.score.mean.toFixed(4)}; refit compare ${competition} shows all.`];
}

/** Tells of an interrupted run, which this one would make void, and where there is none to go on with. */
function hintAtInterrupted(parent: string, resume: boolean): void {
  const interrupted = unfinishedRuns(parent).filter((run) => !isRunning(run));
  const newest = interrupted.at(-1);
  if (resume && newest === undefined) process.stderr.write('There is no interrupted run to go on with: this one begins anew.\n');
  if (resume || newest === undefined) return;
  process.stderr.write(`The run of ${newest.started} was interrupted with ${newest.done} of ${newest.steps} folds done; refit run --resume would go on with it.\n`);
}

function summary({ record, times, modelFile }: RunResult, folder: string, out: string): string {
  const shown = relative(process.cwd(), folder) || folder;
  const warnings = [
    ...record.warnings,
    ...record.pipelines.flatMap((pipeline) => pipeline.warnings.map((warning) => `${pipeline.name}: ${warning}`)),
  ];
  return [
    '',
    leaderboard(record, times),
    '',
    ...timeLines(record),
    ...comparisonSentences(compareRuns([readRun(folder)]), 1),
    ...earlierBetter(record.competition.name, folder, out),
    ...warnings.map((warning) => `Note: ${warning}`),
    `${record.winner} was refitted on all ${record.competition.trainRows} rows; the whole run took ${formatSeconds(times.seconds)}.`,
    `  submission  ${join(shown, 'submission.csv')}`,
    `  report      ${join(shown, 'report.html')}`,
    ...(modelFile ? [`  model       ${join(shown, MODEL_FILE)}`] : []),
    '',
  ].join('\n');
}
