import type { Stage, Step } from './stage.ts';

interface Restorable {
  restore(fitted: object): unknown;
}

/** Puts a learned record into a stage: an estimator takes it itself, a pipeline or union has one by step name. */
export function restoreStage(stage: Stage, fitted: object): void {
  if (typeof (stage as Partial<Restorable>).restore === 'function') {
    (stage as unknown as Restorable).restore(fitted);
    return;
  }
  const { steps } = stage as Stage & { steps: readonly Step[] };
  for (const [name, step] of steps) restoreStage(step, (fitted as Record<string, object>)[name]);
}
