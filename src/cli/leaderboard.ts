import type { RunRecord, RunTimes } from '../competition/run-record.ts';
import { formatSeconds } from '../core/format-seconds.ts';
import { textTable } from './text-table.ts';

/** The leaderboard as the terminal shows it: best first, mean ± spread over folds. */
export function leaderboard(record: RunRecord, times: RunTimes): string {
  const scorers = [...new Set(record.pipelines.flatMap((pipeline) => Object.keys(pipeline.scores)))];
  const rows = record.pipelines.map((pipeline, i) => [
    `${i + 1}  ${pipeline.name}`,
    ...scorers.map((name) => {
      const score = pipeline.scores[name];
      return score === undefined ? '–' : `${score.mean.toFixed(4)} ± ${score.std.toFixed(4)}`;
    }),
    formatSeconds(times.pipelines[pipeline.name].fit.reduce((a, b) => a + b, 0)),
  ]);
  return textTable(['   pipeline', ...scorers, 'fit'], rows);
}
