import { createHash } from 'node:crypto';
import { RandomState } from '../../src/core/random-state.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/formats/safetensors.ts';

/** A damaged model file; `sealed` where its checksum fits the damage. */
export interface MutatedFile {
  bytes: Uint8Array;
  sealed: boolean;
}

const SEAL = '"checksum":"';

/** The file with the checksum of its content. */
export function seal(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.subarray(0, 200).indexOf(SEAL) + SEAL.length;
  if (at < SEAL.length || at + 64 > copy.length) return new Uint8Array(copy);
  copy.fill('0', at, at + 64);
  copy.write(createHash('sha256').update(copy).digest('hex'), at);
  return new Uint8Array(copy);
}

/**
 * One of a file's endless ways to be damaged, by a seed: flipped bits, a cut, another length of the header, and, with a
 * checksum that fits, other values in the header and in the structure: huge sizes, deep nesting, names that objects are
 * born with, parts of the model in each other's places.
 */
export function mutateModel(original: Uint8Array, seed: number): MutatedFile {
  const random = new RandomState(seed);
  const below = (count: number): number => Math.floor(random.randomSample() * count);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)];
  const way = below(8);
  if (way === 0) return { bytes: flipped(original, below), sealed: false };
  if (way === 1) return { bytes: original.slice(0, below(original.length)), sealed: false };
  if (way === 2) return { bytes: seal(flipped(original, below)), sealed: true };
  if (way === 3) return { bytes: seal(original.slice(0, below(original.length))), sealed: true };
  if (way === 4) return { bytes: seal(otherLength(original, random, pick)), sealed: true };
  if (way === 5) return { bytes: seal(otherHeader(original, below, pick)), sealed: true };
  return { bytes: seal(otherStructure(original, below, pick)), sealed: true };
}

type Below = (count: number) => number;
type Pick = <T>(values: readonly T[]) => T;

function flipped(original: Uint8Array, below: Below): Uint8Array {
  const bytes = original.slice();
  for (let i = below(8); i >= 0; i--) bytes[below(bytes.length)] ^= 1 << below(8);
  return bytes;
}

function otherLength(original: Uint8Array, random: RandomState, pick: Pick): Uint8Array {
  const bytes = original.slice();
  const claimed = pick([0, 1, bytes.length, 2 ** 31, 2 ** 32, 2 ** 53, Math.floor(random.randomSample() * bytes.length * 2)]);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed), true);
  return bytes;
}

const HUGE = [-1, 0, 1, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 53, 1e308, -1e308];
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', '__metadata__', 'then', '$', ''];
const strange = (below: Below, pick: Pick): unknown =>
  pick<() => unknown>([
    () => pick(HUGE),
    () => pick(NAMES),
    () => null,
    () => [],
    () => ({}),
    () => nested(pick([10, 300, 500, 5000]), pick(['[', '{'])),
    () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
    () => ({ $: pick(['number', 'ref', 'dense', 'csr', 'texts', 'instance', 'steps', 'parts', 'function', 'regexp', 'bigint', 'map', 'set', 'record', 'date', 'x']), id: below(3), tensor: pick(NAMES), value: '9'.repeat(pick([3, 3000])), entries: [[1, 2], ['__proto__', { polluted: true }]], source: '(a+)+$', flags: pick(['', 'g', 'zz']), class: pick(['Pipeline', 'Ridge', 'Table', 'GridSearch']), steps: [], options: {}, rows: pick(HUGE), cols: pick(HUGE) }),
    () => 'x'.repeat(pick([10, 10_000])),
  ])();

/** JSON so deep that JSON.stringify could not write it from objects stays text: it is put in by a mark. */
const nested = (depth: number, bracket: '[' | '{'): string => `\u0001${depth}${bracket}`;

function withNesting(json: string): string {
  return json.replace(/"\\u0001(\d+)(.)"/g, (_, depth: string, bracket: string) => {
    const count = Number(depth);
    return bracket === '[' ? '['.repeat(count) + ']'.repeat(count) : '{"a":'.repeat(count) + '1' + '}'.repeat(count);
  });
}

function otherHeader(original: Uint8Array, below: Below, pick: Pick): Uint8Array {
  const length = Number(new DataView(original.buffer, original.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(original.subarray(8, 8 + length))) as Record<string, unknown>;
  const { __metadata__: metadata, ...tensors } = header;
  for (let i = below(3); i >= 0; i--) changeSomething(tensors, below, pick);
  const json = new TextEncoder().encode(withNesting(JSON.stringify({ __metadata__: metadata, ...tensors })));
  const bytes = new Uint8Array(8 + json.length + original.length - 8 - length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(original.subarray(8 + length), 8 + json.length);
  return bytes;
}

function otherStructure(original: Uint8Array, below: Below, pick: Pick): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(original);
  const model = JSON.parse(metadata.get('model') as string) as Record<string, unknown>;
  for (let i = below(3); i >= 0; i--) changeSomething(model, below, pick);
  return encodeSafetensors(tensors, new Map([...metadata, ['model', withNesting(JSON.stringify(model))]]));
}

/** Puts something strange, or another part of the same tree, in the place of a value; or drops the value, or renames it. */
function changeSomething(tree: object, below: Below, pick: Pick): void {
  const places: [parent: Record<string, unknown>, name: string][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      places.push([value as Record<string, unknown>, name]);
      visit((value as Record<string, unknown>)[name]);
    }
  };
  visit(tree);
  const [parent, name] = pick(places);
  const way = below(4);
  if (way === 0) Reflect.deleteProperty(parent, name);
  else if (way === 1) {
    const [other, otherName] = pick(places);
    parent[name] = structuredClone(other[otherName]);
  } else if (way === 2) Object.defineProperty(parent, pick(NAMES), { value: parent[name], enumerable: true, configurable: true, writable: true });
  else parent[name] = strange(below, pick);
}
