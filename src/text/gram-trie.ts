import { grown } from './int32-list.ts';

/**
 * Sequences of token numbers as nodes of a trie: a node is its parent's sequence with one more token. The tokens
 * themselves are nodes 0 … roots − 1. A longer sequence costs one probe of a hash table per token, and no string.
 */
export class GramTrie {
  readonly roots: number;
  size: number;
  /** −1 for the tokens themselves. */
  parent: Int32Array;
  /** Last token of a node's sequence. */
  last: Int32Array;
  /** Open addressing: node + 1, or 0 where free. Tokens are not in it. */
  #slots = new Int32Array(1 << 12);

  constructor(roots: number) {
    this.roots = roots;
    this.size = roots;
    this.parent = new Int32Array(Math.max(1024, roots * 2)).fill(-1);
    this.last = new Int32Array(this.parent.length);
    for (let token = 0; token < roots; token++) this.last[token] = token;
  }

  /** The node of a node's sequence followed by `token`; made when it is new. */
  child(node: number, token: number): number {
    const mask = this.#slots.length - 1;
    let at = hash(node, token) & mask;
    for (;;) {
      const found = this.#slots[at] - 1;
      if (found < 0) return this.#add(node, token, at);
      if (this.parent[found] === node && this.last[found] === token) return found;
      at = (at + 1) & mask;
    }
  }

  #add(parent: number, token: number, at: number): number {
    const node = this.size++;
    if (node === this.parent.length) {
      this.parent = grown(this.parent, node * 2);
      this.last = grown(this.last, node * 2);
    }
    this.parent[node] = parent;
    this.last[node] = token;
    this.#slots[at] = node + 1;
    if ((this.size - this.roots) * 2 > this.#slots.length) this.#rehash();
    return node;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let node = this.roots; node < this.size; node++) {
      let at = hash(this.parent[node], this.last[node]) & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = node + 1;
    }
    this.#slots = slots;
  }
}

function hash(node: number, token: number): number {
  let h = Math.imul(node, 0x9e3779b1) ^ Math.imul(token, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
