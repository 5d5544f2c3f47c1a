import type { Comparison } from '../competition/compare-runs.ts';
import { differenceSentence, differenceText } from '../competition/difference-sentence.ts';
import { formatSeconds } from '../core/format-seconds.ts';
import { textTable } from './text-table.ts';

/** A comparison as the terminal shows it: best first, then what the difference to the best means, in sentences. */
export function comparisonTable(comparison: Comparison, { sentences = 3 }: { sentences?: number } = {}): string {
  const { competition, pipelines, cv } = comparison;
  const severalRuns = new Set(pipelines.map(({ run }) => run)).size > 1;
  const head = ['   pipeline', competition.metric, 'behind the best', 'worse in', 'fit a fold', 'learned numbers', ...(severalRuns ? ['run'] : [])];
  const rows = pipelines.map(({ label, score, behind, fitSeconds, record, run }, i) => [
    `${i + 1}  ${label}`,
    Number.isNaN(score.mean) ? 'n/a' : `${score.mean.toFixed(4)} ± ${score.std.toFixed(4)}`,
    behind ? differenceText(behind, competition.metric) : i === 0 ? '' : 'n/a',
    behind ? `${behind.greater} of ${cv.nSplits}` : '',
    formatSeconds(fitSeconds),
    String(record.size),
    ...(severalRuns ? [run] : []),
  ]);
  return [textTable(head, rows), '', ...comparisonSentences(comparison, sentences)].join('\n');
}

/** What the differences of the best to the next ones mean. */
export function comparisonSentences({ competition, pipelines, cv }: Comparison, most: number): string[] {
  const [best, ...others] = pipelines;
  return others.slice(0, most).flatMap(({ label, behind }) => (behind ? [differenceSentence(best.label, label, behind, cv.nSplits, competition.metric)] : []));
}
