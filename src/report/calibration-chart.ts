import { brierScoreLoss } from '../metrics/brier-score-loss.ts';
import { calibrationCurve } from '../metrics/calibration-curve.ts';
import { className, classScores, hasBothClasses } from './class-scores.ts';
import type { Chart } from './draw-chart.ts';
import { formatScore } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { color, mostSeries, seriesStyle } from './theme.ts';
import { unitSquare } from './unit-square.ts';

const nBins = 10;

/**
 * Whether probabilities mean what they say: in ten equal bins of the out-of-fold probability of the second
 * class, its mean against the share of rows that are of that class. On the diagonal they agree.
 * @returns undefined unless there are two classes and a pipeline that gives probabilities
 */
export function calibrationChart(data: ReportData): Chart | undefined {
  const { classes, pipelines, competition } = data.record;
  if (classes.length !== 2) return undefined;
  const lines = pipelines.slice(0, mostSeries).flatMap(({ name }, index) => {
    const rows = data.outOfFold[name]?.probabilities ? classScores(data, name, 1) : undefined;
    if (!rows || !hasBothClasses(rows)) return [];
    const { probPred, probTrue } = calibrationCurve(rows.truth, rows.score, { nBins });
    const points = Array.from(probPred, (predicted, b): [number, number] => [predicted, probTrue[b]]);
    return [{ name, style: seriesStyle(index), points, brier: brierScoreLoss(rows.truth, rows.score) }];
  });
  if (lines.length === 0) return undefined;
  const title = `Calibration of ${competition.name}`;
  return {
    title,
    note: 'Out-of-fold probabilities in ten bins of equal width; on the dashed line they mean what they say. Brier score: smaller is better.',
    label: `${title}. ${lines.map(({ name, points, brier }) => `${name}: Brier ${formatScore(brier)}, ${points.map(([predicted, observed]) => `${predicted.toFixed(2)} is ${observed.toFixed(2)}`).join(', ')}`).join('; ')}.`,
    legend: lines.map(({ name, style, brier }) => ({ mark: 'line', ...style, name, value: `Brier ${formatScore(brier)}` })),
    plot: (Plot) =>
      unitSquare(Plot, { x: 'Mean predicted probability', y: `Share of ${className(classes[1]).slice(0, 24)}` }, [
        Plot.line([[0, 0], [1, 1]], { stroke: color('rule'), strokeDasharray: '4 4', strokeWidth: 1 }),
        ...lines.flatMap(({ style, points }) => [
          Plot.line(points, { stroke: style.color, strokeDasharray: style.dash, strokeWidth: 1.75 }),
          Plot.dot(points, { r: 3, fill: style.color }),
        ]),
      ]),
  };
}
