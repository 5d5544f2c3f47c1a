import { withArena } from '../../src/kernels/arena.ts';
import { kernelsFor } from '../../src/kernels/kernel-memory.ts';
import type { KernelExports } from '../../src/kernels/kernel-exports.ts';
import { exp, log, log1p, log1pOfShare } from '../../src/kernels/twins/elementary.ts';
import { numbers } from './both.ts';

const ulps = (a: number, b: number): number => (Object.is(a, b) ? 0 : Math.abs(a - b) / (2 ** -52 * 2 ** Math.floor(Math.log2(Math.abs(b)))));

const compiled = <Result>(work: (kernels: KernelExports) => Result): Result =>
  withArena((arena) => work(kernelsFor(arena.float64(1)) as KernelExports));

const anywhere = [...numbers(4000, 1)].map((x) => x / 14);
const edges = [0, -0, 1, -1, 0.5 * Math.LN2, -0.5 * Math.LN2, 709.782712893384, 709.7828, 710, -708.3964, -708.4, -745.1332191019411, -745.2, 1e300];
const positive = [...numbers(4000, 2)].map((x) => Math.abs(x)).concat([0, 1e-320, 1e-17, 0.41421356237309503, 0.41421356237309515, 1, 2 ** 52, 2 ** 53, 1e300]);

test('exp is the same to the last bit in both, and within 2 units in the last place of Math.exp', () => {
  for (const x of [...anywhere, ...edges]) {
    const value = exp(x);
    expect(compiled((kernels) => kernels.exp(x))).toBe(value);
    // Math.exp itself errs by up to 1.08 units.
    if (value > 1e-307 && value < Infinity) expect(ulps(value, Math.exp(x))).toBeLessThanOrEqual(2);
    else expect(value).toBe(Math.exp(x));
  }
});

test('log1p is the same to the last bit in both, and within 2 units in the last place of Math.log1p', () => {
  for (const u of positive) {
    const value = log1p(u);
    expect(compiled((kernels) => kernels.log1p(u))).toBe(value);
    if (u > 1e-307) expect(ulps(value, Math.log1p(u))).toBeLessThanOrEqual(2);
    else expect(value).toBe(Math.log1p(u));
  }
});

test('log1pOfShare is the same to the last bit in both, and within 2 units in the last place of Math.log1p', () => {
  for (const u of positive.map((value) => Math.min(value, 1 / value)).concat([Number.MIN_VALUE])) {
    const value = log1pOfShare(u);
    expect(compiled((kernels) => kernels.log1pOfShare(u))).toBe(value);
    if (u > 1e-307) expect(ulps(value, Math.log1p(u))).toBeLessThanOrEqual(2);
    else expect(value).toBe(Math.log1p(u));
  }
});

test('log is the same to the last bit in both, and within 2 units in the last place of Math.log', () => {
  for (const x of positive.filter((value) => value > 1e-307)) {
    const value = log(x);
    expect(compiled((kernels) => kernels.log(x))).toBe(value);
    expect(ulps(value, Math.log(x))).toBeLessThanOrEqual(2);
  }
});

test('what is not a finite number behaves as in Math', () => {
  for (const x of [Number.NaN, Infinity, -Infinity]) {
    expect(exp(x)).toBe(Math.exp(x));
    expect(compiled((kernels) => kernels.exp(x))).toBe(Math.exp(x));
  }
  for (const u of [Number.NaN, Infinity]) {
    expect(log1p(u)).toBe(u);
    expect(compiled((kernels) => kernels.log1p(u))).toBe(u);
  }
});
