import type * as PlotModule from '@observablehq/plot';
import { color } from './theme.ts';

const mostDots = 1500;
const cells = 56;

/** Axis range with a little air: [low, high]. */
export function rangeOf(...lists: readonly Float64Array[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of lists) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const air = (high - low) * 0.03 || Math.abs(low) * 0.05 || 1;
  return [low - air, high + air];
}

/** A cloud of points: dots while they are few, else a grid of cells shaded by the square root of their count. */
export function cloud(Plot: typeof PlotModule, x: Float64Array, y: Float64Array, xRange: [number, number], yRange: [number, number]): PlotModule.Markish {
  if (x.length <= mostDots) {
    return Plot.dot(Array.from(x, (value, i) => [value, y[i]]), { r: 2.5, fill: color('s1'), fillOpacity: 0.45 });
  }
  const width = (xRange[1] - xRange[0]) / cells;
  const height = (yRange[1] - yRange[0]) / cells;
  const counts = new Float64Array(cells * cells);
  const cellOf = (value: number, low: number, size: number): number => Math.min(cells - 1, Math.floor((value - low) / size));
  for (let i = 0; i < x.length; i++) counts[cellOf(x[i], xRange[0], width) * cells + cellOf(y[i], yRange[0], height)] += 1;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const filled: { x1: number; x2: number; y1: number; y2: number; shade: number }[] = [];
  for (let c = 0; c < counts.length; c++) {
    if (counts[c] === 0) continue;
    const x1 = xRange[0] + Math.floor(c / cells) * width;
    const y1 = yRange[0] + (c % cells) * height;
    filled.push({ x1, x2: x1 + width, y1, y2: y1 + height, shade: 0.12 + 0.88 * Math.sqrt(counts[c] / most) });
  }
  // The shade is data, not a scale of Plot's: identity keeps it as it is.
  return Plot.rect(filled, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: color('s1'), fillOpacity: { value: 'shade', scale: null } });
}
