import type { BenchItem } from '../bench-item.ts';
import { readSpam, spamFolder } from '../spam-data.ts';

/** One tree on the counts of all words, grown until its leaves are pure; both sides grow the same tree. */
export const decisionTreeText: BenchItem = {
  name: 'decision-tree-text',
  title: 'DecisionTreeClassifier of word counts, all columns, fit, spam-detector',
  timed: 'call',
  target: { ratio: 1 },
  input: async () => spamFolder,
  async ours(folder) {
    const { CountVectorizer, DecisionTreeClassifier } = await import('refit');
    const { X, y } = await readSpam(folder);
    const counts = await new CountVectorizer({ tokenPattern: /\w+/gu }).fitTransform(X);
    const model = new DecisionTreeClassifier();
    return {
      run: () => model.fit(counts, y),
      numbers: async ({ fitted }: typeof model) => ({
        depth: fitted.depth,
        leaves: fitted.leaves,
        features: [...fitted.tree.feature],
        thresholds: [...fitted.tree.threshold],
      }),
    };
  },
  peer: { script: 'decision_tree_text.py' },
  tolerance: 1e-12,
};
