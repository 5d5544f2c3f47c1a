import { ModelError } from '../core/errors.ts';
import { packModel } from '../persistence/model-file.ts';
import type { LoadedCompetition, Model } from './load-competition.ts';
import { pipelineModules } from './pipeline-modules.ts';

/** A run's model as a file, or a sentence that says why there is none. */
export interface SavedModel {
  file: Uint8Array | null;
  warnings: string[];
}

/** The fitted pipeline as a file; one that cannot be saved is no reason to lose the run. */
export async function savedModel(competition: LoadedCompetition, pipelineUrl: string, model: Model): Promise<SavedModel> {
  try {
    return { file: await packModel(model, { modules: await pipelineModules(competition, pipelineUrl) }), warnings: [] };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { file: null, warnings: [`The model was not saved. ${error.message.replace(/ Give \{ modules: .*$/, '')}`] };
  }
}
