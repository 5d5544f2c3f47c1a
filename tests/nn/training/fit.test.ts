import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WriteStream } from 'node:tty';
import { RandomState } from '../../../src/core/random-state.ts';
import { nn } from '../../../src/index.ts';
import type { FitOptions } from '../../../src/nn/training/fit-options.ts';

const random = new RandomState(5);
const rows = 60;
const x = { shape: [rows, 3], data: random.standardNormal(3 * rows) };
/** 0, 1 or 2, by a rule that a small net can learn. */
const classes = Int32Array.from({ length: rows }, (_, i) => (x.data[3 * i] > 0 ? (x.data[3 * i + 1] > 0 ? 2 : 1) : 0));
const numbers = Float32Array.from({ length: rows }, (_, i) => 2 * x.data[3 * i] - x.data[3 * i + 2]);

const makeNet = (outputs = 3, hidden = 8): nn.Module => nn.withSeed(1, () => new nn.Sequential(new nn.Linear(3, hidden), new nn.ReLU(), new nn.Dropout(0.2), new nn.Linear(hidden, outputs)));
const options = (more: Partial<FitOptions> = {}): FitOptions => ({
  data: { x, target: classes },
  inputs: { x: { shape: [3] } },
  loss: nn.crossEntropy(),
  optimizer: new nn.Adam({ lr: 0.02 }),
  epochs: 4,
  batchSize: 16,
  progress: false,
  thread: false,
  ...more,
});
const weights = (model: nn.Module): number[][] => Object.values(model.stateDict()).map(({ data }) => Array.from(data));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-training-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('nn.fit', () => {
  test('learns: the loss falls and the classes of the validation are found', async () => {
    const model = makeNet();
    const history = await nn.fit(model, options({ epochs: 30, validation: { x, target: classes }, metrics: { accuracy: nn.accuracy } }));
    const [first, last] = [history.epochs[0], history.epochs[29]];
    expect(last.loss).toBeLessThan(0.5 * first.loss);
    expect(last.metrics.accuracy).toBeGreaterThan(0.9);
    expect(history.epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(history.notes).toEqual([]);
  });

  test('gives the same weights and history for the same seed, others for another', async () => {
    const train = async (randomState: number): Promise<[nn.Module, nn.History]> => {
      const model = makeNet();
      return [model, await nn.fit(model, options({ randomState, validation: 0.2 }))];
    };
    const [[a, historyA], [b, historyB], [c]] = [await train(3), await train(3), await train(4)];
    expect(weights(b)).toEqual(weights(a));
    expect(historyB).toEqual(historyA);
    expect(weights(c)).not.toEqual(weights(a));
  });

  test('gives the same weights in a thread of its own', async () => {
    const [here, there] = [makeNet(), makeNet()];
    const history = await nn.fit(here, options());
    expect(await nn.fit(there, options({ thread: true }))).toEqual(history);
    expect(weights(there)).toEqual(weights(here));
  });

  test('gives the same weights whatever the workers of its loader', async () => {
    const data: nn.Dataset = { length: rows, at: async (i, chance) => ({ x: [...x.data.subarray(3 * i, 3 * i + 2), chance.randomSample()], target: classes[i] }) };
    const trained = await Promise.all(
      [0, 3].map(async (workers) => {
        const model = makeNet();
        await nn.fit(model, options({ data: new nn.DataLoader(data, { batchSize: 16, shuffle: true, workers }) }));
        return weights(model);
      }),
    );
    expect(trained[1]).toEqual(trained[0]);
  });

  test('a training that goes on from a checkpoint ends bit for bit where an unbroken one does', async () => {
    const path = join(folder, 'training.safetensors');
    const schedule = new nn.ReduceLROnPlateau({ patience: 0, factor: 0.5, threshold: 0.2 });
    const more = { schedule, validation: 0.25, earlyStopping: { patience: 50 }, randomState: 9, metrics: { accuracy: nn.accuracy } };
    const unbroken = makeNet();
    const whole = await nn.fit(unbroken, options({ ...more, epochs: 7 }));
    await nn.fit(makeNet(), options({ ...more, epochs: 3, checkpoint: path }));
    const resumed = nn.withSeed(77, () => makeNet());
    const rest = await nn.fit(resumed, options({ ...more, epochs: 7, checkpoint: path, resume: true }));
    expect(rest).toEqual(whole);
    expect(weights(resumed)).toEqual(weights(unbroken));
    expect(new Set(whole.epochs.map(({ learningRate }) => learningRate)).size).toBeGreaterThan(1);
  });

  test('stopped by a signal, it goes on to the same weights too', async () => {
    const path = join(folder, 'stopped.safetensors');
    const unbroken = makeNet();
    await nn.fit(unbroken, options({ epochs: 5 }));
    const stop = new AbortController();
    const onEpoch = ({ epoch }: nn.EpochRecord): void => {
      if (epoch === 2) stop.abort(new Error('enough'));
    };
    await expect(nn.fit(makeNet(), options({ epochs: 5, checkpoint: path, signal: stop.signal, onEpoch }))).rejects.toThrow('enough');
    const resumed = makeNet();
    await nn.fit(resumed, options({ epochs: 5, checkpoint: path, resume: true }));
    expect(weights(resumed)).toEqual(weights(unbroken));
  });

  test('ends when nothing becomes better, with the weights of the best epoch', async () => {
    const states: number[][][] = [];
    const model = makeNet();
    // A rate far too high makes the loss go up and down.
    const history = await nn.fit(
      model,
      options({ epochs: 60, optimizer: new nn.Adam({ lr: 0.5 }), validation: 0.3, earlyStopping: { patience: 3 }, onEpoch: () => states.push(weights(model)) }),
    );
    expect(history.stoppedEarly).toBe(true);
    expect(history.epochs).toHaveLength(history.bestEpoch + 3);
    const losses = history.epochs.map(({ validationLoss }) => validationLoss as number);
    expect(losses[history.bestEpoch - 1]).toBe(Math.min(...losses));
    expect(weights(model)).toEqual(states[history.bestEpoch - 1]);
  });

  test('watches a metric, larger being better', async () => {
    const model = makeNet();
    const history = await nn.fit(model, options({ epochs: 6, validation: 0.3, metrics: { accuracy: nn.accuracy }, earlyStopping: { monitor: 'accuracy' } }));
    const values = history.epochs.map(({ metrics }) => metrics.accuracy);
    expect(history.bestEpoch).toBe(1 + values.indexOf(Math.max(...values)));
    await expect(nn.fit(makeNet(), options({ earlyStopping: { monitor: 'f1' } }))).rejects.toThrow("EarlyStopping: monitor must be 'loss' or a metric of the validation (there is none), got \"f1\".");
  });

  test('follows a schedule by epoch and by batch', async () => {
    const rates = async (schedule: nn.Schedule<any>): Promise<number[]> => (await nn.fit(makeNet(), options({ schedule }))).epochs.map(({ learningRate }) => learningRate);
    expect(await rates(new nn.StepLR({ stepSize: 2, gamma: 0.5 }))).toEqual([0.02, 0.02, 0.01, 0.01]);
    // 4 batches an epoch; the record holds the rate of the last one.
    expect(await rates(new nn.LinearLR({ startFactor: 0.5, totalIters: 8, every: 'batch' }))).toBeAllClose([0.01 + (0.01 * 3) / 8, 0.01 + (0.01 * 7) / 8, 0.02, 0.02], { relative: 1e-12 });
  });

  test('a row of weight 2 counts as the row twice', async () => {
    const twice = { x: { shape: [rows + 1, 3], data: Float64Array.from([...x.data, ...x.data.subarray(0, 3)]) }, target: Int32Array.from([...classes, classes[0]]) };
    const weight = Float32Array.from({ length: rows }, (_, i) => (i === 0 ? 2 : 1));
    const flat = (): nn.Module => nn.withSeed(2, () => new nn.Linear(3, 3));
    const whole = { epochs: 3, batchSize: 100, optimizer: new nn.SGD({ lr: 0.5 }) };
    const [a, b] = [flat(), flat()];
    const repeated = await nn.fit(a, options({ ...whole, data: twice }));
    const weighted = await nn.fit(b, options({ ...whole, data: { x, target: classes, weight }, sampleWeight: true }));
    expect(weights(b).flat()).toBeAllClose(weights(a).flat(), { relative: 1e-5, absolute: 1e-6 });
    expect(weighted.epochs[2].loss).toBeCloseTo(repeated.epochs[2].loss, 6);
  });
});

test.each([true, false])('a first batch whose samples weigh nothing is no yardstick for the others (thread: %s)', async (thread) => {
  const weight = Float32Array.from({ length: rows }, (_, i) => (i < 16 ? 0 : 1));
  const data = new nn.DataLoader(new nn.ArrayDataset({ x, target: Float32Array.from(numbers, (value) => 1e3 * value), weight }), { batchSize: 16 });
  const history = await nn.fit(nn.withSeed(3, () => new nn.Linear(3, 1)), options({ loss: nn.mse(), data, sampleWeight: true, epochs: 1, thread }));
  expect(history.epochs[0].loss).toBeGreaterThan(1e4);
});

describe('a training that goes wrong says why', () => {
  const prices = Float32Array.from(numbers, (value) => 180_000 + 60_000 * value);
  const bigInputs = { shape: [rows, 3], data: x.data.map((value) => 1500 + 500 * value) };
  const regression = (more: Partial<FitOptions>): FitOptions => options({ loss: nn.mse(), data: { x: bigInputs, target: prices }, ...more });

  test('SGD on a target of six digits ends in advice, and the weights are numbers', async () => {
    const model = nn.withSeed(3, () => new nn.Sequential(new nn.Linear(3, 16), new nn.ReLU(), new nn.Linear(16, 1)));
    await expect(nn.fit(model, regression({ optimizer: new nn.SGD({ lr: 0.01 }), epochs: 20 }))).rejects.toThrow(
      /^nn\.fit: loss and gradient must stay in bounds, in epoch 1, batch \d the loss is \S+ \(6\.25e\+10 in the first batch\) and the gradient \S+ \(SGD, learning rate 0\.01\)\. Make the net anew, and try, one after the other: scale the target, which reaches \d+, to mean 0 and variance 1 \(NeuralRegressor does\); scale the inputs, which reach \d+ \(StandardScaler\); lower the learning rate to 0\.001; use Adam, whose steps do not grow with the gradient; clip gradients with clipGradNorm: 1\.$/,
    );
    expect(weights(model).flat().every(Number.isFinite)).toBe(true);
  });

  test('an array that loses a number during the training is told of, not the learning rate', async () => {
    const own = Float32Array.from(x.data);
    const model = nn.withSeed(3, () => new nn.Linear(3, 3));
    const spoil = (): void => {
      own[7] = Number.NaN;
    };
    await expect(nn.fit(model, options({ data: { x: { shape: [rows, 3], data: own }, target: classes }, epochs: 2, onEpoch: spoil }))).rejects.toThrow(
      /^nn\.fit: x must hold finite numbers, sample \d+ of epoch 2, batch \d+ has NaN\. Impute missing values first\.$/,
    );
    expect(weights(model).flat().every(Number.isFinite)).toBe(true);
  });

  test('weights that nobody asked for leave a note', async () => {
    const { notes } = await nn.fit(makeNet(), options({ data: { x, target: classes, weight: new Float32Array(rows).fill(2) }, epochs: 2 }));
    expect(notes).toEqual(['Samples have a weight, which nothing is multiplied by. Set sampleWeight: true.']);
  });

  test('a loss that rises but stays a number leaves a note', async () => {
    const history = await nn.fit(nn.withSeed(3, () => new nn.Linear(3, 1)), options({ loss: nn.mse(), data: { x, target: numbers }, optimizer: new nn.SGD({ lr: 4 }), epochs: 1 }));
    expect(history.notes).toEqual([expect.stringMatching(/^The loss rose in the first epoch, from \S+ in its first batch to \S+ on average: the learning rate 4 is too high\. Lower it, or scale inputs and target\.$/)]);
  });

  test.each<[string, Partial<FitOptions>, string | RegExp]>([
    ['NaN in inputs', { data: { x: { shape: [rows, 3], data: x.data.map((v, i) => (i === 7 ? Number.NaN : v)) }, target: classes } }, /^nn\.fit: x must hold finite numbers, sample \d+ of epoch 1, batch \d+ has NaN\. Impute missing values first\.$/],
    ['infinity in the target', { loss: nn.mse(), data: { x, target: numbers.map((v, i) => (i === 7 ? Infinity : v)) } }, /^nn\.fit: target must hold finite numbers/],
    ['a label outside the classes', { data: { x, target: classes.map((c) => c + 1) } }, /targets must be class numbers in 0…2, row \d+ of the batch has 3\./],
    ['a label between two classes', { data: { x, target: Array.from(classes, (c) => c + 0.5) } }, /^nn\.fit: target must hold whole numbers, sample 0 of epoch 1, batch 1 has \d\.5\. Use the numbers of classes or tokens\.$/],
    ['samples of another shape', { data: { x: { shape: [rows, 2], data: x.data.subarray(0, 2 * rows) }, target: classes } }, 'nn.fit: x must have 3 numbers per sample, epoch 1, batch 1 has 32 numbers for 16 samples. Correct inputs, or reshape in the data set.'],
    ['samples of another shape that are as many numbers as more samples', { data: { x: { shape: [rows, 6], data: [...x.data, ...x.data] }, target: classes } }, 'nn.fit: x must have 3 numbers per sample, epoch 1, batch 1 has 96 numbers for 16 samples.'],
    ['samples that all weigh nothing', { data: { x, target: classes, weight: new Float32Array(rows) }, sampleWeight: true }, 'nn.fit: the weights of samples must not all be 0, those of epoch 1 are. Give those that count a weight above 0.'],
    ['a target that is missing', { data: { x } }, 'nn.fit: a sample must have target, epoch 1, batch 1 has x. Return { x, target } from the data set.'],
    ['no samples', { data: { x: [], target: [] } as never }, 'DataLoader: an epoch must have at least one batch, got none. Look at the data set: it is empty.'],
    ['a validation of all samples', { validation: 0.999 }, 'nn.fit: validation must leave samples to learn from, got the share 0.999 of 60. Lower it, or add samples.'],
    ['resuming from nowhere', { resume: true }, 'nn.fit: checkpoint must be given with resume: true. It is the path of a file, or null.'],
    ['an unknown option', { epoch: 3 } as never, 'nn.fit: there is no option epoch. Did you mean epochs?'],
    ['no loss', { loss: undefined as never }, 'nn.fit: loss must be given. It is a loss such as nn.crossEntropy().'],
  ])('%s', async (_, more, message) => {
    await expect(nn.fit(makeNet(more.loss && more.loss.name === 'mse' ? 1 : 3), options({ data: { x, target: classes }, ...more }))).rejects.toThrow(message);
  });
});

describe('checkpoints', () => {
  const path = (): string => join(folder, 'other.safetensors');
  const resume = (model: nn.Module, more: Partial<FitOptions> = {}): Promise<nn.History> => nn.fit(model, options({ checkpoint: path(), resume: true, ...more }));
  beforeAll(async () => {
    await nn.fit(makeNet(), options({ checkpoint: path(), epochs: 1 }));
  });

  test('of another architecture name the first weight that differs, and change nothing', async () => {
    const other = makeNet(3, 9);
    const before = weights(other);
    await expect(resume(other)).rejects.toThrow(/^nn\.fit: .*other\.safetensors holds another net\. Sequential: 0\.weight must have shape \[9, 3\], the state dict has \[8, 3\]\./);
    expect(weights(other)).toEqual(before);
  });

  test('of another optimiser or seed are refused', async () => {
    await expect(resume(makeNet(), { optimizer: new nn.SGD({ lr: 0.1 }) })).rejects.toThrow(/holds a training with Adam, got optimizer SGD\. Go on with the same, or start anew with resume: false\.$/);
    await expect(resume(makeNet(), { randomState: 4 })).rejects.toThrow(/holds a training with randomState 0, got 4\./);
  });

  test('of an optimiser with other memory are refused', async () => {
    const file = join(folder, 'plain.safetensors');
    await nn.fit(makeNet(), options({ checkpoint: file, epochs: 1, optimizer: new nn.SGD() }));
    await expect(nn.fit(makeNet(), options({ checkpoint: file, resume: true, optimizer: new nn.SGD({ momentum: 0.9 }) }))).rejects.toThrow(
      /^nn\.fit: .*plain\.safetensors holds a training with other options of SGD\. SGD: the optimiser state must have momentum, it has nothing\. Go on with the options it was saved with\.$/,
    );
  });

  test('that are cut off, of another kind, or missing are refused', async () => {
    const bytes = readFileSync(path());
    const cut = join(folder, 'cut.safetensors');
    for (const length of [4, 60, bytes.length - 8]) {
      writeFileSync(cut, bytes.subarray(0, length));
      await expect(nn.readCheckpoint(cut)).rejects.toThrow(/^readCheckpoint: .*cut\.safetensors: /);
    }
    await expect(nn.readCheckpoint(join(folder, 'none'))).rejects.toThrow(/^readCheckpoint: .*none cannot be read \(ENOENT\)\. Check the path\.$/);
  });

  test('keep all they were given, NaN of a metric too', async () => {
    const file = join(folder, 'kept.safetensors');
    const checkpoint: nn.Checkpoint = {
      model: { 'a.weight': { shape: [2, 1], data: Float32Array.of(1, -0.1) } },
      best: { 'a.weight': { shape: [2, 1], data: Float32Array.of(3, 4) } },
      optimizer: { name: 'Adam', steps: 5, slots: { first: Float32Array.of(1e-30, 2), second: Float32Array.of(0, 5) } },
      epochs: [{ epoch: 1, loss: 0.1 + 0.2, validationLoss: null, metrics: { f1: Number.NaN, gap: -Infinity }, learningRate: 1e-3, gradNorm: 2 }],
      steps: 5,
      notes: ['a note'],
      randomState: 3,
    };
    await nn.saveCheckpoint(file, checkpoint);
    expect(await nn.readCheckpoint(file)).toEqual(checkpoint);
  });
});

describe('progress', () => {
  const written = (isTTY: boolean): { stream: WriteStream; text: () => string } => {
    const parts: string[] = [];
    return { stream: { isTTY, columns: 60, write: (part: string) => parts.push(part) } as unknown as WriteStream, text: () => parts.join('') };
  };

  test('is a line an epoch where there is no terminal', async () => {
    const { stream, text } = written(false);
    await nn.fit(makeNet(), options({ epochs: 2, validation: 0.2, metrics: { accuracy: nn.accuracy }, progress: stream }));
    const lines = text().split('\n');
    expect(lines[0]).toMatch(/^epoch 1\/2 loss \d\.\d{4}, validation \d\.\d{4}, accuracy \d\.\d{4} \([\d,]+ samples\/s, \d+\.\d\d s left\)$/);
    expect(lines[1]).toMatch(/^epoch 2\/2 loss .* \([\d,]+ samples\/s\)$/);
    expect(lines).toHaveLength(3);
  });

  test('is a bar that redraws itself, no wider than the terminal', async () => {
    const { stream, text } = written(true);
    await nn.fit(makeNet(), options({ epochs: 1, progress: stream }));
    // oxlint-disable-next-line no-control-regex
    for (const drawn of text().split(/\r/).slice(1)) expect([...drawn.replace(/\x1b\[K|\n/g, '')].length).toBeLessThan(60);
    expect(text()).toContain('█████░░░░░░░░░░░░░░░ 1/4 loss');
    expect(text().endsWith('\n')).toBe(true);
  });
});
