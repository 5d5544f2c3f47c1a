import { fSurvival } from './survival.ts';

/** P(T > t) for Student's t with `df` degrees of freedom. Counterpart: scipy.stats.t.sf. */
export function tSurvival(t: number, df: number): number {
  const tail = fSurvival(t * t, 1, df) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/**
 * The t that a Student's t exceeds with probability `tail`, in (0, 0.5]. Found by halving an interval until doubles lie next to each
 * other. Counterpart: scipy.stats.t.isf.
 */
export function tQuantile(tail: number, df: number): number {
  if (!(tail > 0 && tail <= 0.5) || !(df > 0)) return Number.NaN;
  let low = 0;
  let high = 1;
  while (tSurvival(high, df) > tail) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (tSurvival(middle, df) > tail) low = middle;
    else high = middle;
  }
}
