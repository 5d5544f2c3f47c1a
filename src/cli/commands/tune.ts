import { relative } from 'node:path';
import { OptionError } from '../../core/errors.ts';
import { loadCompetition } from '../../competition/load-competition.ts';
import { tuneCompetition, type TuneResult } from '../../competition/tune-competition.ts';
import { scorer } from '../../metrics/scorer.ts';
import type { SearchEvent } from '../../model-selection/search-study.ts';
import type { Arguments } from '../command.ts';
import { Interruption } from '../interruption.ts';
import { Progress } from '../progress.ts';
import { textTable } from '../text-table.ts';

/** Candidates that the table shows. */
const SHOWN = 10;

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const pipeline = options.pipeline as string | undefined;
  if (pipeline === undefined) throw new OptionError('refit tune: --pipeline must be given: the name of a pipeline file, as refit list shows it.');
  const trials = (options.trials as number | undefined) ?? 30;
  const quiet = Boolean(options.quiet);
  if (!quiet && !options.json) process.stdout.write(`${competition.definition.title}\n`);
  const result = await tuneCompetition(competition, {
    pipeline,
    trials,
    method: options.random ? 'random' : 'bayesian',
    seed: options.seed as number | undefined,
    workers: (options.workers as number | undefined) ?? null,
    out: (options.out as string | undefined) ?? 'outputs',
    onEvent: quiet ? undefined : options.json ? (event) => process.stderr.write(`${JSON.stringify(event)}\n`) : showProgress(pipeline, trials, competition.definition.metric, scorer(competition.definition.metric).better, new Interruption('candidates', 'The same command goes on from there.')),
  });
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (!quiet) process.stdout.write(summary(result));
  return 0;
}

/** A bar of candidates; one counts when its last fold is done. */
function showProgress(pipeline: string, trials: number, metric: string, better: 'higher' | 'lower', interruption: Interruption): (event: SearchEvent) => void {
  let progress: Progress | undefined;
  let told = 0;
  let best: number | undefined;
  /** The scores of a journal are not told either: one of them may be the best. */
  let isResumed = false;
  const folds = new Map<number, number[]>();
  return (event) => {
    if (event.type === 'round') {
      const known = event.total - event.candidates - told;
      progress ??= new Progress({ [pipeline]: trials }, 'candidates');
      // Candidates of a journal, of which no fold is told.
      if (known > 0) progress.resume({ [pipeline]: (told += known) });
      isResumed ||= known > 0;
      progress.show();
      interruption.keep(told, trials);
      return;
    }
    const scores = folds.get(event.candidate) ?? [];
    folds.set(event.candidate, [...scores, event.scores[metric]]);
    if (scores.length + 1 < event.nSplits) return;
    told++;
    interruption.keep(told, trials);
    const mean = [...scores, event.scores[metric]].reduce((sum, score) => sum + score, 0) / event.nSplits;
    best = best === undefined ? mean : (better === 'higher' ? Math.max : Math.min)(best, mean);
    progress?.step(pipeline, `${metric} ${mean.toFixed(4)}${isResumed ? '' : `, the best ${best.toFixed(4)}`}`);
  };
}

function summary({ pipeline, metric, better, candidates, nSplits, best, journal, file, notes }: TuneResult): string {
  const names = [...new Set(candidates.flatMap(({ params }) => Object.keys(params)))];
  const cell = (value: unknown): string => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
  const rows = candidates.slice(0, SHOWN).map(({ rank, mean, std, params }) => [String(rank), mean.toFixed(4), `± ${std.toFixed(4)}`, ...names.map((name) => cell(params[name]))]);
  const more = candidates.length > SHOWN ? [`… and ${candidates.length - SHOWN} more in ${relative(process.cwd(), file)}`] : [];
  return [
    '',
    textTable(['', metric, '', ...names], rows, 0),
    ...more,
    '',
    `${pipeline}: the best of ${candidates.length} candidates on ${nSplits} folds (${better} is better): ${JSON.stringify(best)}`,
    'Its score chose it, and is a little too good. Put the options into the pipeline file and refit run it.',
    ...notes.map((note) => `Note: ${note}`),
    `  all folds  ${relative(process.cwd(), journal)}; the same command with more --trials goes on from them`,
    `  table      ${relative(process.cwd(), file)}`,
    '',
  ].join('\n');
}
