import { ParseError } from '../core/errors.ts';
import { decodeOnnx } from '../formats/decode-onnx.ts';
import type { OnnxValue } from '../formats/onnx-model.ts';
import type { Output } from './compile-forward.ts';
import { type Batch, feedBatch } from './runtime/feed-batch.ts';
import { createSession, type OnnxRuntime, type RuntimeSession } from './runtime/onnx-runtime.ts';
import { BATCH } from './shape.ts';
import { Input } from './tensor.ts';

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
  const { graph } = decodeOnnx(bytes);
  const given = graph.inputs.filter(({ name }) => !Object.hasOwn(graph.initializers, name));
  const inputs = given.map(inputOf);
  const { runtime, session } = await createSession(OWNER, bytes, threads, { constantWeights: true });
  const long = new Set(given.filter(({ type }) => type === 'int64').map(({ name }) => name));
  return new OnnxNet(inputs, long, runtime, session);
}

function inputOf({ name, type, shape }: OnnxValue): Input {
  if (type !== 'float' && type !== 'int32' && type !== 'int64') throw new ParseError(`${OWNER}: input ${name} must be of floats or whole numbers of 32 or 64 bits, it is of ${type}.`);
  if (shape === undefined || typeof shape[0] === 'number' || shape.slice(1).some((size) => typeof size !== 'number')) {
    throw new ParseError(`${OWNER}: input ${name} must have a batch that varies and other dimensions that do not, it is [${shape?.join(', ') ?? 'unknown'}]. Export it with a dynamic batch.`);
  }
  return new Input(name, [BATCH, ...(shape.slice(1) as number[])], type === 'float' ? 'float32' : 'int32');
}

/** A net from a file; see loadOnnx. */
export class OnnxNet {
  readonly #inputs: readonly Input[];
  readonly #long: ReadonlySet<string>;
  readonly #runtime: OnnxRuntime;
  readonly #session: RuntimeSession;

  constructor(inputs: readonly Input[], long: ReadonlySet<string>, runtime: OnnxRuntime, session: RuntimeSession) {
    this.#inputs = inputs;
    this.#long = long;
    this.#runtime = runtime;
    this.#session = session;
  }

  /** Names of the inputs. */
  get inputNames(): readonly string[] {
    return this.#inputs.map(({ name }) => name);
  }

  /** The first output for a batch. @throws ShapeError, DataError for arrays that do not fit */
  async run(batch: Batch): Promise<Output> {
    const { feeds } = feedBatch(OWNER, this.#runtime, this.#inputs, batch);
    for (const name of this.#long) feeds[name] = new this.#runtime.Tensor('int64', BigInt64Array.from(batch[name], BigInt), feeds[name].dims);
    const results = await this.#session.run(feeds);
    const { data, dims } = results[this.#session.outputNames[0]];
    return { data: data as Float32Array, shape: dims };
  }

  /** Frees the native session. */
  async dispose(): Promise<void> {
    await this.#session.release();
  }
}
