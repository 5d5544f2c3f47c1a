import { className, classScores } from './class-scores.ts';
import type { Chart } from './draw-chart.ts';
import { formatCount, formatShare } from './format-score.ts';
import type { ReportData } from './report-data.ts';
import { color, mostSeries, seriesStyle } from './theme.ts';

const binCount = 40;
const mostClasses = 6;

interface Bin {
  facet: number;
  x1: number;
  x2: number;
  share: number;
}

/**
 * How the winner's out-of-fold scores spread within each true class. Two classes: the score of the second
 * class, one panel per true class, so that well separated panels mean few errors. More classes: the score
 * that rows of a class got for that very class; the first six classes.
 * @returns undefined where the winner gives no scores
 */
export function scoreDistributionChart(data: ReportData): Chart | undefined {
  const { classes, winner } = data.record;
  const binary = classes.length === 2;
  const isProbability = data.outOfFold[winner].probabilities !== undefined;
  const panels: { name: string; values: Float64Array }[] = [];
  for (const [k, label] of classes.slice(0, mostClasses).entries()) {
    const rows = classScores(data, winner, binary ? 1 : k);
    if (!rows) return undefined;
    const wanted = binary ? k : 1;
    panels.push({ name: className(label), values: rows.score.filter((_, i) => rows.truth[i] === wanted) });
  }
  if (panels.every(({ values }) => values.length === 0)) return undefined;
  const [low, high] = isProbability ? [0, 1] : extentOf(panels.map(({ values }) => values));
  const bins = panels.flatMap(({ values }, facet) => histogram(values, facet, low, high));
  const highest = bins.reduce((most, bin) => Math.max(most, bin.share), 0);
  // Low panels have room for two ticks.
  const ticks = panels.length > 3 ? [0, roundBelow(highest)] : 3;
  const what = isProbability ? 'probability' : 'score';
  const title = binary ? `Predicted ${what} of ${className(classes[1])} by true class` : `Predicted ${what} of the true class`;
  const cut = binary ? (isProbability ? 0.5 : 0) : undefined;
  return {
    title: `${title}, ${winner}`,
    note: `Out-of-fold predictions; height is the share of the class on a square-root scale.${cut === undefined ? '' : ` Dashed: the decision at ${cut}.`}`,
    label: `${title}. ${panels.map(({ name, values }) => `${name}: ${describe(values, binary ? 0.5 : undefined, isProbability)}`).join('; ')}.`,
    legend: panels.map(({ name, values }, k) => ({ mark: 'square', color: panelColor(k, binary), name: `true ${name}`, value: `${formatCount(values.length)} rows` })),
    plot: (Plot) => ({
      marginTop: 12,
      marginRight: 16,
      marginBottom: 42,
      marginLeft: 48,
      height: panels.length * (panels.length > 3 ? 72 : 104) + 54,
      x: { domain: [low, high], label: binary ? `Predicted ${what} of ${className(classes[1]).slice(0, 24)}` : `Predicted ${what} of the true class` },
      y: { type: 'sqrt', label: null, domain: [0, highest] },
      fy: { domain: panels.map((_, k) => k), axis: null, padding: 0.12 },
      marks: [
        Plot.gridY({ ticks, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36, ticks: 5, facetAnchor: 'bottom' }),
        Plot.axisY({ ticks, tickSize: 0, tickFormat: (share: number) => `${Number((share * 100).toPrecision(2))}%`, fill: color('muted') }),
        Plot.rect(bins, { x1: 'x1', x2: 'x2', y1: 0, y2: 'share', fy: 'facet', fill: (d: Bin) => panelColor(d.facet, binary), inset: 0.5 }),
        Plot.ruleY([0], { stroke: color('rule') }),
        ...(cut === undefined ? [] : [Plot.ruleX([cut], { stroke: color('ink'), strokeDasharray: '3 3', strokeOpacity: 0.7 })]),
      ],
    }),
  };
}

/** For two classes grey and the winner's own colour; for more, the colours that the classes have in the ROC chart. */
const panelColor = (k: number, binary: boolean): string => seriesStyle(binary && k === 0 ? mostSeries - 1 : binary ? 0 : k).color;

/** The largest of 1, 2 and 5 times a power of ten that is not above. */
function roundBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}

function extentOf(lists: readonly Float64Array[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of lists) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low < high ? [low, high] : [low - 0.5, low + 0.5];
}

function histogram(values: Float64Array, facet: number, low: number, high: number): Bin[] {
  const width = (high - low) / binCount;
  const counts = new Float64Array(binCount);
  for (const value of values) counts[Math.min(binCount - 1, Math.max(0, Math.floor((value - low) / width)))] += 1;
  return Array.from(counts, (count, b) => ({ facet, x1: low + b * width, x2: low + (b + 1) * width, share: count / (values.length || 1) })).filter(({ share }) => share > 0);
}

function describe(values: Float64Array, cut: number | undefined, isProbability: boolean): string {
  if (values.length === 0) return 'no rows';
  const median = Float64Array.from(values).sort()[values.length >> 1];
  const above = cut === undefined || !isProbability ? '' : `, ${formatShare(values.filter((v) => v > cut).length / values.length)} above ${cut}`;
  return `median ${Number(median.toPrecision(3))}${above}`;
}
