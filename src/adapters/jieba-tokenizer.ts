import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { loadPackage } from './load-package.ts';

export interface JiebaOptions {
  /** 'exact' cuts a sentence once; 'search' cuts long words again into the words they hold; 'all' gives every word there is. Default 'exact'. */
  mode?: 'exact' | 'search' | 'all';
  /** Whether words outside the dictionary are guessed by a hidden Markov model. Default true. */
  hmm?: boolean;
}

interface Jieba {
  cut(text: string, hmm?: boolean): string[];
  cutAll(text: string): string[];
  cutForSearch(text: string, hmm?: boolean): string[];
}

const MODES = ['exact', 'search', 'all'];

/**
 * A tokenizer for Chinese text, by @node-rs/jieba with its own dictionary; white space and punctuation are left out.
 * @throws RefitError when @node-rs/jieba is not installed
 *
 * @example
 * const tokenizer = await jiebaTokenizer();
 * new CountVectorizer({ tokenizer }); // 我来到北京清华大学 → 我, 来到, 北京, 清华大学
 */
export async function jiebaTokenizer({ mode = 'exact', hmm = true }: JiebaOptions = {}): Promise<(text: string) => string[]> {
  if (!MODES.includes(mode)) throw new OptionError(`jiebaTokenizer: mode must be one of ${MODES.map(show).join(', ')}, got ${show(mode)}.`);
  const { Jieba: Segmenter } = await loadPackage<{ Jieba: { withDict(dict: Uint8Array): Jieba } }>('jiebaTokenizer', '@node-rs/jieba');
  const { dict } = await loadPackage<{ dict: Uint8Array }>('jiebaTokenizer', '@node-rs/jieba/dict.js');
  const jieba = Segmenter.withDict(dict);
  const cut = { exact: (text: string) => jieba.cut(text, hmm), search: (text: string) => jieba.cutForSearch(text, hmm), all: (text: string) => jieba.cutAll(text) }[mode];
  return (text) => cut(text).filter((word) => /[\p{L}\p{N}]/u.test(word));
}
