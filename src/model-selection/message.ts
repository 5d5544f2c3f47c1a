import { show } from '../core/show.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { HoistedParts } from '../pipeline/hoisted-parts.ts';
import { Column } from '../table/column.ts';
import type { ColumnData } from '../table/column-data.ts';
import { RowsOf } from '../table/rows-of.ts';
import { Table } from '../table/table.ts';
import { recurringTexts, textOfCodes } from '../table/text-codes.ts';
import { AnalyzedTexts, type AnalyzedParts } from '../text/analyzed-texts.ts';
import { classNamed, type NamedClass } from './class-named.ts';

/** A value as plain data that can go to another thread; typed arrays lie in shared memory, and are not copied on the way. */
export interface Message {
  /** Names of the classes it takes to rebuild the value. */
  classes: readonly string[];
  body: unknown;
}

/** Why a value cannot go to another thread. */
export class CannotTravel extends Error {}

export interface MessageOptions {
  /** Whether what stages have learned goes with them. Default false: options only. */
  fitted?: boolean;
}

/** Marks an object of the message that stands for an instance. */
const KIND = '#refit';

/** A column of text whose texts recur: as numbers it is sent in no time, and where it arrives they need not be found anew. */
class RecurringTexts {
  readonly codes: Int32Array;
  readonly texts: readonly string[];

  constructor(codes: Int32Array, texts: readonly string[]) {
    this.codes = codes;
    this.texts = texts;
  }
}

/** What stands for a column that was sent before. */
const sent = new WeakMap<ColumnData, RecurringTexts>();

function travelling(data: ColumnData): ColumnData | RecurringTexts {
  const before = sent.get(data);
  if (before !== undefined || data.kind !== 'text') return before ?? data;
  const recurring = recurringTexts(data);
  if (recurring === undefined) return data;
  const own = new RecurringTexts(recurring.codes, recurring.texts);
  sent.set(data, own);
  return own;
}

interface Described {
  /** What a stage is made of whose options do not tell that; its class has `fromParts`. */
  toParts?(): object;
  clone?(): Described;
  readonly steps?: readonly (readonly [name: string, stage: object])[];
  readonly options?: object;
  readonly isFitted?: boolean;
  readonly fitted?: object;
}

/** Classes of data: how each becomes plain parts, and comes back. */
const dataKinds: readonly { name: string; is: (value: object) => boolean; parts: (value: any) => unknown; make: (parts: any) => object }[] = [
  { name: 'regexp', is: (v) => v instanceof RegExp, parts: ({ source, flags }: RegExp) => [source, flags], make: ([source, flags]) => new RegExp(source, flags) },
  { name: 'date', is: (v) => v instanceof Date, parts: (v: Date) => v.getTime(), make: (time: number) => new Date(time) },
  { name: 'map', is: (v) => v instanceof Map, parts: (v: Map<unknown, unknown>) => [...v], make: (entries) => new Map(entries) },
  { name: 'set', is: (v) => v instanceof Set, parts: (v: Set<unknown>) => [...v], make: (values) => new Set(values) },
  {
    name: 'dense',
    is: (v) => v instanceof DenseMatrix,
    parts: ({ rows, cols, data }: DenseMatrix) => [rows, cols, data],
    make: ([rows, cols, data]) => new DenseMatrix(rows, cols, data),
  },
  {
    name: 'csr',
    is: (v) => v instanceof CsrMatrix,
    parts: ({ rows, cols, indptr, indices, data }: CsrMatrix) => [rows, cols, indptr, indices, data],
    make: ([rows, cols, indptr, indices, data]) => new CsrMatrix(rows, cols, indptr, indices, data),
  },
  { name: 'texts', is: (v) => v instanceof AnalyzedTexts, parts: (v: AnalyzedTexts) => v.toParts(), make: (parts: AnalyzedParts) => AnalyzedTexts.fromParts(parts) },
  { name: 'parts', is: (v) => v instanceof HoistedParts, parts: (v: HoistedParts) => v.parts, make: (parts: unknown[]) => new HoistedParts(parts) },
  { name: 'column', is: (v) => v instanceof Column, parts: (v: Column) => [v.name, travelling(v.data)], make: ([name, data]) => new Column(name, data) },
  { name: 'recurring', is: (v) => v instanceof RecurringTexts, parts: ({ codes, texts }: RecurringTexts) => [codes, texts], make: ([codes, texts]) => textOfCodes({ codes, texts }) },
  { name: 'rows', is: (v) => v instanceof RowsOf, parts: ({ source, index }: RowsOf) => [source, index], make: ([source, index]) => new RowsOf(source, index) },
  {
    name: 'table',
    is: (v) => v instanceof Table,
    parts: (v: Table) => [v.names.map((name) => [name, travelling(v.data(name))]), v.rows],
    make: ([columns, rows]) => new Table(columns, rows),
  },
];

/**
 * Describes a value: data, and instances of this library's classes by name and options.
 * @throws CannotTravel, naming what cannot go: functions, and objects of classes that this library does not have
 */
export async function toMessage(value: unknown, { fitted = false }: MessageOptions = {}): Promise<Message> {
  const packer = new Packer(fitted);
  return packer.message(packer.pack(value));
}

/** The value of a message; what was one object in it is one object again. */
export async function fromMessage({ classes, body }: Message): Promise<any> {
  const known = new Map<string, NamedClass>();
  for (const name of classes) known.set(name, (await classNamed(name)) as NamedClass);
  return new Unpacker(known).unpack(body);
}

/** Describes several values for one message; an object that occurs again is described, and put in shared memory, once. */
export class Packer {
  readonly #classes = new Map<string, unknown>();
  readonly #fitted: boolean;
  readonly #packed = new Map<object, unknown>();

  constructor(fitted = false) {
    this.#fitted = fitted;
  }

  /** The message of a body that `pack` returned, or that is made of such. @throws CannotTravel */
  async message(body: unknown): Promise<Message> {
    for (const [name, Class] of this.#classes) {
      if ((await classNamed(name)) !== Class) throw new CannotTravel(`${name} is not a class of this library`);
    }
    return { classes: [...this.#classes.keys()], body };
  }

  /** @throws CannotTravel */
  pack(value: unknown): unknown {
    if (typeof value === 'function' || typeof value === 'symbol') throw new CannotTravel(show(value));
    if (typeof value !== 'object' || value === null) return value;
    let packed = this.#packed.get(value);
    if (packed === undefined) this.#packed.set(value, (packed = this.#packObject(value)));
    return packed;
  }

  #packObject(value: object): unknown {
    if (ArrayBuffer.isView(value)) return shared(value);
    if (Array.isArray(value)) return value.every(isPrimitive) ? value : value.map((one) => this.pack(one));
    const kind = dataKinds.find(({ is }) => is(value));
    if (kind) return { [KIND]: kind.name, parts: this.pack(kind.parts(value)) };
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === Object.prototype || prototype === null) return this.#packRecord(value);
    return this.#packInstance(value);
  }

  #packRecord(value: object): unknown {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.pack(one)]));
  }

  #packInstance(value: object): unknown {
    const { steps, options, isFitted } = value as Described;
    const { name } = value.constructor;
    if (typeof options !== 'object' && !Array.isArray(steps)) throw new CannotTravel(show(value));
    const known = this.#classes.get(name);
    if (known !== undefined && known !== value.constructor) throw new CannotTravel(show(value));
    this.#classes.set(name, value.constructor);
    if (typeof (value as Described).toParts === 'function') {
      const whole = this.#fitted ? value : ((value as Described).clone?.() ?? value);
      return { [KIND]: 'whole', name, parts: this.pack((whole as Required<Described>).toParts()) };
    }
    // A composite's options are those of its steps, which are stages and know more than their options.
    if (Array.isArray(steps)) return { [KIND]: 'steps', name, steps: this.pack(steps) };
    const learned = this.#fitted && isFitted === true ? { fitted: this.pack((value as Described).fitted) } : {};
    return { [KIND]: 'instance', name, options: this.pack(options), ...learned };
  }
}

class Unpacker {
  readonly #classes: ReadonlyMap<string, NamedClass>;
  readonly #made = new Map<object, unknown>();

  constructor(classes: ReadonlyMap<string, NamedClass>) {
    this.#classes = classes;
  }

  unpack(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    let made = this.#made.get(value);
    if (made === undefined) this.#made.set(value, (made = this.#make(value)));
    return made;
  }

  #make(value: object): unknown {
    if (ArrayBuffer.isView(value)) return viewOfThisThread(value as Float64Array);
    if (Array.isArray(value)) return value.every(isPrimitive) ? value : value.map((one) => this.unpack(one));
    const { [KIND]: kind, ...parts } = value as Record<string, unknown>;
    if (kind === undefined) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.unpack(one)]));
    const data = dataKinds.find(({ name }) => name === kind);
    if (data) return data.make(this.unpack(parts.parts));
    const Class = this.#classes.get(parts.name as string) as NamedClass;
    if (kind === 'whole') return (Class as unknown as { fromParts(parts: unknown): object }).fromParts(this.unpack(parts.parts));
    if (kind === 'steps') return new Class(this.unpack(parts.steps));
    const instance = new Class(this.unpack(parts.options));
    return parts.fitted === undefined ? instance : (instance as { restore(fitted: unknown): object }).restore(this.unpack(parts.fitted));
  }
}

const isPrimitive = (value: unknown): boolean => value === null || !['object', 'function', 'symbol'].includes(typeof value);

/** The same numbers in shared memory. */
function shared(view: ArrayBufferView): ArrayBufferView {
  if (view.buffer instanceof SharedArrayBuffer || view instanceof DataView) return view;
  const source = view as Float64Array;
  const Class = source.constructor as new (buffer: SharedArrayBuffer) => Float64Array;
  const copy = new Class(new SharedArrayBuffer(source.byteLength));
  copy.set(source);
  return copy;
}

/** A typed array on the same memory, of this thread's own class: a test runner may have classes of its own. */
function viewOfThisThread(view: Float64Array): ArrayBufferView {
  if (Object.getPrototypeOf(view.constructor) === Object.getPrototypeOf(Float64Array) || view.constructor === DataView) return view;
  const Class = (globalThis as unknown as Record<string, typeof Float64Array>)[view.constructor.name];
  return new Class(view.buffer, view.byteOffset, view.length);
}
