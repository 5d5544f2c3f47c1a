import { NeuralRegressor, nn, type NetShape } from 'refit';
import { logPrice } from '../log-price.ts';

/** Two hidden layers with dropout: 250 columns and 1,460 houses would else be learned by heart. */
export const net = ({ nFeatures, nOutputs }: NetShape): nn.Module =>
  new nn.Sequential(new nn.Linear(nFeatures, 128), new nn.ReLU(), new nn.Dropout(0.3), new nn.Linear(128, 64), new nn.ReLU(), new nn.Dropout(0.1), new nn.Linear(64, nOutputs));

/** The logarithm of the price by a net. */
export default ({ seed }: { seed: number }) =>
  logPrice(new NeuralRegressor({ module: net, epochs: 80, batchSize: 64, learningRate: 0.002, optimizer: 'adamW', weightDecay: 0.05, schedule: new nn.CosineAnnealingLR({ tMax: 80 }), randomState: seed }));
