import { RefitError } from '../../core/errors.ts';

/** What is needed of onnxruntime-node. */
export interface OnnxRuntime {
  readonly Tensor: new (type: string, data: RuntimeData, shape: readonly number[]) => RuntimeTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<RuntimeSession>;
  };
}

export type RuntimeData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

export interface RuntimeTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

export interface RuntimeSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, RuntimeTensor>>): Promise<Readonly<Record<string, RuntimeTensor>>>;
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
        'Run npm install onnxruntime-node@1.30.0; it has binaries for Linux and Windows on x64 and arm64 and for macOS on arm64.',
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
  return { runtime, session };
}
