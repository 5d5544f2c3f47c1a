import { readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { compareRuns } from '../../competition/compare-runs.ts';
import { findRun } from '../../competition/stored-run.ts';
import type { Arguments } from '../command.ts';
import { comparisonSentences } from '../comparison-table.ts';
import { leaderboard } from '../leaderboard.ts';
import { formatSeconds } from '../../core/format-seconds.ts';
import { textTable } from '../text-table.ts';

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
    ['refitted', record.winner],
    ['started', `${times.started}, took ${formatSeconds(times.seconds)}`],
    ['made with', Object.entries(times.versions).map(([name, version]) => `${name} ${version}`).join(', ')],
    ['machine', `${times.machine.platform}, ${times.machine.cpu}, ${times.machine.cores} cores, ${times.machine.memoryGiB} GiB`],
    ['hashes', Object.entries(hashes).map(([name, hash]) => `${name} ${hash.slice(0, 8)}`).join(', ')],
    ['folder', relative(process.cwd(), folder) || '.'],
    ['files', files.join(', ')],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const stages = record.pipelines.flatMap((pipeline) => pipeline.stages.map((stage, i) => [i === 0 ? pipeline.name : '', stage.name, stage.estimator]));
  const warnings = [...record.warnings, ...record.pipelines.flatMap(({ name, warnings: own }) => own.map((warning) => `${name}: ${warning}`))];
  process.stdout.write(
    [
      `${competition.title}`,
      '',
      leaderboard(record, times),
      '',
      ...comparisonSentences(compareRuns([found]), 1),
      ...warnings.map((warning) => `Note: ${warning}`),
      '',
      ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
      '',
      textTable(['pipeline', 'stage', 'estimator'], stages, 3),
      '',
    ].join('\n'),
  );
  return 0;
}
