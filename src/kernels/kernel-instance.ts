import { builtFile } from '../core/built-file.ts';
import { compileKernels } from './compile-kernels.ts';
import { compileFusedPanels } from './fused-panels.ts';
import type { KernelExports } from './kernel-exports.ts';
import { webAssembly, type WebAssemblyMemory } from './web-assembly.ts';

/** The compiled kernels with a memory of their own. */
export interface KernelInstance {
  readonly exports: KernelExports;
  readonly memory: WebAssemblyMemory;
  /** What was compiled; another thread can be given it. */
  readonly modules: KernelModules;
}

/** All kernels, and some of them again, where they can be had, with fused multiply-add. */
export interface KernelModules {
  readonly all: object;
  readonly fusedPanels: object | undefined;
}

/** What a further thread on the same memory runs. */
export const KERNEL_THREAD = builtFile('kernels/kernel-thread.js');

/** What a memory may grow to: all that 32-bit addresses reach. */
const MAXIMUM_PAGES = 65_536;

let modules: KernelModules | null | undefined;

/**
 * A new instance; the files are read and compiled (synchronously) the first time only.
 *
 * The memory is declared shared although one thread alone uses it: views of a shared memory stay valid
 * when it grows, where those of an ordinary one would be detached.
 *
 * @returns undefined where the kernels were not built or WebAssembly is switched off; the twins then do the work
 */
export function newKernelInstance(): KernelInstance | undefined {
  modules ??= compile();
  if (modules === null || webAssembly === undefined) return undefined;
  const memory = new webAssembly.Memory({ initial: 1, maximum: MAXIMUM_PAGES, shared: true });
  return { exports: kernelsOn(modules, memory), memory, modules };
}

/** The kernels on a memory that is there, in another thread; constants are written anew, the same ones. */
export function kernelsOn({ all, fusedPanels }: KernelModules, memory: WebAssemblyMemory): KernelExports {
  // V8 tells threads of a memory's growth, but not one that was being handed the memory just then: it would keep the old size,
  // and whatever is held to that (filling, waiting) would fail beyond it. To grow by nothing is to look.
  memory.grow(0);
  const exportsOf = (compiled: object): object => new webAssembly!.Instance(compiled, { env: { memory } }).exports;
  return { ...exportsOf(all), ...(fusedPanels && exportsOf(fusedPanels)) } as KernelExports;
}

function compile(): KernelModules | null {
  const all = compileKernels('kernels.wasm');
  return all && { all, fusedPanels: compileFusedPanels() };
}
