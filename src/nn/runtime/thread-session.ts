import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { RefitError, WorkerError } from '../../core/errors.ts';
import type { OnnxRuntime, RuntimeData, RuntimeSession, RuntimeTensor } from './onnx-runtime.ts';
import type { SessionReply, SessionRequest, TensorMessage } from './session-worker.ts';

/** The built worker; from TypeScript sources it is the one in dist/, as threads load plain JavaScript. Undefined where that has not been built. */
function workerFile(): string | undefined {
  const fromSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`${fromSource ? '../../../dist' : '..'}/nn/runtime/session-worker.js`, import.meta.url));
  return existsSync(file) ? file : undefined;
}

class PlainTensor implements RuntimeTensor {
  readonly type: string;
  readonly data: RuntimeData;
  readonly dims: readonly number[];

  constructor(type: string, data: RuntimeData, dims: readonly number[]) {
    this.type = type;
    this.data = data;
    this.dims = dims;
  }
}

const runtime: OnnxRuntime = { Tensor: PlainTensor, InferenceSession: { create: () => Promise.reject(new WorkerError('nn: a thread opens sessions by itself.')) } };

let thread: SessionThread | undefined;
let count = 0;

/**
 * A session in another thread: the runtime computes there, and this thread's event loop stays free. What it takes and
 * gives is copied once on the way. All sessions share one thread, which is started with the first and kept; a process
 * need not wait for it to end.
 *
 * @returns undefined where the library has not been built, so that there is no file for a thread
 * @throws RefitError where onnxruntime-node is missing
 */
export async function createThreadSession(owner: string, model: Uint8Array, threads: number): Promise<{ runtime: OnnxRuntime; session: RuntimeSession } | undefined> {
  if (thread === undefined || thread.hasEnded) {
    const file = workerFile();
    if (file === undefined) return undefined;
    thread = new SessionThread(file);
  }
  const own = thread;
  /** What the last run was fed, back again. */
  let spare: Readonly<Record<string, TensorMessage>> = {};
  const session = count++;
  const { inputNames, outputNames } = await own.ask<{ inputNames: readonly string[]; outputNames: readonly string[] }>({ kind: 'open', session, owner, model, threads });
  return {
    runtime,
    session: {
      inputNames,
      outputNames,
      run: async (feeds, places = {}) => {
        const copies = copyOf(feeds, spare);
        spare = {};
        const reply = await own.ask<{ outputs: Record<string, TensorMessage>; feeds: Record<string, TensorMessage> }>({ kind: 'run', session, feeds: copies }, Object.values(copies).map(({ data }) => data.buffer as ArrayBuffer));
        spare = reply.feeds;
        for (const [name, { data }] of Object.entries(places)) (data as Float32Array).set(reply.outputs[name].data as Float32Array);
        return Object.fromEntries(Object.entries(reply.outputs).map(([name, output]) => [name, { ...output, data: ofThisThread(output.data) }]));
      },
      release: async () => {
        if (!own.hasEnded) await own.ask({ kind: 'close', session });
      },
    },
  };
}

class SessionThread {
  readonly #worker: Worker;
  /** Those who wait for a reply, in the order in which they asked. */
  readonly #waiting: { resolve: (reply: any) => void; reject: (error: unknown) => void }[] = [];
  #death: WorkerError | undefined;

  constructor(file: string) {
    this.#worker = new Worker(file);
    this.#worker.unref();
    this.#worker.on('message', (reply: SessionReply) => this.#answered(reply));
    this.#worker.on('error', (error) => this.#died(String(error)));
    this.#worker.on('exit', (code) => this.#died(`exit code ${code}`));
  }

  get hasEnded(): boolean {
    return this.#death !== undefined;
  }

  /** @param moved memory that goes over to the thread instead of being copied */
  ask<Reply extends SessionReply>(request: SessionRequest, moved: ArrayBuffer[] = []): Promise<Reply> {
    if (this.#death !== undefined) return Promise.reject(this.#death);
    // The process lives as long as someone waits.
    this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, moved);
    });
  }

  #answered(reply: SessionReply): void {
    const { resolve, reject } = this.#waiting.shift()!;
    if (this.#waiting.length === 0) this.#worker.unref();
    if ('error' in reply) reject(new RefitError(reply.error.message, { cause: reply.error }));
    else resolve(reply);
  }

  #died(reason: string): void {
    this.#death ??= new WorkerError(`nn: the thread that nets compute in ended (${reason}) before it answered. Look for what ends it, or train with thread: false to see it.`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#death);
  }
}

/**
 * Copies of tensors, which a message can take along as they are: it would copy them once more, and the whole memory of a
 * view. They lie where those of the last run did, if they are as long.
 */
function copyOf(feeds: Readonly<Record<string, RuntimeTensor>>, spare: Readonly<Record<string, TensorMessage>>): Record<string, TensorMessage> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, data, dims }]) => {
      const values = data as RuntimeData;
      const used = spare[name]?.data;
      if (used?.length !== values.length || used.BYTES_PER_ELEMENT !== values.BYTES_PER_ELEMENT) return [name, { type, data: values.slice(), dims }];
      (used as Float32Array).set(values as Float32Array);
      return [name, { type, data: used, dims }];
    }),
  );
}

const classes = { Float32Array, Int32Array, BigInt64Array, Uint8Array };

/** The same memory, of this thread's own class: a test runner may have classes of its own. */
function ofThisThread(data: RuntimeData): RuntimeData {
  const Class = classes[data.constructor.name as keyof typeof classes] as unknown as typeof Float32Array;
  return new Class(data.buffer as ArrayBuffer, data.byteOffset, data.length);
}
