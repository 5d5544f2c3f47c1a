import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'Which messages are spam?',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'name',
  target: 'label',
  features: 'content',
  metric: 'accuracy',
  cv: { nSplits: 5, stratified: true, shuffle: true, randomState: 43 },
  submission: { sample: 'data/sample_submission.csv' },
  solution: 'data/solution.csv',
  pipelines: ['count-logistic', 'tfidf-logistic', 'count-bayes'],
});
