import { defineCompetition } from 'refit';

export default defineCompetition({
  title: 'Which piece of clothing is it?',
  train: 'data/train-images-idx3-ubyte.gz',
  labels: 'data/train-labels-idx1-ubyte.gz',
  test: 'data/t10k-images-idx3-ubyte.gz',
  id: 'id',
  target: 'label',
  metric: 'accuracy',
  cv: { nSplits: 3, stratified: true, shuffle: true, randomState: 43 },
  solution: 'data/t10k-labels-idx1-ubyte.gz',
  pipelines: ['pixels-cnn', 'pixels-mlp', 'pixels-softmax'],
  dataSource: 'The files come from github.com/zalandoresearch/fashion-mnist; README.md in that folder tells more.',
});
