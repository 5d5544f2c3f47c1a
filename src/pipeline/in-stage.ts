import { RefitError } from '../core/errors.ts';

/** An error of a stage; a Refit error gets the step's name in front, so that two scalers can be told apart. */
export function stageError(name: string, error: unknown): unknown {
  if (error instanceof RefitError && !error.message.startsWith('Pipeline: ')) {
    error.message = `Pipeline: step "${name}": ${error.message}`;
  }
  return error;
}

/** Runs a stage's work; its errors name the step. */
export async function inStage<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw stageError(name, error);
  }
}
