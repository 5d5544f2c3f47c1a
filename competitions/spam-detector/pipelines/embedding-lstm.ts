import { NeuralClassifier, Pipeline, SequenceVectorizer, nn, type NetShape } from 'refit';

/** Words that get a number of their own; 0 and 1 stand for padding and unknown words. */
const words = 4000;

/** Word vectors, read in both directions by an LSTM, whose last states decide. */
export const embeddingLstm = ({ nOutputs }: NetShape): nn.Module =>
  new nn.Sequential(
    new nn.Embedding(words + 2, 32, { paddingIdx: 0 }),
    new nn.LSTM(32, 32, { returns: 'last', bidirectional: true }),
    new nn.Dropout(0.3),
    new nn.Linear(64, nOutputs),
  );

/** The first 60 words of a message, in their order. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['words', new SequenceVectorizer({ tokenPattern: /\w+/gu, maxFeatures: words, maxLength: 60 })],
    ['classify', new NeuralClassifier({ module: embeddingLstm, inputType: 'int32', epochs: 8, batchSize: 32, learningRate: 0.003, clipGradNorm: 1, randomState: seed })],
  ]);
