import { parentPort } from 'node:worker_threads';
import { optimizerOf, type OptimizerRecord } from './optimizers/named-optimizers.ts';
import type { Batch } from './runtime/feed-batch.ts';
import { createSession, type OnnxRuntime, type RuntimeData, type RuntimeSession } from './runtime/onnx-runtime.ts';

import { type OneThreadGraph, StepEngine, type StepPlan, type StepResult } from './runtime/step-engine.ts';
import { hasDiverged } from './training/divergence.ts';

/** A tensor as plain data. */
export interface TensorMessage {
  type: string;
  data: RuntimeData;
  dims: readonly number[];
}

/** All that training changes: the vector of variables, and what the optimiser remembers. */
export interface TrainingState {
  readonly values: Float32Array;
  readonly slots: readonly Float32Array[];
  readonly steps: number;
}

/** What the thread is asked about a session under a number. A training holds its variables itself until it is asked for them. */
export type SessionRequest =
  | { kind: 'open'; session: number; owner: string; model: Uint8Array; threads: number }
  | { kind: 'run'; session: number; feeds: Record<string, TensorMessage> }
  | { kind: 'close'; session: number }
  | { kind: 'train'; session: number; owner: string; model: Uint8Array; threads: number; alone: OneThreadGraph | undefined; plan: StepPlan; optimizer: OptimizerRecord }
  | { kind: 'step'; session: number; batch: Batch; lr: number; seed: number; firstLoss: number | undefined; state: TrainingState | undefined }
  | { kind: 'state'; session: number };

/** What it answers, to one request after the other. */
export type SessionReply =
  | { inputNames: readonly string[]; outputNames: readonly string[] }
  | { outputs: Record<string, TensorMessage>; feeds: Record<string, TensorMessage> }
  | { result: StepResult }
  | { state: TrainingState }
  | { done: true }
  | { error: Error };

interface Training {
  readonly engine: StepEngine;
  /** A batch in this thread's own memory: the runtime reads no other. */
  batch: Batch;
  /** What the step came to after which no other may follow. */
  halted: StepResult | undefined;
}

const sessions = new Map<number, { runtime: OnnxRuntime; session: RuntimeSession }>();
const trainings = new Map<number, Training>();

/** The answer, and the arrays in it that move over, as nobody else has them. */
async function answer(request: SessionRequest): Promise<[reply: SessionReply, moved: readonly RuntimeData[]]> {
  switch (request.kind) {
    case 'open': {
      const opened = await createSession(request.owner, request.model, request.threads);
      sessions.set(request.session, opened);
      return [{ inputNames: opened.session.inputNames, outputNames: opened.session.outputNames }, []];
    }
    case 'run': {
      const { runtime, session } = sessions.get(request.session)!;
      const feeds = Object.entries(request.feeds).map(([name, { type, data, dims }]) => [name, new runtime.Tensor(type, data, dims)]);
      const results = Object.entries(await session.run(Object.fromEntries(feeds)));
      const outputs = Object.fromEntries(results.map(([name, { type, data, dims }]) => [name, { type, data: data as RuntimeData, dims }]));
      // Feeds move back: their memory serves for the next ones.
      return [{ outputs, feeds: request.feeds }, [...Object.values(outputs), ...Object.values(request.feeds)].map(({ data }) => data)];
    }
    case 'train': {
      const { owner, model, threads, alone, plan } = request;
      const fewRows = alone && { end: 2 * threads, gradients: alone.gradients, open: async () => (await createSession(owner, alone.model, 1)).session };
      trainings.set(request.session, { engine: new StepEngine(plan, optimizerOf(request.optimizer), await createSession(owner, model, threads), fewRows), batch: {}, halted: undefined });
      return [{ done: true }, []];
    }
    case 'step':
      return [{ result: await step(trainings.get(request.session)!, request) }, []];
    case 'state': {
      const { values, memory } = trainings.get(request.session)!.engine;
      const state = { values: values.slice(), slots: memory.slots.map((slot) => slot.slice()), steps: memory.steps };
      return [{ state }, [state.values, ...state.slots]];
    }
    case 'close':
      await sessions.get(request.session)?.session.release();
      await trainings.get(request.session)?.engine.release();
      sessions.delete(request.session);
      trainings.delete(request.session);
      return [{ done: true }, []];
  }
}

async function step(training: Training, { batch, lr, seed, firstLoss, state }: Extract<SessionRequest, { kind: 'step' }>): Promise<StepResult> {
  const { engine } = training;
  if (state) {
    engine.values.set(state.values);
    engine.memory.slots.forEach((slot, i) => slot.set(state.slots[i]));
    engine.memory.steps = state.steps;
    training.halted = undefined;
  }
  // Steps are asked for before the ones before are judged: after a training went wrong, its weights stay as they are.
  if (training.halted) return training.halted;
  training.batch = Object.fromEntries(Object.entries(batch).map(([name, values]) => [name, intoOwn(values, training.batch[name])]));
  const result = await engine.run(training.batch, { lr, seed });
  if (hasDiverged({ ...result, firstLoss: firstLoss ?? result.loss })) training.halted = result;
  return result;
}

/** A copy, where that of the last batch lies if it is as long. */
function intoOwn(values: Float32Array | Int32Array, before: Float32Array | Int32Array | undefined): Float32Array | Int32Array {
  if (before?.length !== values.length) return values.slice();
  before.set(values);
  return before;
}

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (request: SessionRequest) => {
  last = last.then(async () => {
    let reply: SessionReply;
    let moved: readonly RuntimeData[] = [];
    try {
      [reply, moved] = await answer(request);
    } catch (error) {
      reply = { error: error as Error };
    }
    parentPort!.postMessage(reply, [...new Set(moved.map(({ buffer }) => buffer as ArrayBuffer))]);
  });
});
