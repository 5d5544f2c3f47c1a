import { ModelError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { type Tensor, tensorTypeOf } from '../formats/tensor.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { packTexts } from '../kernels/packed-texts.ts';
import { howToGive, LIBRARY, type KnownNames } from './known-names.ts';
import { type HasParts, isOptionsClass, isPartsClass, type OptionsClass } from './parts.ts';
import { type Json, KIND, LONG_LIST, SPECIAL_NUMBERS } from './value-json.ts';

/** What an object of a model is written as; `id` once it is met again. */
interface Node {
  kind: string;
  fields: Record<string, Json | Node | (Json | Node)[]>;
  id?: number;
}

interface Instance {
  readonly options?: object;
  readonly steps?: readonly (readonly [name: string, stage: object])[];
  readonly isFitted?: boolean;
  readonly fitted?: object;
}

/**
 * Writes values as JSON and tensors: data, and instances of known classes by name and options, with what they have learned.
 * An object that occurs again is written once. What cannot be written is refused with the place where it lies.
 */
export class ValueWriter {
  /** By name: the place in the model. */
  readonly tensors = new Map<string, Tensor>();
  /** Exports that the reader must be given, by module. */
  readonly needs = new Map<string, Set<string>>();
  readonly #names: KnownNames;
  readonly #nodes = new Map<object, Node>();
  readonly #open = new Set<object>();
  #ids = 0;

  constructor(names: KnownNames) {
    this.#names = names;
  }

  /** @param place where the value lies, as `classify.fitted.coef`; empty for the model itself @throws ModelError */
  write(value: unknown, place = ''): Json {
    return jsonOf(this.#node(value, place));
  }

  #node(value: unknown, place: string): Json | Node {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return numberNode(value);
    if (value === undefined) return { kind: 'undefined', fields: {} };
    if (typeof value === 'bigint') return { kind: 'bigint', fields: { value: String(value) } };
    if (typeof value === 'symbol') throw cannot(place, show(value), 'Use text in its place');
    return this.#objectNode(value, place);
  }

  #objectNode(value: object, place: string): Node {
    const known = this.#nodes.get(value);
    if (known !== undefined) {
      known.id ??= this.#ids++;
      return { kind: 'ref', fields: { id: known.id } };
    }
    if (this.#open.has(value)) throw cannot(place, 'an object that contains itself', 'Leave out one of the two ways');
    this.#open.add(value);
    const node = typeof value === 'function' ? this.#functionNode(value, place) : this.#compound(value, place);
    this.#open.delete(value);
    this.#nodes.set(value, node);
    return node;
  }

  #compound(value: object, place: string): Node {
    if (ArrayBuffer.isView(value)) return this.#tensorNode(value, place);
    if (Array.isArray(value)) return this.#listNode(value, place);
    if (value instanceof RegExp) return { kind: 'regexp', fields: { source: value.source, flags: value.flags } };
    if (value instanceof Date) return { kind: 'date', fields: { time: numberNode(value.getTime()) } };
    if (value instanceof Map) return { kind: 'map', fields: { entries: [...value].map(([key, one], i) => this.#pair(key, one, at(place, typeof key === 'string' ? key : String(i)))) } };
    if (value instanceof Set) return { kind: 'set', fields: { values: this.#node([...value], place) } };
    if (value instanceof DenseMatrix) return { kind: 'dense', fields: { tensor: this.#tensor(place, value.data, [value.rows, value.cols]) } };
    if (value instanceof CsrMatrix) return this.#csrNode(value, place);
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === Object.prototype || prototype === null) return this.#recordNode(value, place);
    return this.#instanceNode(value, place);
  }

  #pair(key: unknown, value: unknown, place: string): Node {
    return { kind: 'list', fields: { values: [this.#node(key, `${place}.key`), this.#node(value, place)] } };
  }

  #recordNode(value: object, place: string): Node {
    return { kind: 'record', fields: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.#node(one, at(place, name))])) };
  }

  #listNode(values: readonly unknown[], place: string): Node {
    if (values.length >= LONG_LIST && values.every((one) => typeof one === 'number')) {
      return { kind: 'numbers', fields: { tensor: this.#tensor(place, Float64Array.from(values), [values.length]) } };
    }
    if (values.length >= LONG_LIST && values.every((one) => typeof one === 'string' && !LONE_SURROGATE.test(one))) {
      const { bytes, starts } = packTexts(values as readonly string[]);
      const used = bytes.slice(0, starts[values.length]);
      return { kind: 'texts', fields: { bytes: this.#tensor(at(place, 'bytes'), used, [used.length]), starts: this.#tensor(at(place, 'starts'), starts.slice(0, values.length + 1), [values.length + 1]) } };
    }
    return { kind: 'list', fields: { values: Array.from(values, (one, i) => this.#node(one, at(place, String(i)))) } };
  }

  #csrNode({ rows, cols, indptr, indices, data }: CsrMatrix, place: string): Node {
    const part = (name: string, values: Int32Array | Float64Array): string => this.#tensor(at(place, name), values, [values.length]);
    return { kind: 'csr', fields: { rows, cols, indptr: part('indptr', indptr), indices: part('indices', indices), data: part('data', data) } };
  }

  #tensorNode(view: ArrayBufferView, place: string): Node {
    const data = Buffer.isBuffer(view) ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : view;
    if (tensorTypeOf(data) === undefined) throw cannot(place, show(view), 'Use another class of array');
    return { kind: 'array', fields: { tensor: this.#tensor(place, data as Tensor['data'], [(data as Tensor['data']).length]) } };
  }

  #tensor(place: string, data: Tensor['data'], shape: number[]): string {
    let name = place;
    for (let copy = 2; this.tensors.has(name); copy++) name = `${place}#${copy}`;
    this.tensors.set(name, { type: tensorTypeOf(data) as Tensor['type'], shape, data });
    return name;
  }

  #instanceNode(value: object, place: string): Node {
    const { constructor: Class } = value;
    const { options, steps, isFitted } = value as Instance;
    if (isPartsClass(Class)) return { kind: 'parts', fields: { ...this.#address(Class, place), parts: this.#node((value as HasParts).toParts(), place) } };
    if (isOptionsClass(Class) && typeof options === 'object') {
      const address = this.#address(Class, place);
      const written = this.#optionsNode(Class, options, isFitted === true, at(place, 'options'));
      // Read after the options: what a stage keeps of a stage among its options is then written there, where it is restored first.
      const fields: Node['fields'] = { ...address, options: written };
      if (isFitted === true) fields.fitted = this.#node((value as Instance).fitted, at(place, 'fitted'));
      return { kind: 'instance', fields };
    }
    if (Array.isArray(steps)) {
      const pairs = (steps as NonNullable<Instance['steps']>).map(([name, stage]): Node => ({ kind: 'list', fields: { values: [name, this.#node(stage, at(place, name))] } }));
      return { kind: 'steps', fields: { ...this.#address(Class, place), steps: pairs } };
    }
    throw cannot(place, show(value), 'Keep plain data, typed arrays and matrices in its place, or give the class toParts and fromParts');
  }

  #optionsNode({ forTrainingOnly = [] }: OptionsClass, options: object, isFitted: boolean, place: string): Json | Node {
    const lost = Object.entries(options).filter(([name, value]) => isFitted && forTrainingOnly.includes(name) && !this.#canWrite(value, at(place, name)));
    if (lost.length === 0) return this.#node(options, place);
    const node = this.#recordNode({ ...options, ...Object.fromEntries(lost.map(([name]) => [name, null])) }, place);
    for (const [name, value] of lost) node.fields[name] = { kind: 'lost', fields: { what: show(value) } };
    return node;
  }

  /** Tries on a writer of its own, so that nothing is left of what cannot be written whole. */
  #canWrite(value: unknown, place: string): boolean {
    try {
      new ValueWriter(this.#names).write(value, place);
      return true;
    } catch (error) {
      if (error instanceof ModelError) return false;
      throw error;
    }
  }

  #address(Class: { name: string }, place: string): { module?: string; class: string } {
    const { module, export: name } = this.#find(Class, place, `the class ${Class.name}`);
    return module === LIBRARY ? { class: name } : { module, class: name };
  }

  #functionNode(value: object, place: string): Node {
    const { module, export: name } = this.#find(value, place, show(value));
    return { kind: 'function', fields: { module, export: name } };
  }

  #find(value: object, place: string, what: string): { module: string; export: string } {
    const address = this.#names.addressOf(value);
    if (address === undefined) {
      throw cannot(place, what, `A file holds no code: export it by name from a module. ${howToGive('./my-functions.ts').slice(0, -1)}`);
    }
    if (address.module !== LIBRARY) this.needs.set(address.module, (this.needs.get(address.module) ?? new Set()).add(address.export));
    return address;
  }
}

/** Half of a pair of code units, which UTF-8 cannot hold. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function numberNode(value: number): Json | Node {
  for (const [word, special] of SPECIAL_NUMBERS) if (Object.is(value, special)) return { kind: 'number', fields: { value: word } };
  return value;
}

const at = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

const isNode = (value: Json | Node): value is Node => typeof value === 'object' && value !== null && 'kind' in value && 'fields' in value && !Array.isArray(value);

function jsonOf(node: Json | Node): Json {
  if (!isNode(node)) return node;
  const { kind, fields, id } = node;
  const json = (one: Json | Node | (Json | Node)[]): Json => (Array.isArray(one) ? one.map(jsonOf) : jsonOf(one));
  if (kind === 'list' && id === undefined) return json(fields.values);
  const named = Object.entries(fields).map(([name, one]) => [name, json(one)] as const);
  // A record is itself, unless it could be mistaken for another kind or must be referred to.
  if (kind === 'record' && id === undefined && !Object.hasOwn(fields, KIND)) return Object.fromEntries(named);
  const inner = kind === 'record' ? { entries: named as unknown as Json } : Object.fromEntries(named);
  return { [KIND]: kind, ...(id === undefined ? {} : { id }), ...inner };
}

const cannot = (place: string, what: string, remedy: string): ModelError => new ModelError(`saveModel: ${place === '' ? 'the model' : place} must be data that a file can hold, got ${what}. ${remedy}.`);
