import { nameError } from '../core/name-error.ts';

/** Runs a pipeline's work; its error gets the pipeline's name in front. */
export async function inPipeline<T>(pipeline: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw nameError(pipeline, error);
  }
}
