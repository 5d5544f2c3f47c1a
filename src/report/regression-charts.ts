import type * as PlotModule from '@observablehq/plot';
import { chartWidth, type Chart } from './draw-chart.ts';
import { formatScore, meanStd } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { cloud, rangeOf } from './scatter-chart.ts';
import { color } from './theme.ts';

/** The winner's out-of-fold predictions against the true values; on the diagonal they agree. */
export function predictedChart(data: ReportData): Chart | undefined {
  const rows = valueRows(data);
  if (!rows) return undefined;
  const range = rangeOf(rows.truth, rows.predicted);
  const title = `Predicted against true ${data.record.competition.target}`;
  return {
    title: `${title}, ${data.record.winner}`,
    note: 'Out-of-fold predictions. On the dashed line both agree.',
    label: `${title}: ${rows.truth.length} rows, ${describeErrors(rows)}.`,
    plot: (Plot) =>
      scatter(Plot, { x: 'True', y: 'Predicted' }, range, range, [
        cloud(Plot, rows.truth, rows.predicted, range, range),
        Plot.line([[range[0], range[0]], [range[1], range[1]]], { stroke: color('ink'), strokeDasharray: '4 4', strokeWidth: 1 }),
      ]),
  };
}

/** The winner's out-of-fold errors, true minus predicted, along the predicted value. */
export function residualChart(data: ReportData): Chart | undefined {
  const rows = valueRows(data);
  if (!rows) return undefined;
  const errors = rows.truth.map((value, i) => value - rows.predicted[i]);
  const xRange = rangeOf(rows.predicted);
  const yRange = rangeOf(errors, new Float64Array(1));
  const title = `Residuals of ${data.record.winner}`;
  return {
    title,
    note: 'True minus predicted, out of fold. Above the line the prediction was too low.',
    label: `${title}: ${describeErrors(rows)}.`,
    plot: (Plot) =>
      scatter(Plot, { x: 'Predicted', y: 'True − predicted' }, xRange, yRange, [
        cloud(Plot, rows.predicted, errors, xRange, yRange),
        Plot.ruleY([0], { stroke: color('ink'), strokeDasharray: '4 4', strokeWidth: 1 }),
      ]),
  };
}

interface ValueRows {
  truth: Float64Array;
  predicted: Float64Array;
}

function valueRows({ record, y, outOfFold }: ReportData): ValueRows | undefined {
  const { values, folds } = outOfFold[record.winner];
  if (!values) return undefined;
  const rows = Array.from(folds.keys()).filter((i) => folds[i] >= 0 && Number.isFinite(values[i]));
  if (rows.length === 0) return undefined;
  return { truth: Float64Array.from(rows, (i) => Number(y[i])), predicted: Float64Array.from(rows, (i) => values[i]) };
}

function describeErrors({ truth, predicted }: ValueRows): string {
  const { mean, std } = meanStd(truth.map((value, i) => value - predicted[i]));
  return `mean error ${formatScore(mean)}, standard deviation ${formatScore(std)}`;
}

function scatter(
  Plot: typeof PlotModule,
  labels: { x: string; y: string },
  xRange: [number, number],
  yRange: [number, number],
  marks: PlotModule.Markish[],
): PlotModule.PlotOptions {
  return {
    marginTop: 28,
    marginRight: 16,
    marginBottom: 42,
    marginLeft: 68,
    height: chartWidth - 74 + 70,
    x: { domain: xRange, label: labels.x },
    y: { domain: yRange, label: labels.y },
    marks: [
      Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
      Plot.gridY({ ticks: 6, stroke: color('grid'), strokeOpacity: 1 }),
      Plot.axisX({ ticks: 5, stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
      Plot.axisY({ ticks: 6, stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 45 }),
      ...marks,
    ],
  };
}
