import type { CsrMatrix } from 'refit';
import type { BenchItem } from '../bench-item.ts';
import { digest } from '../digest.ts';
import { mailTexts } from '../mail-texts.ts';
import { matrixNumbers } from '../matrix-numbers.ts';
import { readTexts } from '../read-texts.ts';

/** From raw text to counts: tokens, pairs, vocabulary in order, matrix. */
export const countWords: BenchItem = {
  name: 'count-words',
  title: 'CountVectorizer, words (1,2)-grams, fit_transform, 15 MB of mail',
  timed: 'call',
  target: { ratio: 0.3 },
  input: (_size, quick) => mailTexts(quick),
  async ours(file) {
    const { CountVectorizer } = await import('refit');
    const texts = await readTexts(file);
    const vectorizer = new CountVectorizer({ ngramRange: [1, 2] });
    return {
      run: () => vectorizer.fitTransform(texts),
      numbers: (X: CsrMatrix) => ({ ...matrixNumbers(X), vocabularyHash: digest(vectorizer.fitted.vocabulary.join('\n')) }),
    };
  },
  peer: { script: 'count_words.py' },
};
