/** A curve as two columns of equal length. */
export interface Curve {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

/**
 * Fewer points with the same picture: no dropped point lies further than `tolerance` from the line that
 * is drawn instead, both axes taken to run from 0 to 1. First and last point stay.
 *
 * Two passes: within columns a quarter of the tolerance wide only the first, lowest, highest and last
 * point stay; then Ramer, "An iterative procedure for the polygonal approximation of plane curves" (1972).
 *
 * @param tolerance as a share of the axis; 0.0004 is about a sixth of a pixel on a 400-pixel axis
 * @returns points as [x, y]
 */
export function thinCurve({ x, y }: Curve, tolerance = 0.0004): [number, number][] {
  const kept = thinColumns(x, y, tolerance / 4);
  const keep = new Uint8Array(kept.length);
  if (kept.length > 0) keep[0] = keep[kept.length - 1] = 1;
  const spans: [number, number][] = [[0, kept.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    let farthest = -1;
    let most = tolerance;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(x, y, kept[i], kept[from], kept[to]);
      if (distance > most) {
        most = distance;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    spans.push([from, farthest], [farthest, to]);
  }
  return [...kept].filter((_, i) => keep[i] === 1).map((i) => [x[i], y[i]]);
}

/** Indices of the first, lowest, highest and last point of each run of points within one column. */
function thinColumns(x: ArrayLike<number>, y: ArrayLike<number>, width: number): number[] {
  const kept: number[] = [];
  for (let start = 0; start < x.length; ) {
    const column = Math.floor(x[start] / width);
    let low = start;
    let high = start;
    let end = start + 1;
    for (; end < x.length && Math.floor(x[end] / width) === column; end++) {
      if (y[end] < y[low]) low = end;
      if (y[end] > y[high]) high = end;
    }
    const inOrder = [start, Math.min(low, high), Math.max(low, high), end - 1];
    for (const i of inOrder) if (kept.length === 0 || i > kept[kept.length - 1]) kept.push(i);
    start = end;
  }
  return kept;
}

function distanceToSegment(x: ArrayLike<number>, y: ArrayLike<number>, i: number, from: number, to: number): number {
  const dx = x[to] - x[from];
  const dy = y[to] - y[from];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x[i] - x[from]) * dx + (y[i] - y[from]) * dy) / length));
  return Math.hypot(x[i] - x[from] - along * dx, y[i] - y[from] - along * dy);
}
