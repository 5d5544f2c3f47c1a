import { compileKernels } from './compile-kernels.ts';
import { webAssembly } from './web-assembly.ts';

/** What assembly/training/*.ts exports; see there for what each does. */
interface TrainingKernels {
  sgdStep(n: number, values: number, gradient: number, velocity: number, lr: number, momentum: number, share: number, decay: number, nesterov: number): void;
  adamStep(
    n: number,
    values: number,
    gradient: number,
    first: number,
    second: number,
    oneLessBeta1: number,
    beta2: number,
    oneLessBeta2: number,
    eps: number,
    stepSize: number,
    scale: number,
    decay: number,
    keep: number,
  ): void;
  rmspropStep(n: number, values: number, gradient: number, squares: number, velocity: number, mean: number, lr: number, alpha: number, oneLessAlpha: number, eps: number, decay: number, momentum: number): void;
  squaredNorm(n: number, x: number): number;
  addRows(n: number, size: number, table: number, ids: number, rows: number): void;
}

const PAGE = 65_536;
/** The first bytes stay free: a pointer of 0 stands for no vector. */
const START = 16;
const MOST_PAGES = 65_536;

let module: object | null | undefined;
const kernelsOf = new WeakMap<ArrayBufferLike, TrainingKernels>();

/**
 * Vectors of these lengths, all zero, in a WebAssembly memory of their own that lives as long as they do. It is not
 * shared, unlike that of the other kernels: ONNX Runtime reads ordinary memory only, and it reads the weights where
 * they are. Where the kernels were not built, or 4 GiB do not suffice, ordinary arrays.
 */
export function trainingVectors(lengths: readonly number[]): Float32Array[] {
  // Each begins at a multiple of 16 bytes.
  const offsets: number[] = [];
  let end = START;
  for (const length of lengths) {
    offsets.push(end);
    end += Math.ceil(length / 4) * 16;
  }
  const buffer = memoryOf(Math.ceil(end / PAGE));
  return lengths.map((length, i) => (buffer ? new Float32Array(buffer, offsets[i], length) : new Float32Array(length)));
}

/** The compiled kernels if every vector given lies in their memory; they then take `byteOffset`s. */
export function trainingKernelsFor(first: Float32Array, ...others: (Float32Array | undefined)[]): TrainingKernels | undefined {
  return others.every((vector) => vector === undefined || vector.buffer === first.buffer) ? kernelsOf.get(first.buffer) : undefined;
}

function memoryOf(pages: number): ArrayBufferLike | undefined {
  module ??= compileKernels('training.wasm');
  if (module === null || webAssembly === undefined || pages > MOST_PAGES) return undefined;
  try {
    const memory = new webAssembly.Memory({ initial: pages, maximum: pages, shared: false });
    const { exports } = new webAssembly.Instance(module, { env: { memory } });
    kernelsOf.set(memory.buffer, exports as TrainingKernels);
    return memory.buffer;
  } catch {
    return undefined;
  }
}
