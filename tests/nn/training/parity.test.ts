import { nn } from '../../../src/index.ts';
import { fixture } from '../../fixture.ts';

const nets: Record<string, () => nn.Module> = {
  crossEntropy: () => new nn.Sequential(new nn.Linear(6, 8, { bias: false }), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Linear(8, 3)),
  mse: () => new nn.Sequential(new nn.Linear(6, 16), new nn.Tanh(), new nn.Linear(16, 1)),
};
const stateDict = (state: Record<string, { shape: number[]; data: number[] }>): nn.StateDict =>
  Object.fromEntries(Object.entries(state).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]));

describe('whole trainings of PyTorch', () => {
  test.each(fixture('nn-training').cases.map((one) => [one.name, one] as const))('%s', async (_, { input, options, expected, tolerance }) => {
    const { X, target, trainRows, batchSize, epochs, randomState } = input;
    const part = (from: number, to: number) => ({ x: X.slice(from, to), target: options.loss === 'crossEntropy' ? Int32Array.from(target.slice(from, to)) : Float32Array.from(target.slice(from, to)) });
    const named = nn as unknown as Record<string, new (options: object) => any> & Record<string, () => nn.Loss>;
    const [optimizer, optimizerOptions] = options.optimizer;
    const [schedule, scheduleOptions] = options.schedule;
    const model = nets[options.loss]().loadStateDict(stateDict(input.state));
    const history = await nn.fit(model, {
      data: part(0, trainRows),
      validation: part(trainRows, X.length),
      inputs: { x: { shape: [6] } },
      loss: named[options.loss](),
      optimizer: new named[optimizer](optimizerOptions),
      schedule: new named[schedule](scheduleOptions),
      clipGradNorm: options.clipGradNorm ?? null,
      batchSize,
      epochs,
      randomState,
      progress: false,
      thread: false,
    });
    for (const [i, wanted] of expected.epochs.entries()) {
      const { loss, validationLoss, learningRate, gradNorm } = history.epochs[i];
      expect([loss, validationLoss, learningRate, gradNorm]).toBeAllClose([wanted.loss, wanted.validationLoss, wanted.learningRate, wanted.gradNorm], { relative: tolerance, absolute: tolerance });
    }
    const state = model.stateDict();
    for (const [name, { data }] of Object.entries(stateDict(expected.state))) expect(state[name].data).toBeAllClose(data, { relative: tolerance, absolute: tolerance });
  });
});
