import type { KernelExports } from './kernel-exports.ts';
import { newKernelInstance, type KernelInstance } from './kernel-instance.ts';

/** The first page belongs to the kernels' constants. */
const BASE = 65_536;
const PAGE = 65_536;
const ADDRESSABLE = 2 ** 32;
/** A memory that grew beyond this is given back once nobody uses it. */
const KEPT_BYTES = 64 * 2 ** 20;
/** Pointers are multiples of this. */
const ALIGNMENT = 16;

/** Where a block of bytes lies. */
export interface Block {
  buffer: ArrayBufferLike;
  offset: number;
}

/** This thread's instance and the end of what is handed out. */
let instance: KernelInstance | undefined;
let top = BASE;
/** Bytes from here on were never handed out: they are zero. */
let untouched = BASE;
/** How many `withMemory` calls are under way. */
let depth = 0;
let isDisabled = false;
/** Every buffer the memory has had: growth makes a new one, and earlier views keep the old. */
const buffers = new Set<ArrayBufferLike>();

/** Runs `work`, then takes back all that was allocated meanwhile, also after an error. Calls nest. */
export function withMemory<Result>(work: () => Result): Result {
  if (!isDisabled) instance ??= newKernelInstance();
  const mark = top;
  depth++;
  try {
    return work();
  } finally {
    top = mark;
    depth--;
    if (depth === 0 && instance !== undefined && instance.memory.buffer.byteLength > KEPT_BYTES) {
      instance = undefined;
      untouched = BASE;
      buffers.clear();
    }
  }
}

/** Runs `work` on the twins alone, as on a machine without the compiled kernels; for tests and comparisons. */
export function withoutKernels<Result>(work: () => Result): Result {
  const before = isDisabled;
  isDisabled = true;
  try {
    return work();
  } finally {
    isDisabled = before;
  }
}

/** The compiled kernels if every array given lies in their memory; a kernel then takes `byteOffset`s. */
export function kernelsFor(a: ArrayBufferView, b: ArrayBufferView = a, c: ArrayBufferView = b): KernelExports | undefined {
  return buffers.has(a.buffer) && (b === a || buffers.has(b.buffer)) && (c === b || buffers.has(c.buffer)) ? instance?.exports : undefined;
}

/**
 * Bytes from the top of this thread's memory, which grows as needed; for use within `withMemory`. Where the
 * kernels were not built, or 4 GiB are exceeded, an ordinary buffer, which the twins can work on.
 */
export function allocate(bytes: number, zeroed: boolean): Block {
  if (instance === undefined || isDisabled) return { buffer: new ArrayBuffer(bytes), offset: 0 };
  const { memory, exports } = instance;
  const end = top + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  if (end > memory.buffer.byteLength && !grow(memory, end)) return { buffer: new ArrayBuffer(bytes), offset: 0 };
  const offset = top;
  top = end;
  buffers.add(memory.buffer);
  if (zeroed && offset < untouched) exports.clear(offset, Math.min(end, untouched) - offset);
  untouched = Math.max(untouched, end);
  return { buffer: memory.buffer, offset };
}

/** By at least an eighth, so that many small requests cost few growths. @returns whether `end` bytes are there */
function grow(memory: KernelInstance['memory'], end: number): boolean {
  const held = memory.buffer.byteLength;
  if (end > ADDRESSABLE) return false;
  const wanted = Math.min(Math.max(end, held + held / 8), ADDRESSABLE);
  try {
    memory.grow(Math.ceil((wanted - held) / PAGE));
    return true;
  } catch {
    return false;
  }
}
