import { parentPort } from 'node:worker_threads';
import { createSession, type OnnxRuntime, type RuntimeData, type RuntimeSession } from './onnx-runtime.ts';

/** A tensor as plain data. */
export interface TensorMessage {
  type: string;
  data: RuntimeData;
  dims: readonly number[];
}

/** What the thread is asked: to open a session under a number, to run it, to close it. */
export type SessionRequest =
  | { kind: 'open'; session: number; owner: string; model: Uint8Array; threads: number }
  | { kind: 'run'; session: number; feeds: Record<string, TensorMessage> }
  | { kind: 'close'; session: number };

/** What it answers, to one request after the other. */
export type SessionReply = { inputNames: readonly string[]; outputNames: readonly string[] } | { outputs: Record<string, TensorMessage>; feeds: Record<string, TensorMessage> } | { closed: true } | { error: Error };

/** The memory that tensors lie in, as a list of what a message moves. */
const memoryOf = (...tensors: Readonly<Record<string, TensorMessage>>[]): ArrayBuffer[] => [...new Set(tensors.flatMap((some) => Object.values(some)).map(({ data }) => data.buffer as ArrayBuffer))];

const sessions = new Map<number, { runtime: OnnxRuntime; session: RuntimeSession }>();

async function answer(request: SessionRequest): Promise<SessionReply> {
  if (request.kind === 'open') {
    const opened = await createSession(request.owner, request.model, request.threads);
    sessions.set(request.session, opened);
    return { inputNames: opened.session.inputNames, outputNames: opened.session.outputNames };
  }
  const { runtime, session } = sessions.get(request.session)!;
  if (request.kind === 'close') {
    sessions.delete(request.session);
    await session.release();
    return { closed: true };
  }
  const feeds = Object.entries(request.feeds).map(([name, { type, data, dims }]) => [name, new runtime.Tensor(type, data, dims)]);
  const results = Object.entries(await session.run(Object.fromEntries(feeds)));
  return { outputs: Object.fromEntries(results.map(([name, { type, data, dims }]) => [name, { type, data: data as RuntimeData, dims }])), feeds: request.feeds };
}

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: SessionRequest) => {
  last = last.then(async () => {
    let reply: SessionReply;
    try {
      reply = await answer(request);
    } catch (error) {
      reply = { error: error as Error };
    }
    // Outputs move, as nobody else has them, and feeds move back: their memory serves for the next ones.
    parentPort!.postMessage(reply, 'outputs' in reply ? memoryOf(reply.feeds, reply.outputs) : []);
  });
});
