import { FunctionTransformer, NeuralClassifier, Pipeline, nn, type NetShape } from 'refit';
import { levels } from './images/levels.ts';

/** A small convolutional net for square images: two rounds of convolution and pooling, then a linear layer. */
export function convolutions({ nFeatures, nOutputs }: NetShape): nn.Module {
  const side = Math.sqrt(nFeatures);
  const pooled = Math.floor(Math.floor(side / 2) / 2);
  return new nn.Sequential(
    new nn.Unflatten(1, [1, side, side]),
    new nn.Conv2d(1, 16, 3, { padding: 1 }),
    new nn.BatchNorm2d(16),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Conv2d(16, 32, 3, { padding: 1 }),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Dropout(0.25),
    new nn.Flatten(),
    new nn.Linear(32 * pooled * pooled, nOutputs),
  );
}

/** Images as columns of grey levels into a small convolutional net. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['levels', new FunctionTransformer({ func: levels })],
    ['classify', new NeuralClassifier({ module: convolutions, epochs: 15, learningRate: 0.003, randomState: seed })],
  ]);
