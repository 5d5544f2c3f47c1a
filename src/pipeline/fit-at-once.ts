import { atOnce } from '../core/at-once.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { isResampler, type TrainingRows } from '../core/training-rows.ts';
import { withMemory } from '../kernels/kernel-memory.ts';
import { lasting } from '../matrix/lasting.ts';
import { isMatrix } from '../matrix/matrix.ts';
import { stageError } from './in-stage.ts';
import type { Step } from './stage.ts';

/** Where a run of stages has ended. */
interface Reached {
  /** The next stage to fit; past the last when all are fitted. */
  next: number;
  /** What that stage is to be fitted on. */
  rows: TrainingRows;
}

/**
 * Fits stage `from` and those after it as long as none waits: each within the one before it, on a matrix lent where kernels
 * work, so that nothing is copied on the way. What is learned is what the stages learn one after the other.
 * @returns undefined when not even two stages go together
 */
export function fitAtOnce(steps: readonly Step[], from: number, { X, y, sampleWeight }: TrainingRows, options?: FitOptions): Reached | undefined {
  const last = steps.length - 1;
  const formOf = (i: number) => (i > last || (i < last && isResampler(steps[i][1])) ? undefined : atOnce(steps[i][1], i < last ? 'fitTransform' : 'fit'));
  if (from === last || !formOf(from) || !formOf(from + 1)) return undefined;
  let reached = from;
  const run = (i: number, current: unknown): unknown => {
    reached = i;
    const form = formOf(i);
    if (!form) return isMatrix(current) ? lasting(current) : current;
    try {
      return form(i < last ? [current, y] : [current, y, options && { ...options, sampleWeight }], (made) => run(i + 1, made));
    } catch (error) {
      // The stage that threw is the last one reached; those around it pass its error on.
      throw stageError(steps[reached][0], error);
    }
  };
  // Together they may need more memory than one after the other.
  return withMemory<Reached | undefined>(
    () => {
      const made = run(from, X);
      return { next: reached, rows: { X: made, y, sampleWeight } };
    },
    () => undefined,
  );
}
