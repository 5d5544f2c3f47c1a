import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'Which digit was written?',
  train: 'data/train-images-idx3-ubyte.gz',
  labels: 'data/train-labels-idx1-ubyte.gz',
  test: 'data/test-images-idx3-ubyte.gz',
  id: 'id',
  target: 'label',
  metric: 'accuracy',
  cv: { nSplits: 5, stratified: true, shuffle: true, randomState: 43 },
  submission: { sample: 'data/sample_submission.csv' },
  solution: 'data/test-labels-idx1-ubyte.gz',
  pipelines: ['pixels-cnn', 'pixels-mlp', 'pixels-softmax'],
});
