import type { Arena } from './arena.ts';
import type { KernelExports } from './kernel-exports.ts';
import { kernelsFor } from './kernel-memory.ts';
import { type GramTables, rehashGrams } from './twins/grams.ts';

/**
 * Sequences of tokens as nodes of a trie, with a hash table that finds them, growing as needed. Tokens are nodes
 * 0 … roots − 1; a longer sequence is the node of its parent with one more token, and newer than its parent.
 */
export class GramTable implements GramTables {
  readonly roots: number;
  /** Number of nodes, and whatever a kernel counts besides. */
  readonly state: Int32Array;
  slots: Int32Array;
  parents: Int32Array;
  lasts: Int32Array;
  isFeature: Uint8Array;
  readonly #arena: Arena;
  /** Nodes from here on are in the hash table. */
  #found: number;

  constructor(arena: Arena, roots: number) {
    this.#arena = arena;
    this.roots = roots;
    this.#found = roots;
    this.state = arena.int32(2);
    this.state[0] = roots;
    this.slots = arena.int32(1 << 14);
    this.parents = arena.int32(roots + (1 << 12));
    this.lasts = arena.int32(roots + (1 << 12));
    this.isFeature = arena.uint8(roots + (1 << 12));
  }

  /** Number of nodes. */
  get size(): number {
    return this.state[0];
  }

  /**
   * Forgets where the nodes so far are found, for sequences that are longer than all of them: the table is
   * smaller for it, and faster.
   */
  startLength(): void {
    this.#found = this.size;
    const kernels = kernelsFor(this.slots);
    if (kernels) kernels.clear(this.slots.byteOffset, this.slots.byteLength);
    else this.slots.fill(0);
  }

  /** Room for so many more nodes. */
  reserve(more: number): void {
    const nodes = this.size + more;
    if (nodes > this.parents.length) {
      this.parents = this.#arena.longerInt32(this.parents, nodes);
      this.lasts = this.#arena.longerInt32(this.lasts, nodes);
      this.isFeature = this.#arena.longerUint8(this.isFeature, nodes);
    }
    let length = this.slots.length;
    while (length < 8 * (nodes - this.#found)) length *= 2;
    if (length > this.slots.length) this.#rehash(length);
  }

  #rehash(length: number): void {
    const slots = this.#arena.int32(length);
    const kernels = kernelsFor(this.slots, slots);
    if (kernels) kernels.rehashGrams(this.slots.byteOffset, this.slots.length >> 2, slots.byteOffset, (length >> 2) - 1);
    else rehashGrams(this.slots, slots);
    this.slots = slots;
  }

  /** The compiled kernels if the whole table lies in their memory. */
  kernels(): KernelExports | undefined {
    return kernelsFor(this.slots, this.parents, this.lasts) && kernelsFor(this.isFeature, this.state);
  }

  /**
   * Splits items 0 … count − 1 into runs and calls `work` for each, after making room for the nodes that the run
   * may bring. Runs are longer the more nodes there are, so that room is made rarely and little is left over.
   * @param most how many nodes item i may bring
   */
  inRuns(count: number, most: (i: number) => number, work: (from: number, to: number, nodes: number) => void): void {
    for (let from = 0; from < count; ) {
      const budget = Math.max(1 << 15, (this.size - this.#found) >> 2);
      let nodes = most(from);
      let to = from + 1;
      while (to < count && nodes + most(to) <= budget) nodes += most(to++);
      this.reserve(nodes);
      work(from, to, nodes);
      from = to;
    }
  }
}
