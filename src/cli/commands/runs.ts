import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, unfinishedRuns } from '../../competition/run-journal.ts';
import { storedRuns } from '../../competition/stored-run.ts';
import type { Arguments } from '../command.ts';
import { formatSeconds } from '../../core/format-seconds.ts';
import { textTable } from '../text-table.ts';

export async function run({ positional, options }: Arguments): Promise<number> {
  const out = (options.out as string | undefined) ?? 'outputs';
  const all = existsSync(out) ? readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort() : [];
  const names = positional.competition === undefined ? all : [positional.competition];
  const found = names.map((name) => ({ name, ...storedRuns(name, out), unfinished: unfinishedRuns(join(out, name)) }));
  if (options.json) {
    const plain = found.flatMap(({ runs }) => runs.map(({ folder, record, times }) => ({ folder, ...record, times })));
    process.stdout.write(`${JSON.stringify(plain)}\n`);
    return 0;
  }
  const parts = found.flatMap(({ name, runs, unreadable, unfinished }) => {
    if (runs.length + unreadable.length + unfinished.length === 0) return [];
    const rows = runs.map(({ name: run, record, times }) => {
      const best = record.pipelines.find((pipeline) => pipeline.name === record.winner);
      const score = best?.scores[record.competition.metric];
      return [run, record.winner, record.competition.metric, score ? `${score.mean.toFixed(4)} ± ${score.std.toFixed(4)}` : 'n/a', String(record.pipelines.length), String(record.seed), formatSeconds(times.seconds)];
    });
    return [
      name,
      ...(rows.length > 0 ? [textTable(['run', 'refitted', 'metric', 'score', 'pipelines', 'seed', 'took'], rows, 3)] : []),
      ...unreadable.map(({ name: run, reason }) => `${run}: ${reason}`),
      ...unfinished.map((one) => `${one.started.slice(0, 19).replace('T', ' ')}: ${isRunning(one) ? 'still running' : 'interrupted'}, ${one.done} of ${one.steps} folds done${isRunning(one) ? '' : `; refit run ${name} --resume goes on`}`),
      '',
    ];
  });
  process.stdout.write(parts.length === 0 ? `There are no runs${positional.competition ? ` of ${positional.competition}` : ''} in ${out}.\n` : parts.join('\n'));
  return 0;
}
