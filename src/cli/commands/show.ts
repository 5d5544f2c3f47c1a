import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { compareRuns } from '../../competition/compare-runs.ts';
import { isBlend } from '../../competition/is-blend.ts';
import type { StageRecord } from '../../competition/run-record.ts';
import { plain } from '../../competition/stage-records.ts';
import { findRun } from '../../competition/stored-run.ts';
import type { Arguments } from '../command.ts';
import { comparisonSentences } from '../comparison-table.ts';
import { leaderboard } from '../leaderboard.ts';
import type { Rules } from '../../core/rules.ts';
import { formatSeconds } from '../../core/format-seconds.ts';
import { classNamed } from '../../model-selection/class-named.ts';
import { textTable } from '../text-table.ts';
import { timeLines } from '../time-lines.ts';

/** Letters of an option's value that are shown. */
const LONGEST_VALUE = 40;

export async function run({ positional, options }: Arguments): Promise<number> {
  const found = findRun(positional.run as string, options.out as string | undefined);
  const { folder, record, times } = found;
  const files = readdirSync(folder).sort();
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ folder, files, ...record, times })}\n`);
    return 0;
  }
  const { competition, cv, hashes } = record;
  const facts: [string, string][] = [
    ['competition', `${competition.name}, ${competition.trainRows} training rows, ${competition.testRows} test rows`],
    ['folds', `${cv.splitter}, ${cv.nSplits} folds, seed ${record.seed}`],
    [record.pipelines.some((pipeline) => pipeline.name === record.winner && isBlend(pipeline)) ? 'submitted' : 'refitted', record.winner],
    ['started', `${times.started}, took ${formatSeconds(times.seconds)}`],
    ['made with', Object.entries(times.versions).map(([name, version]) => `${name} ${version}`).join(', ')],
    ['machine', `${times.machine.platform}, ${times.machine.cpu}, ${times.machine.cores} cores, ${times.machine.memoryGiB} GiB`],
    ['hashes', Object.entries(hashes).map(([name, hash]) => `${name} ${hash.slice(0, 8)}`).join(', ')],
    ['folder', relative(process.cwd(), folder) || '.'],
    ['files', files.join(', ')],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const stages: string[][] = [];
  for (const pipeline of record.pipelines) {
    for (const [i, stage] of pipeline.stages.entries()) stages.push([i === 0 ? pipeline.name : '', stage.name, stage.estimator, await changedOptions(stage)]);
  }
  const warnings = [...record.warnings, ...record.pipelines.flatMap(({ name, warnings: own }) => own.map((warning) => `${name}: ${warning}`))];
  process.stdout.write(
    [
      `${competition.title}`,
      '',
      leaderboard(record, times),
      '',
      ...timeLines(record),
      ...comparisonSentences(compareRuns([found]), 1),
      ...warnings.map((warning) => `Note: ${warning}`),
      '',
      ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
      '',
      textTable(['pipeline', 'stage', 'estimator', 'options that are not the default'], stages, 4),
      '',
    ].join('\n'),
  );
  return 0;
}

/** What was asked of a stage: `C: 10, kernel: "linear"`. Parts have lines of their own; of a class that is not ours no default is known. */
async function changedOptions({ estimator, options }: StageRecord): Promise<string> {
  const { rules = {} } = ((await classNamed(estimator)) ?? {}) as { rules?: Rules<Record<string, unknown>> };
  return Object.entries(options)
    .filter(([name, value]) => name !== 'transformers' && !(Object.hasOwn(rules, name) && JSON.stringify(value) === JSON.stringify(plain(rules[name].default))))
    .map(([name, value]) => `${name}: ${shortened(value)}`)
    .join(', ');
}

/** Regular expressions are kept as text. */
function shortened(value: unknown): string {
  const text = typeof value === 'string' && /^\/.+\/[a-z]*$/s.test(value) ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
