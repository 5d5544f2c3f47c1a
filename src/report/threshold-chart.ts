import type { Chart } from './draw-chart.ts';
import { className } from './class-scores.ts';
import { formatScore } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { color, seriesStyle } from './theme.ts';
import { thresholdScores, type ThresholdScores } from './threshold-scores.ts';
import { unitSquare } from './unit-square.ts';

const LINES = [
  ['accuracy', 'Accuracy'],
  ['f1', 'F1'],
  ['precision', 'Precision'],
  ['recall', 'Recall'],
] as const;

/** The winner's scores by the probability from which a row is called positive. @returns undefined without two classes or probabilities */
export function thresholdChart(data: ReportData): Chart | undefined {
  const scores = thresholdScores(data);
  if (scores === undefined) return undefined;
  const title = `Where ${data.record.winner} should say ${className(data.record.classes[1])}`;
  const best = (name: 'accuracy' | 'f1'): ThresholdScores => scores.reduce((a, b) => (b[name] > a[name] ? b : a));
  const lines = LINES.map(([key, name], index) => ({
    ...seriesStyle(index),
    name,
    value: key === 'accuracy' || key === 'f1' ? `best ${formatScore(best(key)[key])} from ${best(key).threshold.toFixed(2)} on` : '',
    points: scores.filter((one) => Number.isFinite(one[key])).map((one): [number, number] => [one.threshold, one[key]]),
  }));
  return {
    title,
    note: 'Out-of-fold scores by threshold. The best threshold was chosen on these same rows, so its score is a little too good; a ThresholdTuner in the pipeline chooses inside the folds.',
    label: `${title}. ${lines.filter(({ value }) => value).map(({ name, value }) => `${name}: ${value}`).join('; ')}.`,
    legend: lines.map(({ color: stroke, dash, name, value }) => ({ mark: 'line' as const, color: stroke, dash, name, value })),
    plot: (Plot) =>
      unitSquare(Plot, { x: 'Threshold of the probability', y: 'Score' }, [
        Plot.ruleX([0.5], { stroke: color('rule'), strokeDasharray: '4 4' }),
        ...lines.map(({ points, color: stroke, dash }) => Plot.line(points, { stroke, strokeWidth: 2, ...(dash && { strokeDasharray: dash }) })),
      ]),
  };
}
