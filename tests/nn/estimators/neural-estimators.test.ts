import { RandomState } from '../../../src/core/random-state.ts';
import {
  CsrMatrix,
  DenseMatrix,
  GridSearch,
  KFold,
  NeuralClassifier,
  NeuralRegressor,
  nn,
  Pipeline,
  SequenceVectorizer,
  StandardScaler,
  StratifiedKFold,
  crossValidate,
  type NetShape,
} from '../../../src/index.ts';
import { packModel, unpackModel } from '../../../src/persistence/model-file.ts';

const random = new RandomState(2);
const rows = 80;
const X = new DenseMatrix(rows, 4, random.standardNormal(4 * rows));
const labels = Array.from({ length: rows }, (_, i) => (X.at(i, 0) > 0 ? 'up' : X.at(i, 1) > 0 ? 'middle' : 'down'));
const prices = Float64Array.from({ length: rows }, (_, i) => 250_000 + 80_000 * X.at(i, 0) - 30_000 * X.at(i, 3));
const small = ({ nFeatures, nOutputs }: NetShape): nn.Module => new nn.Sequential(new nn.Linear(nFeatures, 8), new nn.Tanh(), new nn.Linear(8, nOutputs));

describe('NeuralClassifier', () => {
  test('learns labels of any type and gives their probabilities', async () => {
    const model = await new NeuralClassifier({ epochs: 60, learningRate: 0.01 }).fit(X, labels);
    expect(model.fitted.classes).toEqual(['down', 'middle', 'up']);
    expect(await model.score(X, labels)).toBeGreaterThan(0.95);
    const flags = labels.map((label) => label === 'up');
    expect((await (await new NeuralClassifier({ epochs: 60, learningRate: 0.01 }).fit(X, flags)).predict(X)).slice(0, 5)).toEqual(flags.slice(0, 5));
  });

  test('without hidden layers it is softmax regression: no loss is lower than that of its weights', async () => {
    const model = await new NeuralClassifier({ hiddenLayerSizes: [], epochs: 400, batchSize: 80, learningRate: 0.05, weightDecay: 0 }).fit(X, labels.map((l) => l === 'up'));
    const losses = model.fitted.history.epochs.map(({ loss }) => loss);
    expect(losses[399]).toBeLessThan(0.1);
    expect(model.fitted.history.epochs[399].gradNorm).toBeLessThan(0.02);
  });

  test('the net is made by a function that is told the numbers of features and classes', async () => {
    const told: NetShape[] = [];
    const module = (shape: NetShape): nn.Module => (told.push(shape), small(shape));
    await new NeuralClassifier({ module, epochs: 1 }).fit(X, labels);
    expect(told).toEqual([{ nFeatures: 4, nOutputs: 3 }]);
  });

  test('a module that is given is the start of each fit, and stays as it is', async () => {
    const module = nn.withSeed(8, () => small({ nFeatures: 4, nOutputs: 3 }));
    const before = module.stateDict();
    const model = new NeuralClassifier({ module, epochs: 2 });
    const first = await (await model.fit(X, labels)).predictProba(X);
    expect(module.stateDict()).toEqual(before);
    expect(await (await model.fit(X, labels)).predictProba(X)).toEqual(first);
  });

  test('rows are shaped for the net', async () => {
    const module = ({ nOutputs }: NetShape): nn.Module => new nn.Sequential(new nn.Conv2d(1, 3, 2), new nn.ReLU(), new nn.Flatten(), new nn.Linear(3, nOutputs));
    const model = await new NeuralClassifier({ module, inputShape: [1, 2, 2], epochs: 1 }).fit(X, labels);
    expect((await model.predictProba(X)).cols).toBe(3);
    await expect(new NeuralClassifier({ module, inputShape: [1, 3, 3] }).fit(X, labels)).rejects.toThrow('NeuralClassifier: inputShape must hold as many values as X has columns (4), got 1 × 3 × 3 = 9.');
  });

  test('learns texts as sequences of words', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'see the cat run' : 'buy gold now please'));
    const y = texts.map((_, i) => (i % 2 === 0 ? 'ham' : 'spam'));
    const module = ({ nOutputs }: NetShape): nn.Module => new nn.Sequential(new nn.Embedding(12, 4, { paddingIdx: 0 }), new nn.LSTM(4, 5, { returns: 'last' }), new nn.Linear(5, nOutputs));
    const pipeline = new Pipeline([
      ['words', new SequenceVectorizer({ maxFeatures: 10, maxLength: 5 })],
      ['classify', new NeuralClassifier({ module, inputType: 'int32', epochs: 15, learningRate: 0.05, batchSize: 16 })],
    ]);
    await pipeline.fit(texts, y);
    expect(await pipeline.predict(['the cat', 'gold please'])).toEqual(['ham', 'spam']);
  });

  test('class weights and sample weights are one and the same', async () => {
    const options = { hiddenLayerSizes: [], epochs: 3, batchSize: rows };
    const weighted = await new NeuralClassifier({ ...options, classWeight: { up: 3, middle: 1, down: 1 } }).fit(X, labels);
    const sampleWeight = labels.map((label) => (label === 'up' ? 3 : 1));
    expect(await weighted.predictProba(X)).toEqual(await (await new NeuralClassifier(options).fit(X, labels, { sampleWeight })).predictProba(X));
    expect(await weighted.predictProba(X)).not.toEqual(await (await new NeuralClassifier(options).fit(X, labels)).predictProba(X));
  });

  test('early stopping keeps rows apart and ends early', async () => {
    const noise = Array.from({ length: rows }, () => ['a', 'b'][random.randint(2)]);
    const { history } = (await new NeuralClassifier({ earlyStopping: true, validationFraction: 0.25, nIterNoChange: 2, epochs: 200, learningRate: 0.05 }).fit(X, noise)).fitted;
    expect(history.stoppedEarly).toBe(true);
    expect(history.epochs.length).toBe(history.bestEpoch + 2);
  });

  test('a last batch of one row does not reach a batch norm', async () => {
    const module = ({ nFeatures, nOutputs }: NetShape): nn.Module => new nn.Sequential(new nn.Linear(nFeatures, 4), new nn.BatchNorm1d(4), new nn.Linear(4, nOutputs));
    const model = await new NeuralClassifier({ module, batchSize: 79, epochs: 1 }).fit(X, labels);
    expect((await model.predictProba(X)).rows).toBe(rows);
  });

  test('a net with other outputs than classes, and a function that makes none, are refused', async () => {
    await expect(new NeuralClassifier({ module: () => new nn.Linear(4, 2), epochs: 1 }).fit(X, labels)).rejects.toThrow('targets must be class numbers in 0…1');
    const wide = await new NeuralClassifier({ module: () => new nn.Linear(4, 5), epochs: 1 }).fit(X, labels);
    await expect(wide.predict(X)).rejects.toThrow("NeuralClassifier: module must end with 3 outputs per row, got 5. Use nOutputs of the function's argument.");
    await expect(new NeuralClassifier({ module: (() => 'net') as never }).fit(X, labels)).rejects.toThrow('NeuralClassifier: module must return a Module, got "net". Write ({ nFeatures, nOutputs }) => new nn.Sequential(…).');
    expect(() => new NeuralClassifier({ optimizer: 'adm' as never })).toThrow("NeuralClassifier: optimizer must be 'adam', 'adamW', 'sgd', 'rmsprop' or an optimiser, got \"adm\".");
  });
});

describe('NeuralRegressor', () => {
  test('learns a target of six digits, with SGD too', async () => {
    for (const options of [{ learningRate: 0.01 }, { optimizer: 'sgd', learningRate: 0.1 }] as const) {
      const model = await new NeuralRegressor({ hiddenLayerSizes: [16], epochs: 60, batchSize: 16, ...options }).fit(X, prices);
      expect(await model.score(X, prices)).toBeGreaterThan(0.95);
    }
  });

  test('does not mind the unit of the target', async () => {
    const options = { epochs: 3, hiddenLayerSizes: [4] };
    const dollars = await (await new NeuralRegressor(options).fit(X, prices)).predict(X);
    const thousands = await (await new NeuralRegressor(options).fit(X, prices.map((price) => price / 1000))).predict(X);
    expect(thousands.map((price) => price * 1000)).toBeAllClose(dollars, { relative: 1e-5 });
  });

  test('a target that blows the training up ends in advice', async () => {
    await expect(new NeuralRegressor({ standardizeTarget: false, optimizer: 'sgd', learningRate: 1, epochs: 50 }).fit(X, prices)).rejects.toThrow(
      /^NeuralRegressor: loss and gradient must stay in bounds.*scale the target, which reaches \d+, to mean 0 and variance 1/,
    );
  });

  test('a constant target is predicted as it is', async () => {
    const model = await new NeuralRegressor({ epochs: 30, learningRate: 0.01 }).fit(X, new Float64Array(rows).fill(7));
    expect(model.fitted).toMatchObject({ mean: 7, scale: 1 });
    expect(Array.from(await model.predict(X))).toBeAllClose(new Array(rows).fill(7), { relative: 0, absolute: 0.5 });
  });

  test.each(['squaredError', 'absoluteError', 'huber'] as const)('makes the %s small', async (loss) => {
    const model = await new NeuralRegressor({ loss, epochs: 60, learningRate: 0.01, hiddenLayerSizes: [16] }).fit(X, prices);
    expect(await model.score(X, prices)).toBeGreaterThan(0.9);
  });
});

describe('as stages', () => {
  test('cross-validation gives the same for any number of workers, sparse rows too', async () => {
    const pipeline = new Pipeline([['scale', new StandardScaler({ withMean: false })], ['classify', new NeuralClassifier({ epochs: 2, hiddenLayerSizes: [4] })]]);
    const cv = new StratifiedKFold({ nSplits: 3, shuffle: true, randomState: 1 });
    const scores = async (data: DenseMatrix | CsrMatrix, workers: number): Promise<unknown> => (await crossValidate(pipeline, data, labels, { cv, scoring: ['accuracy', 'logLoss'], workers })).folds.map((fold) => fold.scores);
    const alone = await scores(X, 1);
    expect(await scores(X, 2)).toEqual(alone);
    expect(await scores(CsrMatrix.fromDense(X), 1)).toEqual(alone);
  });

  test('a search chooses among sizes, rates and schedules', async () => {
    const search = new GridSearch({
      estimator: new NeuralRegressor({ epochs: 2 }),
      searchSpace: { hiddenLayerSizes: [[2], [4]], schedule: [null, new nn.StepLR({ stepSize: 1 })] },
      cv: new KFold({ nSplits: 2 }),
      workers: 1,
    });
    await search.fit(X, prices);
    expect(search.fitted.results).toHaveLength(4);
    expect(search.fitted.bestParams).toHaveProperty('hiddenLayerSizes');
  });

  test('optimisers and schedules travel to other threads by their options', async () => {
    const model = new NeuralRegressor({ epochs: 2, optimizer: new nn.SGD({ lr: 0.05, momentum: 0.9 }), schedule: new nn.SequentialLR({ schedules: [new nn.LinearLR(), new nn.StepLR()], milestones: [1] }) });
    const cv = new KFold({ nSplits: 2 });
    const [alone, spread] = [await crossValidate(model, X, prices, { cv, workers: 1 }), await crossValidate(model, X, prices, { cv, workers: 2 })];
    expect(spread.folds.map(({ scores }) => scores)).toEqual(alone.folds.map(({ scores }) => scores));
    expect(spread.notes).toEqual(alone.notes);
  });

  test('optimisers and schedules are saved with a model, and a net’s function by its name', async () => {
    const schedule = new nn.SequentialLR({ schedules: [new nn.LinearLR(), new nn.StepLR()], milestones: [1] });
    const model = await new NeuralRegressor({ module: small, epochs: 2, optimizer: new nn.SGD({ lr: 0.05, momentum: 0.9 }), schedule }).fit(X, prices);
    const modules = { './nets.ts': { small } };
    const loaded = (await unpackModel(await packModel(model, { modules }), { modules })) as NeuralRegressor;
    expect(loaded.options).toEqual(model.options);
    expect(await loaded.predict(X)).toEqual(await model.predict(X));
    expect(await (await loaded.clone().fit(X, prices)).predict(X)).toEqual(await model.predict(X));
  });

  test('what was learned predicts the same from its record alone, in ONNX', async () => {
    const model = await new NeuralRegressor({ module: small, epochs: 2 }).fit(X, prices);
    const { onnx, mean, scale } = model.fitted;
    const net = await nn.loadOnnx(onnx);
    const { data, shape } = await net.run({ x: Float32Array.from(X.data) });
    await net.dispose();
    expect(shape).toEqual([rows, 1]);
    expect(Array.from(data, (value) => mean + scale * value)).toEqual(Array.from(await model.predict(X)));
    const other = new NeuralRegressor().restore(model.fitted);
    expect(await other.predict(X)).toEqual(await model.predict(X));
  });
});

