import { atOnce } from '../core/at-once.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { isResampler, type TrainingRows } from '../core/training-rows.ts';
import { withMemory } from '../kernels/kernel-memory.ts';
import { lasting } from '../matrix/lasting.ts';
import { isMatrix } from '../matrix/matrix.ts';

/** Where a run of stages has ended. */
interface Reached {
  /** How many of the stages are fitted. */
  fitted: number;
  /** What the next one is to be fitted on. */
  rows: TrainingRows;
}

/**
 * Fits the first stages as long as none waits: each within the one before it, on a matrix lent where kernels work, so that
 * nothing is copied on the way. What is learned is what the stages learn one after the other.
 *
 * @param endsHere whether nothing follows the last stage, which then only fits
 * @param failureOf the error to throw for one of a stage, by its position
 * @returns undefined when not even two stages go together
 */
export function fitAtOnce(
  stages: readonly object[],
  endsHere: boolean,
  { X, y, sampleWeight }: TrainingRows,
  failureOf: (position: number, error: unknown) => unknown,
  options?: FitOptions,
): Reached | undefined {
  const isEnd = (i: number): boolean => endsHere && i === stages.length - 1;
  const formOf = (i: number) => (isEnd(i) ? atOnce(stages[i], 'fit') : i < stages.length && !isResampler(stages[i]) ? atOnce(stages[i], 'fitTransform') : undefined);
  if (!formOf(0) || !formOf(1)) return undefined;
  let reached = 0;
  const run = (i: number, current: unknown): unknown => {
    reached = i;
    const form = formOf(i);
    if (!form) return isMatrix(current) ? lasting(current) : current;
    return form(isEnd(i) ? [current, y, options && { ...options, sampleWeight }] : [current, y], (made) => run(i + 1, made));
  };
  try {
    // Together they may need more memory than one after the other.
    return withMemory<Reached | undefined>(
      () => {
        const made = run(0, X);
        return { fitted: reached, rows: { X: made, y, sampleWeight } };
      },
      () => undefined,
    );
  } catch (error) {
    throw failureOf(reached, error);
  }
}
