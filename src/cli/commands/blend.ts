import { join, relative } from 'node:path';
import { BLEND_METHODS, blendRuns, type BlendMethod, type BlendResult } from '../../competition/blend-runs.ts';
import { differenceSentence } from '../../competition/difference-sentence.ts';
import { loadCompetition } from '../../competition/load-competition.ts';
import { storedRuns } from '../../competition/stored-run.ts';
import { testShare } from '../../competition/test-share.ts';
import { writeRun } from '../../competition/write-run.ts';
import { CompetitionError, OptionError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { show } from '../../core/show.ts';
import { pairedDifference } from '../../model-selection/paired-difference.ts';
import type { Arguments } from '../command.ts';
import { exitOnSignals } from '../exit-on-signals.ts';
import { leaderboard } from '../leaderboard.ts';
import { runFiles } from '../run-files.ts';
import { textTable } from '../text-table.ts';
import { timeLines } from '../time-lines.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const competition = await loadCompetition(positional.competition as string);
  const out = (options.out as string | undefined) ?? 'outputs';
  const method = methodNamed(options.method as string | undefined);
  const { runs } = storedRuns(competition.name, out);
  if (runs.length === 0) throw new CompetitionError(`Blend: there is no run of ${competition.name} in ${out}. Run refit run ${competition.name} first.`);
  const result = await blendRuns(competition, runs, { method, pipelines: options.pipeline as string[] | undefined });
  const files = await runFiles(result.run);
  exitOnSignals();
  const folder = await writeRun(result.run, { out, files });
  if (options.json) process.stdout.write(`${JSON.stringify({ folder, ...result.run.record, times: result.run.times, leftOut: result.leftOut })}\n`);
  else process.stdout.write(summary(result, relative(process.cwd(), folder) || folder));
  return 0;
}

function methodNamed(word: string | undefined): BlendMethod | undefined {
  if (word === undefined || Object.hasOwn(BLEND_METHODS, word)) return word as BlendMethod | undefined;
  const names = Object.keys(BLEND_METHODS);
  const near = nearestName(word, names);
  throw new OptionError(`refit blend: --method must be ${names.join(' or ')}, got ${show(word)}.${near ? ` Did you mean ${near}?` : ''}`);
}

function summary({ run, nested, members, leftOut }: BlendResult, folder: string): string {
  const { record, times } = run;
  const weights = members.map(({ label }, m) => [label, nested.blend.weights[m].toFixed(3), nested.foldWeights.map((fold) => fold[m].toFixed(3)).join('  ')]).sort(([, a], [, b]) => Number(b) - Number(a));
  return [
    record.competition.title,
    '',
    leaderboard(record, times),
    '',
    textTable(['pipeline', 'weight', record.cv.inTime ? 'weights from the folds before each' : 'weights without each fold'], weights),
    '',
    ...timeLines(record),
    verdict(run),
    `The score of the blend is nested: each fold was scored with weights that were tuned on the ${record.cv.inTime ? 'folds before it, the first with equal weights' : 'other folds'}.`,
    ...leftOut.map(({ run: name, reason }) => `Left out: ${name}, ${reason}.`),
    `  submission  ${join(folder, 'submission.csv')}`,
    `  report      ${join(folder, 'report.html')}`,
    '',
  ].join('\n');
}

/** Whether the blend was worth it. */
function verdict({ record }: BlendResult['run']): string {
  const { metric, better } = record.competition;
  const foldsOf = (name: string): number[] => (record.pipelines.find((pipeline) => pipeline.name === name) as (typeof record.pipelines)[number]).scores[metric].folds.map((score) => (better === 'higher' ? score : -score));
  const single = (record.pipelines.find(({ name }) => name !== record.winner) as (typeof record.pipelines)[number]).name;
  const [blend, best] = [foldsOf(record.winner), foldsOf(single)];
  if (![...blend, ...best].every(Number.isFinite)) return `The blend cannot be compared with ${single}: ${metric} is not defined in every fold.`;
  const share = { testShare: testShare(record.cv) };
  const gain = pairedDifference(blend, best, share);
  if (gain.mean >= 0) return differenceSentence('The blend', single, gain, blend.length, metric);
  return `${differenceSentence(single, 'the blend', pairedDifference(best, blend, share), blend.length, metric)} Submit ${single} instead.`;
}
