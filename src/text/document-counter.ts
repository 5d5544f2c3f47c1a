import { grown } from './int32-list.ts';

/**
 * Counts items document by document into three growing arrays. Within a document an item has one entry, in order
 * of appearance; which one, `marks` remembers from before: a mark from an earlier document lies before this
 * document's start and so needs no clearing.
 */
export class DocumentCounter {
  items = new Int32Array(1 << 14);
  counts = new Int32Array(1 << 14);
  length = 0;
  /** Where the current document's entries begin. */
  start = 0;
  /** Per item, the position of its latest entry; −1 for an item never counted. */
  marks: Int32Array;

  constructor(items: number) {
    this.marks = new Int32Array(Math.max(16, items)).fill(-1);
  }

  startDocument(): void {
    this.start = this.length;
  }

  add(item: number, times: number): void {
    if (item >= this.marks.length) this.marks = grown(this.marks, Math.max(item + 1, this.marks.length * 2), -1);
    if (this.length === this.items.length) this.#reserve(1);
    const mark = this.marks[item];
    if (mark >= this.start) {
      this.counts[mark] += times;
      return;
    }
    this.marks[item] = this.length;
    this.items[this.length] = item;
    this.counts[this.length++] = times;
  }

  /** Adds items[from] … items[to − 1], all smaller than the number of items the counter was made for. */
  addAll(added: Int32Array, from: number, to: number, times: number): void {
    this.#reserve(to - from);
    const { items, counts, marks, start } = this;
    let { length } = this;
    for (let k = from; k < to; k++) {
      const item = added[k];
      const mark = marks[item];
      if (mark >= start) {
        counts[mark] += times;
      } else {
        marks[item] = length;
        items[length] = item;
        counts[length++] = times;
      }
    }
    this.length = length;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.items.length) return;
    this.items = grown(this.items, Math.max(needed, this.items.length * 2));
    this.counts = grown(this.counts, this.items.length);
  }

  /** Forgets all documents, but keeps the arrays: for counting one document at a time. */
  restart(): void {
    for (let p = 0; p < this.length; p++) this.marks[this.items[p]] = -1;
    this.length = 0;
    this.start = 0;
  }
}
