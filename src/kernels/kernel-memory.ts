import type { KernelExports } from './kernel-exports.ts';
import { newKernelInstance, type KernelInstance } from './kernel-instance.ts';

/** The first page belongs to the kernels' constants. */
const BASE = 65_536;
const PAGE = 65_536;
const ADDRESSABLE = 2 ** 32;
/**
 * A memory that grew beyond this is left to the garbage collector when nobody has used it for a while, and used again until
 * that comes: a new one of hundreds of megabytes costs a sixth of the work that fills it, as the system clears every page.
 */
const KEPT_BYTES = 64 * 2 ** 20;
/** How long that is; threads on the memory wait as long for work before they end. */
export const KEPT_MILLISECONDS = 2000;
/** Pointers are multiples of this. */
const ALIGNMENT = 16;

/** Where a block of bytes lies. */
export interface Block {
  buffer: ArrayBufferLike;
  offset: number;
}

/** An instance with what is known of its memory. */
interface Held extends KernelInstance {
  /** Bytes from here on were never handed out: they are zero. */
  untouched: number;
  /** The buffer that was handed out last. */
  newest: ArrayBufferLike | undefined;
  /** Every buffer the memory has had: growth makes a new one, and earlier views keep the old. */
  readonly buffers: Set<ArrayBufferLike>;
}

/** This thread's instance and the end of what is handed out. */
let instance: Held | undefined;
let released: WeakRef<Held> | undefined;
/** Holds what `released` refers to until the timer has it forgotten. */
let kept: Held | undefined;
let forgetting: NodeJS.Timeout | undefined;
let top = BASE;
/** How many `withMemory` calls are under way. */
let depth = 0;
let isDisabled = false;
let ceiling = ADDRESSABLE;

/**
 * Runs `work`, then takes back all that was allocated meanwhile, also after an error. Calls nest.
 *
 * Work that needs more than can be addressed begins again on ordinary buffers, which only the twins work on:
 * tables that one of the two has filled are not for the other to go on with.
 * @param instead what to do in place of that
 */
export function withMemory<Result>(work: () => Result, instead: () => Result = () => withoutKernels(() => withinMemory(work))): Result {
  try {
    return withinMemory(work);
  } catch (error) {
    if (!(error instanceof MemoryExhausted) || depth > 0) throw error;
    return instead();
  }
}

/** Thrown out of work that this thread's memory cannot hold. */
class MemoryExhausted extends Error {}

function withinMemory<Result>(work: () => Result): Result {
  if (!isDisabled) instance ??= kept ?? released?.deref() ?? newHeld();
  const mark = top;
  depth++;
  try {
    return work();
  } finally {
    top = mark;
    depth--;
    if (depth === 0 && instance !== undefined && instance.memory.buffer.byteLength > KEPT_BYTES) {
      released = new WeakRef(instance);
      keepForAWhile(instance);
      instance = undefined;
    }
  }
}

function keepForAWhile(held: Held): void {
  kept = held;
  forgetting = forgetting?.refresh() ?? setTimeout(() => (kept = undefined), KEPT_MILLISECONDS).unref();
}

function newHeld(): Held | undefined {
  const made = newKernelInstance();
  return made && { ...made, untouched: BASE, newest: undefined, buffers: new Set() };
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

/** Runs `work` with less memory than can be addressed; for tests of what then happens. */
export function withMemoryOf<Result>(bytes: number, work: () => Result): Result {
  const before = ceiling;
  ceiling = bytes;
  try {
    return work();
  } finally {
    ceiling = before;
  }
}

/** The compiled kernels if every array given lies in their memory; a kernel then takes `byteOffset`s. */
export function kernelsFor(a: ArrayBufferView, b: ArrayBufferView = a, c: ArrayBufferView = b): KernelExports | undefined {
  if (instance === undefined) return undefined;
  const { buffers, exports, newest } = instance;
  if (a.buffer === newest && b.buffer === newest && c.buffer === newest) return exports;
  return buffers.has(a.buffer) && (b === a || buffers.has(b.buffer)) && (c === b || buffers.has(c.buffer)) ? exports : undefined;
}

/**
 * Bytes from the top of this thread's memory, which grows as needed; for use within `withMemory`. Where the
 * kernels were not built, an ordinary buffer, which the twins can work on.
 * @param zeroFrom bytes from there on hold zeros; those before it whatever was there
 */
export function allocate(bytes: number, zeroFrom = bytes): Block {
  if (instance === undefined || isDisabled) return { buffer: new ArrayBuffer(bytes), offset: 0 };
  const { memory, exports, buffers, untouched } = instance;
  const end = top + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  if (end > ceiling || (end > memory.buffer.byteLength && !grow(memory, end))) {
    if (depth > 0) throw new MemoryExhausted(`Kernels: ${end} bytes cannot be addressed.`);
    return { buffer: new ArrayBuffer(bytes), offset: 0 };
  }
  const offset = top;
  top = end;
  instance.newest = memory.buffer;
  buffers.add(memory.buffer);
  const cleared = Math.min(end, untouched);
  if (zeroFrom < bytes && offset + zeroFrom < cleared) exports.clear(offset + zeroFrom, cleared - offset - zeroFrom);
  instance.untouched = Math.max(untouched, end);
  return { buffer: memory.buffer, offset };
}

/** This thread's instance, for threads that are to work on its memory; undefined where there is none. */
export function thisInstance(): KernelInstance | undefined {
  return isDisabled ? undefined : instance;
}

/** By at least an eighth, so that many small requests cost few growths. @returns whether `end` bytes are there */
function grow(memory: KernelInstance['memory'], end: number): boolean {
  const held = memory.buffer.byteLength;
  const wanted = Math.min(Math.max(end, held + held / 8), ADDRESSABLE);
  try {
    memory.grow(Math.ceil((wanted - held) / PAGE));
    return true;
  } catch {
    return false;
  }
}
