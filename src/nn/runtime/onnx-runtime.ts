import { RefitError } from '../../core/errors.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { installCommand } from './install-command.ts';

/** What is needed of onnxruntime-node. */
export interface OnnxRuntime {
  readonly Tensor: new (type: string, data: RuntimeData, shape: readonly number[]) => RuntimeTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<NativeSession>;
  };
}

export type RuntimeData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

export interface RuntimeTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** A session of the runtime itself: outputs are asked for by name, null or where to write them; copies come back of all. */
interface NativeSession extends Pick<RuntimeSession, 'inputNames' | 'outputNames' | 'release'> {
  run(feeds: Readonly<Record<string, RuntimeTensor>>, fetches: Readonly<Record<string, RuntimeTensor | null>>): Promise<Readonly<Record<string, RuntimeTensor>>>;
}

export interface RuntimeSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Computes every output. Those named in `places` are written where those tensors lie; what comes back under their names is not to be read. */
  run(feeds: Readonly<Record<string, RuntimeTensor>>, places?: Readonly<Record<string, RuntimeTensor>>): Promise<Readonly<Record<string, RuntimeTensor>>>;
  release(): Promise<void>;
}

/**
 * onnxruntime-node, loaded when a net is first compiled: everything else works without it. `load` is for tests.
 * @throws RefitError saying what to do where it is missing or has no binary for this machine.
 */
export async function onnxRuntime(owner: string, load: () => Promise<unknown> = () => import('onnxruntime-node')): Promise<OnnxRuntime> {
  try {
    return (await load()) as OnnxRuntime;
  } catch (error) {
    throw new RefitError(
      `${owner}: onnxruntime-node must be installed with a binary for ${process.platform}-${process.arch}, it could not be loaded (${(error as Error).message.split('\n')[0]}). ` +
        `Run ${installCommand()}; it has binaries for Linux and Windows on x64 and arm64 and for macOS on arm64.`,
      { cause: error },
    );
  }
}

/**
 * A session on this many threads inside an operator. With `constantWeights` the runtime lays out images as its fastest
 * operators like them; where weights are inputs, it can do so for a few of them only, and turning back and forth costs more.
 */
export async function createSession(owner: string, model: Uint8Array, threads: number, { constantWeights = false } = {}): Promise<{ runtime: OnnxRuntime; session: RuntimeSession }> {
  const runtime = await onnxRuntime(owner);
  const session = await runtime.InferenceSession.create(model, { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: constantWeights ? 'all' : 'extended', logSeverityLevel: 3 });
  const { inputNames, outputNames } = session;
  const wanted = Object.fromEntries(outputNames.map((name) => [name, null]));
  return {
    runtime,
    session: {
      inputNames,
      outputNames,
      run: async (feeds, places = {}) => {
        const results = await session.run(feeds, { ...wanted, ...places });
        for (const name of Object.keys(places)) giveBackMemory(results[name].data as RuntimeData);
        return results;
      },
      release: () => session.release(),
    },
  };
}
