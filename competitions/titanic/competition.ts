import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'Who survived the Titanic?',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'PassengerId',
  target: 'Survived',
  metric: 'accuracy',
  cv: { nSplits: 5, stratified: true, shuffle: true, randomState: 43 },
  submission: { sample: 'data/gender_submission.csv' },
  pipelines: ['family-logistic', 'family-boosting', 'family-forest', 'title-logistic', 'table-logistic'],
  dataSource: 'The files come from kaggle.com/c/titanic; README.md in that folder tells more.',
});
