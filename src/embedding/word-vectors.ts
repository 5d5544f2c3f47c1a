import { DataError, ShapeError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show } from '../core/show.ts';

/** A word with how near it is: the cosine of the angle between two vectors, −1 … 1. */
export interface Neighbour {
  word: string;
  similarity: number;
}

/** Words to be near to, and words to be far from. */
export interface Analogy {
  positive: readonly string[];
  negative?: readonly string[];
}

/** WordVectors as plain data. */
export type WordVectorsParts = Pick<WordVectors, 'words' | 'vectors' | 'size'>;

/**
 * Words with a vector each, and what is asked of them.
 *
 * @example
 * const vectors = await readWordVectors('glove.6B.100d.txt');
 * vectors.mostSimilar({ positive: ['king', 'woman'], negative: ['man'] }, 1); // [{ word: 'queen', similarity: 0.77 }]
 */
export class WordVectors {
  readonly words: readonly string[];
  /** words × size, row-major. */
  readonly vectors: Float32Array;
  /** Length of a vector. */
  readonly size: number;
  readonly #rows: ReadonlyMap<string, number>;
  #norms: Float64Array | undefined;

  /** @throws ShapeError unless there are `size` numbers for each word; DataError for a word that comes twice */
  constructor(words: readonly string[], vectors: Float32Array, size: number) {
    if (!Number.isInteger(size) || size < 1 || vectors.length !== words.length * size) {
      throw new ShapeError(`WordVectors: vectors must hold ${size} numbers for each of ${words.length} words, got ${vectors.length}.`);
    }
    this.#rows = new Map(words.map((word, i) => [word, i]));
    if (this.#rows.size < words.length) {
      const twice = words.find((word, i) => this.#rows.get(word) !== i);
      throw new DataError(`WordVectors: every word must come once, got ${show(twice)} twice.`);
    }
    this.words = words;
    this.vectors = vectors;
    this.size = size;
  }

  /** What it is made of, for saving; `fromParts` is the way back. */
  toParts(): WordVectorsParts {
    return { words: this.words, vectors: this.vectors, size: this.size };
  }

  static fromParts({ words, vectors, size }: WordVectorsParts): WordVectors {
    return new WordVectors(words, vectors, size);
  }

  has(word: string): boolean {
    return this.#rows.has(word);
  }

  /** Position in `words`, or undefined. */
  rowOf(word: string): number | undefined {
    return this.#rows.get(word);
  }

  /** The word's vector as a view, not a copy. @throws DataError for an unknown word */
  vector(word: string): Float32Array {
    const row = this.#known(word) * this.size;
    return this.vectors.subarray(row, row + this.size);
  }

  /** Cosine of the angle between two words' vectors; 0 where one is zero. @throws DataError for an unknown word */
  similarity(a: string, b: string): number {
    const i = this.#known(a);
    const j = this.#known(b);
    let sum = 0;
    for (let c = 0; c < this.size; c++) sum += this.vectors[i * this.size + c] * this.vectors[j * this.size + c];
    const norms = this.#lengths();
    return norms[i] * norms[j] === 0 ? 0 : sum / (norms[i] * norms[j]);
  }

  /**
   * The nearest words by cosine, nearest first, without those asked with. Of several words the unit vectors are
   * added, of negative ones subtracted.
   * Counterpart: gensim's KeyedVectors.most_similar.
   * @throws DataError for an unknown word
   */
  mostSimilar(to: string | Analogy, count = 10): Neighbour[] {
    const { positive, negative = [] } = typeof to === 'string' ? { positive: [to] } : to;
    const norms = this.#lengths();
    const target = new Float64Array(this.size);
    const asked = new Set<number>();
    for (const [list, sign] of [[positive, 1], [negative, -1]] as const) {
      for (const word of list) {
        const row = this.#known(word);
        asked.add(row);
        for (let c = 0; c < this.size; c++) target[c] += norms[row] === 0 ? 0 : (sign * this.vectors[row * this.size + c]) / norms[row];
      }
    }
    const length = Math.sqrt(target.reduce((sum, value) => sum + value * value, 0));
    const found: { row: number; similarity: number }[] = [];
    for (let row = 0; row < this.words.length; row++) {
      if (asked.has(row) || norms[row] === 0 || length === 0) continue;
      let sum = 0;
      for (let c = 0; c < this.size; c++) sum += target[c] * this.vectors[row * this.size + c];
      found.push({ row, similarity: sum / (norms[row] * length) });
    }
    found.sort((a, b) => b.similarity - a.similarity);
    return found.slice(0, count).map(({ row, similarity }) => ({ word: this.words[row], similarity }));
  }

  #lengths(): Float64Array {
    if (this.#norms) return this.#norms;
    const norms = new Float64Array(this.words.length);
    for (let i = 0; i < norms.length; i++) {
      let sum = 0;
      for (let c = i * this.size; c < (i + 1) * this.size; c++) sum += this.vectors[c] * this.vectors[c];
      norms[i] = Math.sqrt(sum);
    }
    return (this.#norms = norms);
  }

  #known(word: string): number {
    const row = this.#rows.get(word);
    if (row !== undefined) return row;
    const near = this.words.length <= 50_000 ? nearestName(word, this.words) : undefined;
    throw new DataError(`WordVectors: there is no vector for ${show(word)}.${near ? ` Did you mean ${show(near)}?` : ''} Ask has(word) first.`);
  }
}
