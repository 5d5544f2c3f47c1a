import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'What does a house in Ames cost?',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'Id',
  target: 'SalePrice',
  metric: 'rootMeanSquaredLogError',
  cv: { nSplits: 5, shuffle: true, randomState: 43 },
  submission: { sample: 'data/sample_submission.csv' },
  pipelines: ['log-lasso', 'log-ridge', 'log-boosting', 'log-forest', 'table-ridge'],
  dataSource: 'The files come from kaggle.com/c/house-prices-advanced-regression-techniques; README.md in that folder tells more.',
});
