import { confusionMatrix } from '../metrics/confusion-matrix.ts';
import { className } from './class-scores.ts';
import { chartWidth, type Chart } from './draw-chart.ts';
import { fitText, textWidth } from './fit-text.ts';
import { formatCount, formatShare } from './format-score.ts';
import { labelledRows } from './labelled-rows.ts';
import type { ReportData } from './report-data.ts';
import { color } from './theme.ts';

/** Cells keep their numbers while there are at most this many classes. */
const mostWithCounts = 10;

/** How often the winner predicted each class for rows of each class, out of fold; the shade is the share of the row; undefined for regression. */
export function confusionChart(data: ReportData): Chart | undefined {
  if (data.record.classes.length === 0) return undefined;
  const { yTrue, yPred } = labelledRows(data, data.record.winner);
  const counts = confusionMatrix(yTrue, yPred, { labels: [...data.record.classes] });
  const names = data.record.classes.map(className);
  const cells = counts.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => ({ i, j, count, share: total === 0 ? 0 : count / total }));
  });
  const size = names.length;
  const marginLeft = Math.min(120, 16 + Math.max(48, ...names.map((name) => textWidth(name, 12))));
  const cellWidth = (chartWidth - marginLeft - 16) / size;
  const cellHeight = Math.min(cellWidth, 92);
  const margins = { marginTop: 46, marginRight: 16, marginBottom: 14, marginLeft };
  const every = Math.ceil(size / 25);
  const tick = (width: number) => (k: number) => (k % every === 0 ? fitText(names[k], 12, width) : '');
  const title = `Confusion matrix of ${data.record.winner}`;
  return {
    title,
    note: 'Out-of-fold predictions: count, and share of the true class.',
    label: `${title}. ${size <= mostWithCounts ? cells.map(({ i, j, count, share }) => `true ${names[i]}, predicted ${names[j]}: ${count} (${formatShare(share)})`).join('; ') : `${size} classes`}.`,
    plot: (Plot) => ({
      ...margins,
      height: cellHeight * size + margins.marginTop + margins.marginBottom,
      padding: 0,
      x: { type: 'band', domain: names.map((_, k) => k), label: null },
      y: { type: 'band', domain: names.map((_, k) => k), label: null },
      marks: [
        // Shade stops short of the full colour, so that the text on it stays readable in both themes.
        Plot.cell(cells, { x: 'j', y: 'i', fill: color('accent'), fillOpacity: (d: { share: number }) => 0.03 + 0.47 * d.share, inset: size > 20 ? 0.25 : 1, rx: 2 }),
        Plot.axisX({ anchor: 'top', label: null, tickSize: 0, tickFormat: tick(cellWidth * every - 4), fill: color('ink') }),
        Plot.axisY({ label: null, tickSize: 0, tickFormat: tick(marginLeft - 16), fill: color('ink') }),
        Plot.text(['Predicted →'], { frameAnchor: 'top', dy: -32, fill: color('muted') }),
        Plot.text(['True ↓'], { frameAnchor: 'top-left', textAnchor: 'end', dx: -9, dy: -32, fill: color('muted') }),
        ...(size <= mostWithCounts ? cellTexts(Plot, cells, size) : []),
      ],
    }),
  };
}

interface Cell {
  i: number;
  j: number;
  count: number;
  share: number;
}

function cellTexts(Plot: typeof import('@observablehq/plot'), cells: readonly Cell[], size: number): import('@observablehq/plot').Markish[] {
  const withShare = size <= 5;
  const at = { x: 'j', y: 'i', fill: color('ink') };
  const counts = Plot.text(cells, { ...at, text: (d: Cell) => formatCount(d.count), dy: withShare ? -8 : 0, fontSize: size <= 3 ? 18 : size <= 5 ? 14 : 11, fontWeight: 600 });
  return withShare ? [counts, Plot.text(cells, { ...at, text: (d: Cell) => formatShare(d.share), dy: 11, fontSize: 12 })] : [counts];
}
