import { FunctionTransformer, NeuralClassifier, Pipeline } from 'refit';
import { levels } from './images/levels.ts';

/** Images as columns of grey levels into a net with one hidden layer. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['levels', new FunctionTransformer({ func: levels })],
    ['classify', new NeuralClassifier({ hiddenLayerSizes: [256], epochs: 20, learningRate: 0.003, randomState: seed })],
  ]);
