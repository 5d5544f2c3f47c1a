import { expect } from '@jest/globals';
import { DenseMatrix } from '../src/matrix/dense-matrix.ts';
import { CsrMatrix } from '../src/matrix/csr-matrix.ts';

export interface Closeness {
  /** Allowed difference relative to the expected value. Default 1e-12. */
  relative?: number;
  /** Allowed difference whatever the size. Default 1e-12. */
  absolute?: number;
}

function flatten(value: unknown): unknown[] {
  if (value instanceof DenseMatrix || value instanceof CsrMatrix) return value.toArray().flat();
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>).flatMap(flatten);
  return [value];
}

/** JSON has no NaN and no infinities; the fixtures write them as these words. */
function fromJson(value: unknown): unknown {
  if (value === 'NaN' || value === null) return Number.NaN;
  if (value === 'Infinity') return Infinity;
  if (value === '-Infinity') return -Infinity;
  return value;
}

expect.extend({
  /** |actual − expected| ≤ absolute + relative·|expected|, element by element; NaN equals NaN. */
  toBeAllClose(actual: unknown, expected: unknown, { relative = 1e-12, absolute = 1e-12 }: Closeness = {}) {
    const a = flatten(actual);
    const b = flatten(expected).map(fromJson);
    let problem = a.length === b.length ? '' : `${a.length} values, expected ${b.length}`;
    let worst = 0;
    for (let i = 0; i < a.length && !problem; i++) {
      const x = fromJson(a[i]);
      const y = b[i];
      if (Object.is(x, y) || x === y) continue;
      const gap = Math.abs((x as number) - (y as number));
      if (!(gap <= absolute + relative * Math.abs(y as number))) problem = `at ${i}: ${String(x)}, expected ${String(y)} (gap ${gap})`;
      worst = Math.max(worst, gap);
    }
    return {
      pass: problem === '',
      message: () => (problem === '' ? `all values are close (largest gap ${worst})` : `not close: ${problem}`),
    };
  },
});

declare module 'expect' {
  interface Matchers<R> {
    toBeAllClose(expected: unknown, closeness?: Closeness): R;
  }
}
declare global {
  namespace jest {
    interface Matchers<R> {
      toBeAllClose(expected: unknown, closeness?: Closeness): R;
    }
  }
}
