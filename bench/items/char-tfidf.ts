import type { CsrMatrix } from 'refit';
import type { BenchItem } from '../bench-item.ts';
import { digest } from '../digest.ts';
import { mailTexts } from '../mail-texts.ts';
import { matrixNumbers } from '../matrix-numbers.ts';
import { readTexts } from '../read-texts.ts';

/** From raw text to weights of three to five letters within words. */
export const charTfidf: BenchItem = {
  name: 'char-tfidf',
  title: 'TfidfVectorizer, char_wb (3,5), fit_transform, the same text',
  timed: 'call',
  target: { ratio: 0.3 },
  input: (_size, quick) => mailTexts(quick),
  async ours(file) {
    const { TfidfVectorizer } = await import('refit');
    const texts = await readTexts(file);
    const vectorizer = new TfidfVectorizer({ analyzer: 'char_wb', ngramRange: [3, 5] });
    return {
      run: () => vectorizer.fitTransform(texts),
      numbers: (X: CsrMatrix) => ({ ...matrixNumbers(X), vocabularyHash: digest(vectorizer.fitted.vocabulary.join('\n')) }),
    };
  },
  peer: { script: 'char_tfidf.py' },
  tolerance: 1e-9,
};
