import type { BenchItem } from '../bench-item.ts';
import { mailTexts } from '../mail-texts.ts';
import { readTexts } from '../read-texts.ts';

/** Latent semantic analysis: a hundred columns of a sparse matrix of words. */
export const truncatedSvdText: BenchItem = {
  name: 'truncated-svd-text',
  title: 'TruncatedSVD(100) of tf-idf weights, fit_transform, the same text',
  timed: 'call',
  target: { ratio: 1 },
  input: (_size, quick) => mailTexts(quick),
  async ours(file) {
    const { TfidfVectorizer, TruncatedSVD } = await import('refit');
    const X = await new TfidfVectorizer({ minDf: 2, sublinearTf: true }).fitTransform(await readTexts(file));
    const model = new TruncatedSVD({ nComponents: 100, randomState: 0 });
    return {
      run: () => model.fitTransform(X),
      numbers: () => ({
        singular: Array.from(model.fitted.singularValues),
        explained: model.fitted.explainedVarianceRatio.reduce((sum, share) => sum + share, 0),
      }),
    };
  },
  peer: { script: 'truncated_svd_text.py' },
  // The same random directions on both sides, and rounding that power iterations carry along.
  tolerance: 1e-7,
};
