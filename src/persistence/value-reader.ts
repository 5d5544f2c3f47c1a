import { ModelError, RefitError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { Tensor, TensorType } from '../formats/tensor.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { type Address, LIBRARY, type KnownNames } from './known-names.ts';
import { type Json, KIND, SPECIAL_NUMBERS } from './value-json.ts';

type Fields = Readonly<Record<string, Json>>;

/** What an estimator takes its learned record by. */
interface Restorable {
  restore?(fitted: unknown): unknown;
}

/** Longer numbers than any model has; reading a whole number takes time that grows with the square of its length. */
const MAX_DIGITS = 1000;

/**
 * Reads what ValueWriter wrote. Nothing is run but constructors, `restore` and `fromParts` of known classes, and nothing is
 * made that is larger than a small multiple of the file.
 * @throws ModelError for what the writer does not write.
 */
export class ValueReader {
  readonly #names: KnownNames;
  readonly #tensors: ReadonlyMap<string, Tensor>;
  readonly #made = new Map<number, unknown>();
  readonly #kinds: Readonly<Record<string, (fields: Fields) => unknown>> = {
    number: ({ value }) => SPECIAL_NUMBERS.get(textOf(value)) ?? fail(`a special number must be one of ${[...SPECIAL_NUMBERS.keys()].join(', ')}, got ${show(value)}`),
    undefined: () => undefined,
    bigint: ({ value }) => bigintOf(value),
    ref: ({ id }) => (this.#made.has(id as number) ? this.#made.get(id as number) : fail(`a reference must be to what stands before it, got ${show(id)}`)),
    record: ({ entries }) => Object.fromEntries(this.#pairs(entries)),
    list: ({ values }) => listOf(values).map((one) => this.read(one)),
    numbers: ({ tensor }) => Array.from(this.#tensor(tensor, 'F64') as Float64Array),
    texts: ({ bytes, starts }) => textsOf(this.#tensor(bytes, 'U8') as Uint8Array, this.#tensor(starts, 'I32') as Int32Array),
    array: ({ tensor }) => this.#tensor(tensor),
    dense: ({ tensor }) => this.#dense(tensor),
    csr: (fields) => this.#csr(fields),
    regexp: ({ source, flags }) => new RegExp(textOf(source), textOf(flags)),
    date: ({ time }) => new Date(this.read(time) as number),
    map: ({ entries }) => new Map(listOf(entries).map((pair) => this.#pair(pair))),
    set: ({ values }) => new Set(this.read(values) as unknown[]),
    function: ({ module, export: name }) => this.#names.functionAt({ module: textOf(module), export: textOf(name) }),
    lost: ({ what }) => lost(textOf(what)),
    parts: (fields) => this.#names.partsClass(addressOf(fields)).fromParts(this.read(fields.parts)),
    steps: (fields) => new (this.#names.stepsClass(addressOf(fields)))(listOf(fields.steps).map((step) => this.#pair(step))),
    instance: (fields) => this.#instance(fields),
  };

  constructor(names: KnownNames, tensors: ReadonlyMap<string, Tensor>) {
    this.#names = names;
    this.#tensors = tensors;
  }

  read(json: Json | undefined): unknown {
    if (json === undefined) throw fail('a value must be there, got none');
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return json.map((one) => this.read(one));
    if (!Object.hasOwn(json, KIND)) return Object.fromEntries(Object.entries(json).map(([name, one]) => [name, this.read(one)]));
    const { [KIND]: kind, id } = json;
    if (typeof kind !== 'string' || !Object.hasOwn(this.#kinds, kind)) throw fail(`a value must be of a kind that this Refit knows, got ${show(kind)}`);
    const value = this.#make(kind, json);
    if (id !== undefined && kind !== 'ref') this.#made.set(id as number, value);
    return value;
  }

  #make(kind: string, fields: Fields): unknown {
    try {
      return this.#kinds[kind](fields);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      // What a constructor says of options that its rules refuse is the clearer for being quoted; anything else is a symptom.
      throw fail(error instanceof RefitError ? `${withArticle(kind)} cannot be rebuilt, ${error.message.replace(/\.$/, '')}` : `${withArticle(kind)} cannot be rebuilt (${(error as Error).message})`, error);
    }
  }

  #instance(fields: Fields): unknown {
    const Class = this.#names.optionsClass(addressOf(fields));
    const options = this.read(fields.options);
    if (typeof options !== 'object' || options === null) throw fail(`options of ${Class.name} must be a record, got ${show(options)}`);
    const instance = new Class(options);
    if (fields.fitted === undefined) return instance;
    const fitted = this.read(fields.fitted);
    const { restore } = instance as Restorable;
    if (typeof restore !== 'function' || typeof fitted !== 'object' || fitted === null) throw fail(`${Class.name} must be able to take what it has learned, got ${show(fitted)}`);
    restore.call(instance, fitted);
    return instance;
  }

  #pairs(entries: Json | undefined): [string, unknown][] {
    return listOf(entries).map((pair) => {
      const [name, value] = listOf(pair);
      return [textOf(name), this.read(value)];
    });
  }

  #pair(pair: Json): [unknown, unknown] {
    const [key, value] = listOf(pair);
    return [this.read(key), this.read(value)];
  }

  #tensor(name: Json | undefined, type?: TensorType): Tensor['data'] {
    const found = this.#tensors.get(textOf(name));
    if (found === undefined || (type !== undefined && found.type !== type)) throw fail(`there must be a tensor ${show(name)}${type === undefined ? '' : ` of type ${type}`}, got ${found?.type ?? 'none'}`);
    return found.data;
  }

  #dense(name: Json | undefined): DenseMatrix {
    const data = this.#tensor(name, 'F64') as Float64Array;
    const { shape } = this.#tensors.get(textOf(name)) as Tensor;
    if (shape.length !== 2) throw fail(`a matrix must have two axes, got ${shape.length}`);
    return new DenseMatrix(shape[0], shape[1], data);
  }

  #csr({ rows, cols, ...parts }: Fields): CsrMatrix {
    if (!isSize(rows) || !isSize(cols)) throw fail(`a sparse matrix must have whole numbers of rows and columns, got ${show(rows)} and ${show(cols)}`);
    const indptr = this.#tensor(parts.indptr, 'I32') as Int32Array;
    const indices = this.#tensor(parts.indices, 'I32') as Int32Array;
    const matrix = new CsrMatrix(rows, cols, indptr, indices, this.#tensor(parts.data, 'F64') as Float64Array);
    // Kernels trust a matrix: entries must lie within it.
    if (!ascends(indptr)) throw fail('rows of a sparse matrix must follow each other');
    for (const column of indices) if (column < 0 || column >= cols) throw fail(`columns of a sparse matrix must lie below ${cols}, got ${column}`);
    return matrix;
  }
}

const withArticle = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;

/** In the place of an option that the file does not hold: whoever trains with it is told. */
function lost(what: string): () => never {
  return () => {
    throw new ModelError(`loadModel: the model was saved without ${what}, which is needed to fit it. It predicts; to fit it, give the option again by with().`);
  };
}

const addressOf = ({ module = LIBRARY, class: name }: Fields): Address => ({ module: textOf(module), export: textOf(name) });

const isSize = (value: Json | undefined): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;

function ascends(offsets: Int32Array): boolean {
  for (let i = 1; i < offsets.length; i++) if (offsets[i] < offsets[i - 1]) return false;
  return true;
}

function textOf(json: Json | undefined): string {
  if (typeof json !== 'string') throw fail(`a text must be there, got ${show(json)}`);
  return json;
}

function listOf(json: Json | undefined): Json[] {
  if (!Array.isArray(json)) throw fail(`a list must be there, got ${show(json)}`);
  return json;
}

function bigintOf(value: Json | undefined): bigint {
  const text = textOf(value);
  if (text.length > MAX_DIGITS || !/^-?\d+$/.test(text)) throw fail(`a whole number must be digits, at most ${MAX_DIGITS}, got ${show(text)}`);
  return BigInt(text);
}

function textsOf(bytes: Uint8Array, starts: Int32Array): string[] {
  if (starts.length === 0 || starts[0] !== 0 || starts[starts.length - 1] !== bytes.length || !ascends(starts)) throw fail('texts must follow each other and fill their bytes');
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return Array.from({ length: starts.length - 1 }, (_, t) => decoder.decode(bytes.subarray(starts[t], starts[t + 1])));
}

function fail(problem: string, cause?: unknown): never {
  throw new ModelError(`loadModel: ${problem}. The file is damaged, or was made by other software.`, { cause });
}
