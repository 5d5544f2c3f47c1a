import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'Which penguins are male?',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'id',
  target: 'sex',
  metric: 'accuracy',
  cv: { nSplits: 5, stratified: true, shuffle: true, randomState: 43 },
  submission: { sample: 'data/sample_submission.csv' },
  solution: 'data/solution.csv',
  pipelines: ['table-logistic', 'table-forest', 'most-frequent'],
});
