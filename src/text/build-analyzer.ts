import { type CompleteAnalyzerOptions, finding, joinSpaces, preparation, stopWordSet } from './analysis.ts';
import { PYTHON_SPACE } from './python-pattern.ts';

/**
 * One text → its features in scikit-learn's order, as plain strings: for looking at what a vectorizer sees. It is
 * written for reading, not for speed, and the vectorizers' own counting is tested against it.
 */
export function buildAnalyzer(owner: string, options: CompleteAnalyzerOptions): (text: string) => string[] {
  const { analyzer, ngramRange, tokenizer, tokenPattern } = options;
  if (typeof analyzer === 'function') return (text) => [...analyzer(text)];
  const preprocess = preparation(owner, options).prepare;
  const [smallest, largest] = ngramRange;
  if (analyzer === 'char') return (text) => ngrams([...joinSpaces(preprocess(text))], smallest, largest, '');
  if (analyzer === 'char_wb') {
    const spaces = new RegExp(`${PYTHON_SPACE.source}+`, 'u');
    return (text) =>
      preprocess(text)
        .split(spaces)
        .filter((word) => word !== '')
        .flatMap((word) => {
          const letters = [...` ${word} `];
          return ngrams(letters, Math.min(smallest, letters.length), largest, '');
        });
  }
  const tokenize = tokenizer ?? finding(owner, tokenPattern);
  const stopWords = stopWordSet(options.stopWords);
  return (text) => {
    const words = [...tokenize(preprocess(text))];
    return ngrams(stopWords ? words.filter((word) => !stopWords.has(word)) : words, smallest, largest, ' ');
  };
}

function ngrams(tokens: readonly string[], smallest: number, largest: number, separator: string): string[] {
  const features: string[] = [];
  for (let n = smallest; n <= Math.min(largest, tokens.length); n++) {
    for (let i = 0; i + n <= tokens.length; i++) features.push(tokens.slice(i, i + n).join(separator));
  }
  return features;
}
