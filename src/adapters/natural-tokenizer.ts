import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import { loadPackage } from './load-package.ts';

export interface NaturalTokenizerOptions {
  /** One of natural's tokenizer classes, by name. Default 'WordTokenizer'. */
  tokenizer?: string;
  /** One of natural's stemmers, by name ('PorterStemmer', 'PorterStemmerDe', 'LancasterStemmer', …). Default null: words stay whole. */
  stemmer?: string | null;
  /** 'SoundEx', 'Metaphone' or 'DoubleMetaphone': words become how they sound. Default null. */
  phonetics?: string | null;
  /** Options of the tokenizer's constructor, such as `{ pattern }` of RegexpTokenizer. Default none. */
  tokenizerOptions?: object;
}

/**
 * A tokenizer made of natural's parts: words, then their stems, then their sounds, for the `tokenizer` option of a vectorizer.
 * @throws OptionError for a name that natural lacks; RefitError when natural is not installed
 *
 * @example
 * const tokenizer = await naturalTokenizer({ stemmer: 'PorterStemmer' });
 * new TfidfVectorizer({ tokenizer, stopWords: await naturalStopWords() });
 */
export async function naturalTokenizer({
  tokenizer = 'WordTokenizer',
  stemmer = null,
  phonetics = null,
  tokenizerOptions,
}: NaturalTokenizerOptions = {}): Promise<(text: string) => string[]> {
  const natural = await loadPackage<Record<string, any>>('naturalTokenizer', 'natural');
  const Tokenizer = part(natural, 'tokenizer', tokenizer, 'Tokenizer') as new (options?: object) => { tokenize(text: string): string[] | null };
  const words = new Tokenizer(tokenizerOptions);
  const steps: ((word: string) => string)[] = [];
  if (stemmer !== null) {
    const { stem } = part(natural, 'stemmer', stemmer, 'Stemmer') as { stem(word: string): string };
    steps.push((word) => stem.call(natural[stemmer], word));
  }
  if (phonetics !== null) steps.push(sounds(part(natural, 'phonetics', phonetics, '')));
  return (text) => (words.tokenize(text) ?? []).map((word) => steps.reduce((changed, step) => step(changed), word)).filter((word) => word !== '');
}

/** Classes in one version of natural, objects in another. */
function sounds(algorithm: any): (word: string) => string {
  const speaker = typeof algorithm.process === 'function' ? algorithm : new algorithm();
  return (word) => {
    const sound = speaker.process(word) as string | string[];
    return Array.isArray(sound) ? sound[0] : sound;
  };
}

function part(natural: Record<string, any>, option: string, name: string, word: string): any {
  const known = Object.keys(natural).filter((key) => (word === '' ? ['SoundEx', 'Metaphone', 'DoubleMetaphone'].includes(key) : key.includes(word)));
  if (known.includes(name)) return natural[name];
  throw new OptionError(`naturalTokenizer: ${option} must be one of ${known.sort().join(', ')}, got ${show(name)}.`);
}
