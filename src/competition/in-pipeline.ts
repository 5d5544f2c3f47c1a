/** Runs a pipeline's work; its error gets the pipeline's name in front. */
export async function inPipeline<T>(pipeline: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.name !== 'AbortError') error.message = `${pipeline}: ${error.message}`;
    throw error;
  }
}
