import { FunctionTransformer, NeuralClassifier, Pipeline } from 'refit';
import { levels } from './images/levels.ts';

/** Images as columns of grey levels into softmax regression: one linear layer. */
export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['levels', new FunctionTransformer({ func: levels })],
    ['classify', new NeuralClassifier({ hiddenLayerSizes: [], epochs: 30, learningRate: 0.01, randomState: seed })],
  ]);
