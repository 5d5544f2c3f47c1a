import { compareCodePoints } from '../core/labels.ts';
import { comparePacked, type PackedTexts, packTexts, unpackTexts } from '../kernels/packed-texts.ts';
import type { FeatureCounts } from './feature-counts.ts';
import { sharedTexts } from './lasting.ts';
import { TermIndex } from './term-index.ts';

/** Terms by column. Texts are made when first asked for: fitting and transforming do without. */
export class Vocabulary {
  readonly length: number;
  /** Columns of features, −1 for those it lacks, or null where they are its own; kept as long as the features. */
  readonly found = new WeakMap<FeatureCounts, Int32Array | null>();
  readonly #isLearned: boolean;
  /** Makes the packed terms; forgotten once it has. */
  #make: (() => PackedTexts) | undefined;
  #packed: PackedTexts | undefined;
  #texts: readonly string[] | undefined;
  #order: Int32Array | undefined;
  #index: TermIndex | undefined;

  private constructor(length: number, make: () => PackedTexts, texts?: readonly string[]) {
    this.length = length;
    this.#make = make;
    this.#texts = texts;
    this.#isLearned = texts === undefined;
  }

  static ofTexts(texts: readonly string[]): Vocabulary {
    return new Vocabulary(texts.length, () => packTexts(texts), texts);
  }

  /** @param terms ascending by code point; kept, not copied */
  static ofPacked(terms: PackedTexts): Vocabulary {
    return new Vocabulary(terms.starts.length - 1, () => terms);
  }

  /**
   * Some of the terms. @param terms ascending @param columns term → column, ascending, −1 for those left out; both kept until
   * the vocabulary is first read
   */
  static someOf(terms: PackedTexts, columns: Int32Array, length: number): Vocabulary {
    return new Vocabulary(length, () => takeTexts(terms, columns, length));
  }

  packed(): PackedTexts {
    if (this.#make) {
      this.#packed = this.#make();
      this.#make = undefined;
    }
    return this.#packed as PackedTexts;
  }

  texts(): readonly string[] {
    this.#texts ??= unpackTexts(this.packed());
    return this.#texts;
  }

  /** Columns in ascending order of their terms. */
  order(): Int32Array {
    if (this.#order === undefined) {
      const order = new Int32Array(this.length);
      for (let col = 0; col < order.length; col++) order[col] = col;
      if (!this.#isAscending()) {
        const texts = this.texts();
        order.sort((a, b) => compareCodePoints(texts[a], texts[b]));
      }
      this.#order = order;
    }
    return this.#order;
  }

  /** Learned terms are; given and loaded ones may be. */
  #isAscending(): boolean {
    if (this.#isLearned) return true;
    const terms = this.packed();
    for (let col = 1; col < this.length; col++) if (comparePacked(terms, col - 1, terms, col) >= 0) return false;
    return true;
  }

  /** The column of term t of `terms`, or −1. */
  find(terms: PackedTexts, t: number): number {
    this.#index ??= new TermIndex(this.packed());
    return this.#index.find(terms, t);
  }

  /** Whether terms ascend because they were learned, so that nobody need look. */
  get isLearned(): boolean {
    return this.#isLearned;
  }

  /** Whether `find` has been used, so that it costs no more than looking. */
  get isIndexed(): boolean {
    return this.#index !== undefined;
  }
}

function takeTexts(terms: PackedTexts, columns: Int32Array, length: number): PackedTexts {
  const starts = new Int32Array(length + 1);
  for (let t = 0; t < columns.length; t++) {
    const col = columns[t];
    if (col >= 0) starts[col + 1] = starts[col] + terms.starts[t + 1] - terms.starts[t];
  }
  const bytes = new Uint8Array(starts[length]);
  for (let t = 0; t < columns.length; t++) {
    if (columns[t] >= 0) bytes.set(terms.bytes.subarray(terms.starts[t], terms.starts[t + 1]), starts[columns[t]]);
  }
  return { bytes, starts };
}

/** A vocabulary of terms that lie in an arena, copied. */
export function lastingVocabulary(terms: PackedTexts): Vocabulary {
  return Vocabulary.ofPacked(sharedTexts(terms));
}
