import { createHash } from 'node:crypto';
import { ModelError } from '../core/errors.ts';
import { packageVersions } from '../core/package-versions.ts';
import { parseBoundedJson } from '../formats/bounded-json.ts';
import { decodeSafetensors, encodeSafetensors } from '../formats/safetensors.ts';
import { libraryExports } from '../model-selection/class-named.ts';
import { type Modules, howToGive, KnownNames } from './known-names.ts';
import { type Json, MAX_DEPTH } from './value-json.ts';
import { ValueReader } from './value-reader.ts';
import { ValueWriter } from './value-writer.ts';

/** The version of the format that this Refit writes, and the newest that it reads. */
const FORMAT_VERSION = 1;

const NO_CHECKSUM = '0'.repeat(64);
const BEGINNING = /^\{"__metadata__":\{"format":"refit-model","version":"(\d{1,9})","checksum":"([0-9a-f]{64})",/;
/** Where in the file the checksum stands, which BEGINNING leaves no choice of but for the version's digits. */
const LONGEST_BEGINNING = 200;

export interface ModelFileOptions {
  /** Modules that export the model's own functions and classes by name, each under the path that stands for it. Default none. */
  modules?: Modules;
}

/**
 * A fitted model as the bytes of a file; see docs/saving-models.md for the format.
 * @throws ModelError for what is not fitted, or holds what a file cannot.
 */
export async function packModel(model: object, { modules = {} }: ModelFileOptions = {}): Promise<Uint8Array> {
  if ((model as { isFitted?: unknown }).isFitted !== true) throw new ModelError('saveModel: the model must be fitted. Call await fit(X, y) first.');
  const writer = new ValueWriter(new KnownNames(await libraryExports(), modules));
  const structure = writer.write(model);
  const needs = Object.fromEntries([...writer.needs].map(([module, names]) => [module, [...names].sort()]));
  const { refit, node } = packageVersions();
  const metadata = new Map([
    ['format', 'refit-model'],
    ['version', String(FORMAT_VERSION)],
    ['checksum', NO_CHECKSUM],
    ['made', JSON.stringify({ refit, node })],
    ['needs', JSON.stringify(needs)],
    ['model', JSON.stringify(structure)],
  ]);
  const bytes = encodeSafetensors(writer.tensors, metadata);
  const place = Buffer.from(bytes.buffer, bytes.byteOffset, LONGEST_BEGINNING).indexOf(NO_CHECKSUM);
  bytes.set(new TextEncoder().encode(sha256(bytes)), place);
  return bytes;
}

/**
 * The model of a file's bytes, fitted as it was.
 * @throws ModelError, ParseError for bytes that are no model of this or an older format, that were altered or cut short, or
 * that need what this library and `modules` do not have.
 */
export async function unpackModel(bytes: Uint8Array, { modules = {} }: ModelFileOptions = {}): Promise<object> {
  checkWhole(bytes);
  const { tensors, metadata } = decodeSafetensors(bytes, 'loadModel');
  checkNeeds(jsonIn(metadata, 'needs', 3), modules);
  const reader = new ValueReader(new KnownNames(await libraryExports(), modules), tensors);
  const model = reader.read(jsonIn(metadata, 'model', MAX_DEPTH) as Json);
  if (typeof (model as { fit?: unknown } | null)?.fit !== 'function') throw new ModelError('loadModel: the file must hold a model. It is damaged, or was made by other software.');
  return model as object;
}

/** That this is a model, of a format that is known, with the content it was written with. */
function checkWhole(bytes: Uint8Array): void {
  const beginning = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LONGEST_BEGINNING)).toString('latin1');
  const found = BEGINNING.exec(beginning.slice(8));
  if (found === null) throw new ModelError('loadModel: the file must begin as a model that saveModel wrote. It is damaged or of another kind.');
  const [, version, checksum] = found;
  if (Number(version) > FORMAT_VERSION) {
    throw new ModelError(`loadModel: the format must be at most ${FORMAT_VERSION}, the file has ${version}. A newer Refit wrote it: update refit.`);
  }
  const place = beginning.indexOf(checksum);
  const content = sha256(bytes.subarray(0, place), NO_CHECKSUM, bytes.subarray(place + checksum.length));
  if (content !== checksum) throw new ModelError('loadModel: the content must fit the checksum, it does not. The file was altered or cut short: copy or save it again.');
}

function jsonIn(metadata: ReadonlyMap<string, string>, name: string, maxDepth: number): unknown {
  const text = metadata.get(name);
  if (text === undefined) throw new ModelError(`loadModel: the file must say "${name}", it does not. It is damaged, or was made by other software.`);
  return parseBoundedJson('loadModel', new TextEncoder().encode(text), maxDepth);
}

function checkNeeds(needs: unknown, modules: Modules): void {
  const missing = Object.entries(needs as object).filter(([module]) => !Object.hasOwn(modules, module));
  if (missing.length === 0) return;
  const [[first]] = missing;
  const what = missing.map(([module, names]) => `${[names].flat().join(', ')} of ${module}`).join('; ');
  throw new ModelError(`loadModel: the model needs ${what}, code that no file holds. ${howToGive(first)}`);
}

function sha256(...parts: (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
