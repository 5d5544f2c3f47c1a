import { readFile } from 'node:fs/promises';
import { DataError, ParseError } from '../core/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../formats/safetensors.ts';
import { writeFileAtomically } from '../table/write-file-atomically.ts';
import type { Module, StateDict } from './modules/module.ts';

/**
 * Writes a net's parameters and running statistics to a safetensors file, under PyTorch's names. The file appears
 * under its name when it is complete. The architecture is not in it: exportOnnx writes that too.
 *
 * Counterpart: safetensors.torch.save_file(model.state_dict(), path).
 * @example
 * await nn.saveWeights('net.safetensors', model);
 */
export async function saveWeights(path: string, model: Module): Promise<void> {
  const tensors = Object.entries(model.stateDict()).map(([name, { shape, data }]) => [name, { type: 'F32', shape: [...shape], data }] as const);
  await writeFileAtomically(path, encodeSafetensors(new Map(tensors)));
}

/**
 * Reads a safetensors file, ours or PyTorch's, into a net of the same architecture.
 *
 * Counterpart: model.load_state_dict(safetensors.torch.load_file(path)).
 * @throws ParseError for a file that is missing or damaged; DataError for numbers that are no floats of 32 or 64 bits; otherwise as
 *   loadStateDict, naming the first mismatch. The net is as before then.
 * @example
 * await nn.loadWeights('net.safetensors', model);
 */
export async function loadWeights(path: string, model: Module): Promise<void> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ParseError(`loadWeights: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`, { cause: error });
  }
  const { tensors } = decodeSafetensors(bytes, `loadWeights: ${path}`);
  const state: StateDict = {};
  for (const [name, { type, shape, data }] of tensors) {
    // PyTorch's counter of batches, which nothing here reads.
    if (name.endsWith('num_batches_tracked')) continue;
    if (type !== 'F32' && type !== 'F64') throw new DataError(`loadWeights: ${name} of ${path} must be of type F32 or F64, it is ${type}. Convert it before saving.`);
    state[name] = { shape, data: data instanceof Float32Array ? data : Float32Array.from(data as Float64Array) };
  }
  model.loadStateDict(state);
}
