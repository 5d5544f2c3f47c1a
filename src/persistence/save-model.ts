import { writeFileAtomically } from '../table/write-file-atomically.ts';
import { packModel, type ModelFileOptions } from './model-file.ts';

/**
 * Writes a fitted estimator or pipeline into one file, from which `loadModel` makes one that predicts the same to the bit.
 *
 * The file holds data and no code: names of classes, options, and what was learned, numbers as safetensors. Functions and
 * classes of one's own are written as the path of a module and the name of an export of it; the module is given to
 * `saveModel` and again to `loadModel`. Under its name there is only ever the whole file.
 *
 * @throws ModelError for a model that is not fitted, and for a function, or an object of a class, that has no such name.
 *
 * Counterpart: Python's joblib.dump and skops.io.dump. The format is described in docs/saving-models.md.
 *
 * @example
 * await saveModel(await pipeline.fit(X, y), 'model.safetensors');
 * await (await loadModel('model.safetensors')).predict(Xnew);
 */
export async function saveModel(model: object, path: string, options: ModelFileOptions = {}): Promise<void> {
  await writeFileAtomically(path, await packModel(model, options));
}
