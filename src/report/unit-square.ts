import type * as PlotModule from '@observablehq/plot';
import { chartWidth } from './draw-chart.ts';
import { color } from './theme.ts';

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Plot options of a square chart with both axes from 0 to 1, given the marks that go over its grid. */
export function unitSquare(Plot: typeof PlotModule, labels: { x: string; y: string }, marks: PlotModule.Markish[]): PlotModule.PlotOptions {
  const margins = { marginTop: 28, marginRight: 16, marginBottom: 42, marginLeft: 44 };
  const side = chartWidth - margins.marginLeft - margins.marginRight;
  return {
    ...margins,
    height: side + margins.marginTop + margins.marginBottom,
    x: { domain: [0, 1], label: labels.x },
    y: { domain: [0, 1], label: labels.y },
    marks: [
      Plot.gridX(ticks, { stroke: color('grid'), strokeOpacity: 1 }),
      Plot.gridY(ticks, { stroke: color('grid'), strokeOpacity: 1 }),
      Plot.axisX(ticks, { stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 36 }),
      Plot.axisY(ticks, { stroke: color('rule'), fill: color('muted'), tickSize: 4, labelOffset: 31 }),
      ...marks,
    ],
  };
}
