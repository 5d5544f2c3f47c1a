import fc from 'fast-check';
import { thinCurve } from '../../src/report/thin-curve.ts';

function distanceToPolyline(px: number, py: number, line: readonly [number, number][]): number {
  let nearest = Infinity;
  for (let i = 0; i < line.length; i++) {
    const [ax, ay] = line[i];
    const [bx, by] = line[Math.min(i + 1, line.length - 1)];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length));
    nearest = Math.min(nearest, Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay)));
  }
  return nearest;
}

/** A rising staircase as a ROC curve is. */
const staircase = fc.array(fc.record({ right: fc.boolean(), step: fc.double({ min: 0.001, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 400 }).map((steps) => {
  const x = [0];
  const y = [0];
  for (const { right, step } of steps) {
    x.push(x[x.length - 1] + (right ? step : 0));
    y.push(y[y.length - 1] + (right ? 0 : step));
  }
  const most = Math.max(x[x.length - 1], y[y.length - 1]);
  return { x: x.map((v) => v / most), y: y.map((v) => v / most) };
});

describe('thinCurve', () => {
  test('keeps the ends and leaves no point further off than the tolerance', () => {
    fc.assert(
      fc.property(staircase, fc.constantFrom(0.0004, 0.01, 0.1), (curve, tolerance) => {
        const thin = thinCurve(curve, tolerance);
        const last = curve.x.length - 1;
        expect(thin[0]).toEqual([0, 0]);
        expect(thin[thin.length - 1]).toEqual([curve.x[last], curve.y[last]]);
        for (let i = 0; i <= last; i++) expect(distanceToPolyline(curve.x[i], curve.y[i], thin)).toBeLessThanOrEqual(tolerance * 1.25 + 1e-12);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test('drops points on a straight line', () => {
    expect(thinCurve({ x: [0, 0.25, 0.5, 1], y: [0, 0.25, 0.5, 1] })).toEqual([[0, 0], [1, 1]]);
  });

  test('keeps every corner of a coarse staircase', () => {
    const curve = { x: [0, 0, 0.5, 0.5, 1], y: [0, 0.5, 0.5, 1, 1] };
    expect(thinCurve(curve)).toEqual(curve.x.map((x, i) => [x, curve.y[i]]));
  });

  test('leaves a spike within one column', () => {
    const x = [0, 0.5, 0.50001, 0.50002, 1];
    const y = [0, 0, 1, 0, 0];
    expect(thinCurve({ x, y }).some(([, v]) => v === 1)).toBe(true);
  });

  test('brings a hundred thousand points down to a few hundred', () => {
    const n = 100_000;
    const x = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
    const thin = thinCurve({ x, y: x.map((v) => Math.sqrt(v)) });
    expect(thin.length).toBeGreaterThan(10);
    expect(thin.length).toBeLessThan(400);
  });

  test('returns a single point and nothing as they are', () => {
    expect(thinCurve({ x: [0.5], y: [0.25] })).toEqual([[0.5, 0.25]]);
    expect(thinCurve({ x: [], y: [] })).toEqual([]);
  });
});
