import type { BenchItem } from '../bench-item.ts';
import { readSpam, spamFolder } from '../spam-data.ts';

/** Every fourth text by its nearest among the others. */
export const knnText: BenchItem = {
  name: 'knn-text',
  title: 'KNeighborsClassifier(5) of tf-idf weights, fit and predict, spam-detector',
  timed: 'call',
  target: { ratio: 0.5 },
  input: async () => spamFolder,
  async ours(folder) {
    const { KNeighborsClassifier, TfidfVectorizer } = await import('refit');
    const { X, y } = await readSpam(folder);
    const weights = await new TfidfVectorizer({ tokenPattern: /\w+/gu, sublinearTf: true }).fitTransform(X);
    const rows = Array.from(y.keys());
    const [known, asked] = [rows.filter((i) => i % 4 > 0), rows.filter((i) => i % 4 === 0)];
    const [Xknown, Xasked] = [weights.take(known), weights.take(asked)];
    const labels = known.map((i) => y[i]);
    const model = new KNeighborsClassifier();
    return {
      run: async () => (await model.fit(Xknown, labels)).predictProba(Xasked),
      numbers: (proba: { at(i: number, k: number): number; rows: number }) => ({
        shares: Array.from({ length: proba.rows }, (_, i) => proba.at(i, 1)),
      }),
    };
  },
  peer: { script: 'knn_text.py' },
  tolerance: 1e-12,
};
