import { ParseError } from '../core/errors.ts';
import { decodeOnnx } from '../formats/decode-onnx.ts';
import type { OnnxValue } from '../formats/onnx-model.ts';
import type { Output } from './compile-forward.ts';
import { RANGES } from './export-onnx.ts';
import { type Batch, checkIds, feedBatch } from './runtime/feed-batch.ts';
import { createSession, type OnnxRuntime, type RuntimeSession } from './runtime/onnx-runtime.ts';
import { BATCH } from './shape.ts';
import { Input } from './tensor.ts';
import type { RangeCheck } from './trace.ts';

const OWNER = 'loadOnnx';

export interface LoadOnnxOptions {
  /** Threads inside an operator. Default 1. */
  threads?: number;
}

/**
 * Opens an ONNX file that takes batches: what exportOnnx wrote, or another program's file with the batch first.
 *
 * @throws ParseError for bytes that are no model or end early, and for inputs whose first dimension does not vary or
 * whose numbers are neither floats nor whole; RefitError where onnxruntime-node is missing
 *
 * @example
 * const net = await nn.loadOnnx(await readFile('net.onnx'));
 * const { data, shape } = await net.run({ x: pixels });
 */
export async function loadOnnx(bytes: Uint8Array, { threads = 1 }: LoadOnnxOptions = {}): Promise<OnnxNet> {
  const { graph, metadata } = decodeOnnx(bytes);
  const given = graph.inputs.filter(({ name }) => !Object.hasOwn(graph.initializers, name));
  const inputs = given.map(inputOf);
  const { runtime, session } = await createSession(OWNER, bytes, threads, { constantWeights: true });
  const long = new Set(given.filter(({ type }) => type === 'int64').map(({ name }) => name));
  return new OnnxNet({ inputs, long, runtime, session, ranges: rangesOf(metadata[RANGES]) });
}

function inputOf({ name, type, shape }: OnnxValue): Input {
  if (type !== 'float' && type !== 'int32' && type !== 'int64') throw new ParseError(`${OWNER}: input ${name} must be of floats or whole numbers of 32 or 64 bits, it is of ${type}.`);
  if (shape === undefined || typeof shape[0] === 'number' || shape.slice(1).some((size) => typeof size !== 'number')) {
    throw new ParseError(`${OWNER}: input ${name} must have a batch that varies and other dimensions that do not, it is [${shape?.join(', ') ?? 'unknown'}]. Export it with a dynamic batch.`);
  }
  return new Input(name, [BATCH, ...(shape.slice(1) as number[])], type === 'float' ? 'float32' : 'int32');
}

/** What exportOnnx wrote of ids; none for other programs' files. @throws ParseError where it is damaged */
function rangesOf(text: string | undefined): readonly RangeCheck[] {
  if (text === undefined) return [];
  try {
    return JSON.parse(text) as readonly RangeCheck[];
  } catch (error) {
    throw new ParseError(`${OWNER}: ${RANGES} must be JSON, it is damaged. Export the net again.`, { cause: error });
  }
}

interface Parts {
  readonly inputs: readonly Input[];
  /** Inputs of whole numbers of 64 bits. */
  readonly long: ReadonlySet<string>;
  readonly runtime: OnnxRuntime;
  readonly session: RuntimeSession;
  readonly ranges: readonly RangeCheck[];
}

/** A net from a file; see loadOnnx. */
export class OnnxNet {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Names of the inputs. */
  get inputNames(): readonly string[] {
    return this.#parts.inputs.map(({ name }) => name);
  }

  /** The first output for a batch. @throws ShapeError, DataError for arrays that do not fit */
  async run(batch: Batch): Promise<Output> {
    const { inputs, long, runtime, session, ranges } = this.#parts;
    const { feeds, rows } = feedBatch(OWNER, runtime, inputs, batch);
    for (const range of ranges) checkIds(range, batch, rows);
    for (const name of long) feeds[name] = new runtime.Tensor('int64', BigInt64Array.from(batch[name], BigInt), feeds[name].dims);
    const results = await session.run(feeds);
    const { data, dims } = results[session.outputNames[0]];
    return { data: data as Float32Array, shape: dims };
  }

  /** Frees the native session. */
  async dispose(): Promise<void> {
    await this.#parts.session.release();
  }
}
