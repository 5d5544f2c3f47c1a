import type { BenchItem } from '../bench-item.ts';
import { readSpam, spamFolder } from '../spam-data.ts';

/** A linear support vector machine in the dual, over words and word pairs. */
export const linearSvcText: BenchItem = {
  name: 'linear-svc-text',
  title: 'LinearSVC(C=10) of tf-idf weights of words and pairs, spam-detector',
  timed: 'call',
  target: { ratio: 1 },
  input: async () => spamFolder,
  async ours(folder) {
    const { LinearSVC, TfidfVectorizer } = await import('refit');
    const { X, y } = await readSpam(folder);
    const weights = await new TfidfVectorizer({ tokenPattern: /\w+/gu, ngramRange: [1, 2], minDf: 2, sublinearTf: true }).fitTransform(X);
    const model = new LinearSVC({ C: 10, randomState: 0 });
    return {
      run: () => model.fit(weights, y),
      numbers: ({ fitted }: typeof model) => ({
        iterations: fitted.iterations,
        intercept: fitted.intercept[0],
        norm: Math.sqrt(fitted.coef.data.reduce((sum, w) => sum + w * w, 0)),
      }),
    };
  },
  peer: { script: 'linear_svc_text.py' },
  tolerance: 1e-9,
};
