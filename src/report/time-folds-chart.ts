import type { TimeFolds, TimeSpan } from '../competition/time-folds.ts';
import { parseDate } from '../table/parse-date.ts';
import type { Chart } from './draw-chart.ts';
import { color } from './theme.ts';

const rowHeight = 30;

/** What each fold in the order of time learned from and was tested on, along time. */
export function timeFoldsChart({ column, folds }: TimeFolds): Chart {
  const isDate = typeof folds[0].test.from === 'string';
  const place = (time: TimeSpan['from']): number | Date => (typeof time === 'string' ? new Date(parseDate(time)) : time);
  const bars = folds.flatMap(({ train, test }, fold) => [
    { fold, from: place(train.from), to: place(train.to), fill: color('rule') },
    { fold, from: place(test.from), to: place(test.to), fill: color('s1') },
  ]);
  const title = `Folds along ${column ?? 'the rows'}`;
  return {
    title,
    note: 'No fold is tested on rows before those that it has learned from.',
    label: `${title}. ${folds.map(({ train, test }, fold) => `Fold ${fold + 1}: learned from ${train.from} to ${train.to}, tested from ${test.from} to ${test.to}`).join('; ')}.`,
    legend: [
      { mark: 'square', color: color('rule'), name: 'learned from' },
      { mark: 'square', color: color('s1'), name: 'tested on' },
    ],
    plot: (Plot) => ({
      marginTop: 4,
      marginRight: 24,
      marginBottom: 42,
      marginLeft: 58,
      height: folds.length * rowHeight + 46,
      x: { ...(isDate && { type: 'utc' as const }), label: column ?? 'Row' },
      y: { type: 'linear', domain: [folds.length, 0], axis: null },
      marks: [
        Plot.gridX({ ticks: 5, stroke: color('grid'), strokeOpacity: 1 }),
        Plot.axisX({ ticks: 5, labelArrow: 'none', stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
        // The stroke keeps a bar of a single moment visible.
        Plot.rect(bars, { x1: 'from', x2: 'to', y1: (d: { fold: number }) => d.fold + 0.25, y2: (d: { fold: number }) => d.fold + 0.75, fill: 'fill', stroke: 'fill' }),
        Plot.text(folds, { text: (_: unknown, fold: number) => `Fold ${fold + 1}`, y: (_: unknown, fold: number) => fold + 0.5, frameAnchor: 'left', textAnchor: 'end', dx: -10, fill: color('ink') }),
      ],
    }),
  };
}
