import { barChart } from './bar-chart.ts';
import type { Chart } from './draw-chart.ts';
import { formatCount, formatScore, formatScorer, formatScorerInText } from './format-score.ts';
import type { ReportData } from './report-data.ts';

const mostBars = 15;

/** How much worse the winner gets when one input is shuffled. @returns undefined where that was not worked out */
export function importanceChart({ record, diagnostics }: ReportData): Chart | undefined {
  const importance = diagnostics?.importance;
  if (!importance || importance.names.length === 0) return undefined;
  const { metric } = importance;
  const what = importance.of === 'columns' ? 'column' : 'term';
  const bars = importance.names.slice(0, mostBars).map((name, i) => ({ name, value: importance.mean[i], spread: importance.std[i], text: formatScore(importance.mean[i]) }));
  const tried = importance.of === 'terms' ? ` Tried were the ${importance.names.length} terms that tell most by themselves.` : '';
  return barChart(bars, {
    title: `What ${record.winner} owes to each ${what}`,
    note: `How much worse ${formatScorerInText(metric)} gets when the ${what} is shuffled among ${formatCount(importance.rows)} rows that the model has not seen, on average over ${importance.shuffles} shuffles; lines are ± one standard deviation.${tried} Inputs that say the same share their importance.`,
    axis: `${formatScorer(metric)}, worse by`,
  });
}
