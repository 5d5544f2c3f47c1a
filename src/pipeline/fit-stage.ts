import { isResampler, type TrainingRows } from '../core/training-rows.ts';
import type { Stage } from './stage.ts';

/**
 * Fits a stage that others follow, on training rows: the one step of which fitting a pipeline consists, in
 * Pipeline.fit and in cross-validation alike.
 *
 * @returns the rows that the next stage is fitted on: X transformed, y and weights as they were; or, from a stage
 * that resamples, the rows it keeps
 */
export async function fitStage(stage: Stage, { X, y, sampleWeight }: TrainingRows): Promise<TrainingRows> {
  if (isResampler(stage)) return stage.fitResample(X, y, sampleWeight && { sampleWeight });
  const transformed = await (stage as unknown as { fitTransform(X: unknown, y: unknown): Promise<unknown> }).fitTransform(X, y);
  return { X: transformed, y, sampleWeight };
}
