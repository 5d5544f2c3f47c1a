import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RandomState } from '../../../src/core/random-state.ts';
import { nn } from '../../../src/index.ts';
import { ThreadStep } from '../../../src/nn/runtime/thread-step.ts';
import type { Update } from '../../../src/nn/optimizers/optimizer.ts';
import type { FitOptions } from '../../../src/nn/training/fit-options.ts';

const random = new RandomState(8);
const rows = 70;
const ids = Int32Array.from(random.randint(0, 400, rows * 5));
const target = Int32Array.from(random.randint(0, 3, rows));
const weight = Float32Array.from(random.randomSample(rows));

/** Rows that are added up outside of the graph, running statistics, and masks. */
const tokens = (): nn.Module => nn.withSeed(2, () => new nn.Sequential(new nn.Embedding(400, 4), new nn.Flatten(), new nn.Linear(20, 6), new nn.BatchNorm1d(6), new nn.ReLU(), new nn.Dropout(0.3), new nn.Linear(6, 3)));
const options = (more: Partial<FitOptions> = {}): FitOptions => ({
  data: { ids: { shape: [rows, 5], data: ids }, target },
  inputs: { ids: { shape: [5], type: 'int32' } },
  loss: nn.crossEntropy(),
  optimizer: new nn.AdamW({ lr: 0.01 }),
  epochs: 3,
  batchSize: 16,
  progress: false,
  ...more,
});
const state = (model: nn.Module): object => Object.fromEntries(Object.entries(model.stateDict()).map(([name, { data }]) => [name, Array.from(data)]));

/** What a training comes to in this thread and in another. */
async function both(more: () => Partial<FitOptions>): Promise<[object, object][]> {
  const outcomes: [object, object][] = [];
  for (const thread of [false, true]) {
    const model = tokens();
    const history = await nn.fit(model, options({ ...more(), thread })).catch((error: Error) => ({ error: error.message }));
    outcomes.push([history, state(model)]);
  }
  return outcomes;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-thread-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a training in a thread of its own', () => {
  test.each<[string, () => Partial<FitOptions>]>([
    ['AdamW', () => ({})],
    ['SGD with momentum, clipped by norm', () => ({ optimizer: new nn.SGD({ lr: 0.1, momentum: 0.9 }), clipGradNorm: 0.5 })],
    ['RMSprop, clipped by value', () => ({ optimizer: new nn.RMSprop({ lr: 0.01, momentum: 0.5 }), clipGradValue: 0.01 })],
    ['sample weights', () => ({ data: { ids: { shape: [rows, 5], data: ids }, target, weight }, sampleWeight: true })],
    ['a schedule by batch, validation and the best epoch', () => ({ schedule: new nn.OneCycleLR({ totalSteps: 15 }), validation: 0.2, earlyStopping: { patience: 5 }, metrics: { accuracy: nn.accuracy } })],
  ])('gives the same weights, statistics and history, bit for bit: %s', async (_, more) => {
    const [here, there] = await both(more);
    expect(there).toEqual(here);
    expect(there[0]).toHaveProperty('epochs');
    expect(there[1]).not.toEqual(state(tokens()));
  });

  test('with an optimiser of a user\'s own makes its steps here', async () => {
    class Signs extends nn.SGD {
      count = 0;
      override update({ values, gradient }: Update): void {
        this.count++;
        for (let i = 0; i < values.length; i++) values[i] -= 0.01 * Math.sign(gradient[i]);
      }
    }
    const optimizer = new Signs();
    const [here, there] = await both(() => ({ optimizer }));
    expect(there).toEqual(here);
    expect(optimizer.count).toBe(2 * 3 * 5 * 2); // trainings, epochs, batches, and stretches: a table's gradient comes by itself
  });

  test('that goes wrong ends with the same error and the same weights, though later steps were asked for', async () => {
    const wild = (): Partial<FitOptions> => ({ optimizer: new nn.SGD({ lr: 1e12 }), epochs: 40 });
    const [here, there] = await both(wild);
    expect(there).toEqual(here);
    expect((there[0] as { error: string }).error).toMatch(/^nn.fit: loss and gradient must stay in bounds, in epoch \d+, batch \d+/);
  });

  test('tells a bad batch after the good ones before it', async () => {
    const data: nn.Dataset = { length: rows, at: (i) => ({ ids: i === 40 ? [0, 0, 0, 0, 400] : ids.subarray(5 * i, 5 * i + 5), target: target[i] }) };
    const loader = (): nn.DataLoader => new nn.DataLoader(data, { batchSize: 16 });
    const [here, there] = await both(() => ({ data: loader() }));
    expect(there).toEqual(here);
    expect((there[0] as { error: string }).error).toBe('Embedding "0": ids must be in 0…399, row 8 of ids has 400. Make numEmbeddings larger than the largest id.');
  });

  test('goes on from a checkpoint to the same weights, its own or that of a training here', async () => {
    const unbroken = tokens();
    const whole = await nn.fit(unbroken, options({ epochs: 5, thread: false }));
    for (const [i, [first, second]] of [[true, true], [false, true], [true, false]].entries()) {
      const checkpoint = join(folder, `${i}.safetensors`);
      await nn.fit(tokens(), options({ epochs: 2, checkpoint, thread: first }));
      const resumed = nn.withSeed(9, tokens);
      expect(await nn.fit(resumed, options({ epochs: 5, checkpoint, resume: true, thread: second }))).toEqual(whole);
      expect(state(resumed)).toEqual(state(unbroken));
    }
    expect(existsSync(join(folder, '0.safetensors'))).toBe(true);
  });

  test('sees weights that are changed between epochs', async () => {
    const [here, there] = [tokens(), tokens()];
    for (const [model, thread] of [[here, false], [there, true]] as const) {
      await nn.fit(model, options({ thread, onEpoch: () => model.parameters()[1].data.fill(0.25) }));
    }
    expect(state(there)).toEqual(state(here));
  });
});

test('a step that is made elsewhere brings its weights here when it is told to, after all that were asked for', async () => {
  const [model, twin] = [tokens(), tokens()];
  const net = { inputs: { ids: { shape: [5], type: 'int32' as const } }, loss: nn.crossEntropy(), optimizer: new nn.Adam() };
  const [there, here] = [(await ThreadStep.open({ model, ...net }))!, await nn.compileTrainStep({ model: twin, ...net })];
  const before = state(model);
  const batch = (i: number) => ({ ids: ids.slice(40 * i, 40 * i + 40), target: target.slice(8 * i, 8 * i + 8) });
  const asked = [0, 1, 2].map((i) => there.run(batch(i), { lr: 0.01, seed: i }));
  const results = await Promise.all(asked);
  expect(state(model)).toEqual(before);
  await there.settle();
  for (let i = 0; i < 3; i++) expect(await here.run(batch(i), { lr: 0.01, seed: i })).toEqual(results[i]);
  expect(state(model)).toEqual(state(twin));
  expect(there.optimizerState()).toEqual(here.optimizerState());
  await there.dispose();
  await here.dispose();
});
