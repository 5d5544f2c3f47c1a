import { readFile } from 'node:fs/promises';
import { ModelError, RefitError } from '../core/errors.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Stage } from '../pipeline/stage.ts';
import { unpackModel, type ModelFileOptions } from './model-file.ts';

/** A model of a file: what it can do depends on what was saved. */
export interface LoadedModel extends Stage {
  predict(X: any): Promise<ArrayLike<any>>;
  predictProba(X: any): Promise<DenseMatrix>;
  transform(X: any): Promise<any>;
}

/**
 * Reads a model that `saveModel` wrote. It predicts what the saved one predicted, to the bit, and can be fitted anew with the
 * options it was saved with.
 *
 * A file that anybody may have sent is safe to read: nothing in it is run, memory stays within a small multiple of its size,
 * and what it names is looked up in this library and in `modules` only. What it predicts is another matter.
 *
 * @throws ModelError, ParseError naming file and problem: a newer format, a file that was altered or cut short, an unknown
 * estimator, a module that was not given.
 *
 * @example
 * import * as tokens from './tokens.ts';
 * const model = await loadModel('model.safetensors', { modules: { './tokens.ts': tokens } });
 */
export async function loadModel<Model extends object = LoadedModel>(path: string, options: ModelFileOptions = {}): Promise<Model> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ModelError(`loadModel: ${path} must be a file that can be read, got ${code === 'ENOENT' ? 'no such file' : (code ?? message)}. Look at the path.`, { cause: error });
  }
  try {
    return (await unpackModel(bytes, options)) as Model;
  } catch (error) {
    if (error instanceof RefitError) error.message = error.message.replace(/^loadModel: /, `loadModel: ${path}: `);
    throw error;
  }
}
