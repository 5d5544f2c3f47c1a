import { WorkerError } from '../../core/errors.ts';
import type { TensorMessage } from '../session-worker.ts';
import type { OnnxRuntime, RuntimeData, RuntimeSession, RuntimeTensor } from './onnx-runtime.ts';
import { sessionThread } from './session-thread.ts';

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

/**
 * A session in another thread: the runtime computes there, and this thread's event loop stays free. What it takes and
 * gives is copied once on the way. All sessions share one thread.
 *
 * @returns undefined where the library has not been built, so that there is no file for a thread
 * @throws RefitError where onnxruntime-node is missing
 */
export async function createThreadSession(owner: string, model: Uint8Array, threads: number): Promise<{ runtime: OnnxRuntime; session: RuntimeSession } | undefined> {
  const own = sessionThread();
  if (own === undefined) return undefined;
  /** What the last run was fed, back again. */
  let spare: Readonly<Record<string, TensorMessage>> = {};
  const session = own.newSession();
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
      release: () => own.close(session),
    },
  };
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
