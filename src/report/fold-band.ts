/** One place of a band: x, and the mean of the folds' curves there less and plus one standard deviation, within [0, 1]. */
export interface BandPoint {
  x: number;
  low: number;
  high: number;
}

const STEPS = 100;

/**
 * What the curves of several folds span: mean ± one standard deviation at each of 101 places between 0 and 1.
 * @param curves points by ascending x, from 0 to 1; where several share an x, the last counts
 */
export function foldBand(curves: readonly (readonly (readonly [x: number, y: number])[])[]): BandPoint[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const x = step / STEPS;
    const values = curves.map((points) => valueAt(points, x));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { x, low: Math.max(0, mean - std), high: Math.min(1, mean + std) };
  });
}

function valueAt(points: readonly (readonly [number, number])[], x: number): number {
  let after = points.findIndex(([at]) => at > x);
  if (after < 0) after = points.length;
  if (after === 0) return points[0][1];
  const [x0, y0] = points[after - 1];
  if (after === points.length || x0 === x) return y0;
  const [x1, y1] = points[after];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
