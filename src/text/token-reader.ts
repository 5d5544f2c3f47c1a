import { DataError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { Arena } from '../kernels/arena.ts';
import { LetterInterner } from '../kernels/letter-interner.ts';
import { type PackedTexts, packTexts } from '../kernels/packed-texts.ts';
import type { ThreadTeam } from '../kernels/thread-team.ts';
import { WordInterner } from '../kernels/word-interner.ts';
import { type CompleteAnalyzerOptions, finding, joinSpaces, preparation } from './analysis.ts';
import { Int32List } from './int32-list.ts';
import { asRunPattern, type RunPattern } from './python-pattern.ts';
import type { Texts } from './texts.ts';

/**
 * Finds the tokens of one text after the other and gives every distinct token a number: 0, 1, 2, … in order of
 * appearance. A token is a word for 'word', what stands between white space for 'char_wb', one code point for
 * 'char', and a whole feature for an analyzer function. No n-grams yet.
 */
export interface TokenReader {
  /**
   * Appends the tokens of texts. Writes for each text how many tokens there are then, and how many of its runs were too short
   * to be tokens; `team` may help.
   */
  addAll(texts: Texts, ends: Int32Array, tooShort: Int32Array, team?: ThreadTeam): void;
  /** The number of every token; good until the arena ends. */
  heldIds(): Int32Array;
  /** The distinct tokens by number, packed; good until the arena ends. */
  packedTerms(): PackedTexts;
}

/** @param characters about how many UTF-16 units will be added */
export function tokenReader(owner: string, options: CompleteAnalyzerOptions, arena: Arena, characters: number): TokenReader {
  const { analyzer } = options;
  if (typeof analyzer === 'function') return new ListReader(owner, 'analyzer', analyzer);
  const prepared = preparation(owner, options);
  if (analyzer === 'char') return new LetterReader(arena, characters, prepared.prepare);
  const { tokenizer, tokenPattern } = options;
  const { prepare } = prepared;
  if (analyzer === 'word' && tokenizer !== null) return new ListReader(owner, 'tokenizer', (text) => tokenizer(prepare(text)));
  const runs = analyzer === 'char_wb' ? WORDS_BETWEEN_SPACES : asRunPattern(owner, tokenPattern);
  if (runs) return new WordInterner(arena, runs, characters, prepared);
  const find = finding(owner, tokenPattern);
  return new ListReader(owner, 'tokenPattern', (text) => find(prepare(text)));
}

/** Words of Python's `str.split()`: runs of what is no white space. */
const WORDS_BETWEEN_SPACES = asRunPattern('char_wb', /\S+/u) as RunPattern;

/** Reads one text after the other; no run is too short. */
abstract class OneByOne implements TokenReader {
  protected abstract add(text: string): void;
  protected abstract get length(): number;
  abstract heldIds(): Int32Array;
  abstract packedTerms(): PackedTexts;

  addAll(texts: Texts, ends: Int32Array): void {
    for (let i = 0; i < texts.length; i++) {
      this.add(texts[i]);
      ends[i] = this.length;
    }
  }
}

/** Code points, of each text after Python's `char` analyzer has joined its spaces. */
class LetterReader extends OneByOne {
  readonly #letters: LetterInterner;
  readonly #prepare: (text: string) => string;

  constructor(arena: Arena, characters: number, prepare: (text: string) => string) {
    super();
    this.#letters = new LetterInterner(arena, characters);
    this.#prepare = prepare;
  }

  protected add(text: string): void {
    this.#letters.add(joinSpaces(this.#prepare(text)));
  }

  protected get length(): number {
    return this.#letters.length;
  }

  heldIds(): Int32Array {
    return this.#letters.ids();
  }

  packedTerms(): PackedTexts {
    return packTexts(this.#letters.letters());
  }
}

/** Tokens that a function lists. */
class ListReader extends OneByOne {
  readonly #owner: string;
  readonly #option: string;
  readonly #list: (text: string) => Iterable<string>;
  readonly #ids = new Int32List();
  readonly #numbers = new Map<string, number>();

  /** @param option whose function it is, for errors */
  constructor(owner: string, option: string, list: (text: string) => Iterable<string>) {
    super();
    this.#owner = owner;
    this.#option = option;
    this.#list = list;
  }

  /** @throws DataError unless the function returns a list of texts */
  protected add(text: string): void {
    const tokens = this.#list(text);
    if (typeof tokens === 'string' || typeof (tokens as Partial<Iterable<string>> | null)?.[Symbol.iterator] !== 'function') {
      throw new DataError(`${this.#owner}: ${this.#option} must return a list of tokens, got ${show(tokens)}.`);
    }
    for (const token of tokens) {
      if (typeof token !== 'string') {
        throw new DataError(`${this.#owner}: ${this.#option} must return texts as tokens, got ${show(token)} among them.`);
      }
      let number = this.#numbers.get(token);
      if (number === undefined) this.#numbers.set(token, (number = this.#numbers.size));
      this.#ids.push(number);
    }
  }

  protected get length(): number {
    return this.#ids.length;
  }

  heldIds(): Int32Array {
    return this.#ids.values.subarray(0, this.#ids.length);
  }

  packedTerms(): PackedTexts {
    return packTexts([...this.#numbers.keys()]);
  }
}
