import { defineCompetition } from '../../../src/index.ts';

defineCompetition({
  title: 'Bikes', train: 'train.csv', test: 'test.csv', id: 'id', target: 'count', metric: 'r2', pipelines: ['ridge'],
  cv: { timeOrder: true, stratified: true },
});
