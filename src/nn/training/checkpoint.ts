import { readFile } from 'node:fs/promises';
import { ParseError } from '../../core/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../../formats/safetensors.ts';
import type { Tensor } from '../../formats/tensor.ts';
import { writeFileAtomically } from '../../table/write-file-atomically.ts';
import type { StateDict } from '../modules/module.ts';
import type { EpochRecord } from './history.ts';

/** All that a training needs to go on: what `nn.fit` writes after an epoch. */
export interface Checkpoint {
  /** Weights and running statistics. */
  model: StateDict;
  /** Those of the best epoch, where early stopping keeps them. */
  best: StateDict | null;
  optimizer: {
    /** The optimiser's class. */
    name: string;
    steps: number;
    /** Moments and the like, by name. */
    slots: Readonly<Record<string, Float32Array>>;
  };
  epochs: readonly EpochRecord[];
  /** Batches done. */
  steps: number;
  notes: readonly string[];
  /** The training's seed. */
  randomState: number;
}

const FORMAT = 'refit training checkpoint, version 1';
type State = Omit<Checkpoint, 'model' | 'best' | 'optimizer'> & { optimizer: Omit<Checkpoint['optimizer'], 'slots'> };

/**
 * Writes a checkpoint as a safetensors file, under its name only when it is complete. Weights are called `model.…`, so
 * that other programs can read them too.
 * @throws RefitError when the folder does not exist or cannot be written
 */
export async function saveCheckpoint(path: string, { model, best, optimizer: { slots, ...optimizer }, ...rest }: Checkpoint): Promise<void> {
  const tensors = new Map<string, Tensor>();
  const add = (prefix: string, state: StateDict): void => {
    for (const [name, { shape, data }] of Object.entries(state)) tensors.set(`${prefix}.${name}`, { type: 'F32', shape, data });
  };
  add('model', model);
  if (best !== null) add('best', best);
  for (const [name, data] of Object.entries(slots)) tensors.set(`optimizer.${name}`, { type: 'F32', shape: [data.length], data });
  const state: State = { ...rest, optimizer };
  await writeFileAtomically(path, encodeSafetensors(tensors, new Map([['format', FORMAT], ['state', JSON.stringify(state, infinitiesAsWords)]])));
}

/** Reads what saveCheckpoint wrote. @throws ParseError for a file that is missing, cut off, or none */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new ParseError(`readCheckpoint: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}). Check the path.`, { cause: error });
  }
  const { tensors, metadata } = decodeSafetensors(bytes, `readCheckpoint: ${path}`);
  const text = metadata.get('state');
  if (metadata.get('format') !== FORMAT || text === undefined) {
    throw new ParseError(`readCheckpoint: ${path} must be a ${FORMAT}, got a safetensors file of another kind. For weights alone, use loadStateDict.`);
  }
  const { optimizer, ...state } = JSON.parse(text, wordsAsInfinities) as State;
  const part = (prefix: string): [string, Tensor][] => [...tensors].filter(([name]) => name.startsWith(`${prefix}.`)).map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]);
  const stateDict = (prefix: string): StateDict => Object.fromEntries(part(prefix).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data as Float32Array) }]));
  const best = stateDict('best');
  return {
    ...state,
    model: stateDict('model'),
    best: Object.keys(best).length > 0 ? best : null,
    optimizer: { ...optimizer, slots: Object.fromEntries(part('optimizer').map(([name, { data }]) => [name, Float32Array.from(data as Float32Array)])) },
  };
}

/** JSON has no NaN and no infinities, which a metric may be. */
const infinitiesAsWords = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);
const wordsAsInfinities = (_: string, value: unknown): unknown => (value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value);
