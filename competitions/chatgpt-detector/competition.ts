import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'Which texts were written by ChatGPT?',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'name',
  target: 'label',
  features: 'content',
  metric: 'accuracy',
  cv: { nSplits: 5, stratified: true, shuffle: true, randomState: 43 },
  submission: { sample: 'data/sample_submission.csv' },
  pipelines: ['count-logistic', 'tfidf-logistic', 'count-bayes'],
  dataSource: "The files come from iFLYTEK's contest “ChatGPT-generated text detector”; README.md in that folder tells more.",
});
