import { NeuralClassifier, Pipeline, SequenceVectorizer, nn, type NetShape } from 'refit';

/** Words that get a number of their own; 0 and 1 stand for padding and unknown words. */
const words = 4000;

/** The mean of a message's word vectors into a linear layer: fastText's classifier. */
export const embeddingBag = ({ nOutputs }: NetShape): nn.Module => new nn.Sequential(new nn.EmbeddingBag(words + 2, 32, { paddingIdx: 0 }), new nn.Linear(32, nOutputs));

/** Up to 60 words of a message, whatever their order. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['words', new SequenceVectorizer({ tokenPattern: /\w+/gu, maxFeatures: words, maxLength: 60 })],
    ['classify', new NeuralClassifier({ module: embeddingBag, inputType: 'int32', epochs: 15, batchSize: 32, learningRate: 0.01, randomState: seed })],
  ]);
