import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'How many miles does a car go on a gallon?',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'id',
  target: 'miles_per_gallon',
  metric: 'rootMeanSquaredError',
  cv: { nSplits: 5, shuffle: true, randomState: 43 },
  submission: { sample: 'data/sample_submission.csv' },
  solution: 'data/solution.csv',
  pipelines: ['table-ridge', 'table-forest-regressor', 'mean'],
});
