import { loadPackage } from './load-package.ts';

/**
 * natural's English stop words, for the `stopWords` option of a vectorizer.
 * @throws RefitError when natural is not installed
 *
 * @example
 * new CountVectorizer({ stopWords: await naturalStopWords() });
 */
export async function naturalStopWords(): Promise<readonly string[]> {
  const { stopwords } = await loadPackage<{ stopwords: readonly string[] }>('naturalStopWords', 'natural');
  // One-letter entries and marks would never be tokens.
  return stopwords.filter((word) => /^\p{L}/u.test(word));
}
