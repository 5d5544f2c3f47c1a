/** The part of the WebAssembly interface that the kernels use; the Node 20 types leave it out. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike;
  /** Adds pages of 64 KiB. @throws RangeError when they cannot be had. */
  grow(pages: number): number;
}

interface WebAssemblyInterface {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
  Memory: new (description: { initial: number; maximum: number; shared: boolean }) => WebAssemblyMemory;
}

/** Undefined where Node runs without a compiler (`--jitless`). */
export const webAssembly = (globalThis as { WebAssembly?: WebAssemblyInterface }).WebAssembly;
