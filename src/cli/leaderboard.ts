import type { RunRecord, RunTimes } from '../competition/run-record.ts';
import { formatSeconds } from '../core/format-seconds.ts';
import { textTable } from './text-table.ts';

/**
 * The leaderboard as the terminal shows it: best first, mean ± spread over folds.
 * @param columns of the terminal, 0 where it does not know: where the table would be wider, only the metric that decides is shown with its spread
 */
export function leaderboard(record: RunRecord, times: RunTimes, columns = process.stdout.columns): string {
  const whole = tableOf(record, times, () => true);
  return whole.indexOf('\n') <= (columns || Infinity) ? whole : tableOf(record, times, (name) => name === record.competition.metric);
}

/** @param hasSpread whether a metric is shown with its spread */
function tableOf(record: RunRecord, times: RunTimes, hasSpread: (name: string) => boolean): string {
  const scorers = [...new Set(record.pipelines.flatMap((pipeline) => Object.keys(pipeline.scores)))];
  const rows = record.pipelines.map((pipeline, i) => [
    `${i + 1}  ${pipeline.name}`,
    ...scorers.map((name) => {
      const score = pipeline.scores[name];
      if (score === undefined) return '–';
      return hasSpread(name) ? `${score.mean.toFixed(4)} ± ${score.std.toFixed(4)}` : score.mean.toFixed(4);
    }),
    formatSeconds(times.pipelines[pipeline.name].fit.reduce((a, b) => a + b, 0)),
  ]);
  return textTable(['   pipeline', ...scorers, 'fit'], rows);
}
