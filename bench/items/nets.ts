import { readFileSync } from 'node:fs';
import type { BenchItem, Work } from '../bench-item.ts';
import { jsonInput } from '../inputs.ts';

/** What both sides build, by name. */
type Kind = 'mlp' | 'cnn' | 'regression' | 'lstm';

interface Setting {
  readonly kind: Kind;
  readonly title: string;
  readonly rows: number;
  readonly batch: number;
  readonly ratio: number;
}

const SETTINGS: readonly Setting[] = [
  { kind: 'mlp', title: 'MLP 784-256-10, batch 256, Adam', rows: 10_000, batch: 256, ratio: 1 },
  { kind: 'cnn', title: 'CNN of two convolutions on 28 × 28, batch 64, Adam', rows: 1_280, batch: 64, ratio: 1 },
  { kind: 'regression', title: 'MLP 13-512-1 for regression, batch 64, Adam', rows: 6_400, batch: 64, ratio: 0.6 },
  { kind: 'lstm', title: 'Embedding + LSTM(32) over 50 tokens, batch 32, Adam', rows: 640, batch: 32, ratio: 0.7 },
];

/** One epoch of training, on one thread and on two. */
export const nets: readonly BenchItem[] = SETTINGS.flatMap((setting) => [1, 2].map((threads) => netItem(setting, threads)));

function netItem({ kind, title, rows, batch, ratio }: Setting, threads: number): BenchItem {
  const name = `net-${kind}${threads === 1 ? '' : '-2-threads'}`;
  return {
    name,
    title: `${title}, an epoch of ${rows.toLocaleString('en')}, ${threads === 1 ? 'one thread' : 'two threads'}`,
    timed: 'call',
    target: { ratio },
    input: async () => jsonInput(name, () => ({ kind, rows, batch, threads, seed: 0 })),
    ours: (file) => work(JSON.parse(readFileSync(file, 'utf8')) as Recipe),
    peer: { script: 'nets.py' },
    // Hundreds of steps in single precision, each from where the last one ended.
    tolerance: 1e-2,
  };
}

interface Recipe {
  readonly kind: Kind;
  readonly rows: number;
  readonly batch: number;
  readonly threads: number;
  readonly seed: number;
}

async function work({ kind, rows, batch, threads, seed }: Recipe): Promise<Work<number>> {
  const { nn, RandomState } = await import('refit');
  const random = new RandomState(seed);
  const features = { mlp: [784], cnn: [1, 28, 28], regression: [13], lstm: [50] }[kind];
  const size = features.reduce((a, b) => a * b);
  const x = kind === 'lstm' ? Int32Array.from(random.randint(0, 2000, rows * size)) : Float32Array.from(random.standardNormal(rows * size));
  const target = kind === 'regression' ? Float32Array.from(random.standardNormal(rows)) : Int32Array.from(random.randint(0, kind === 'lstm' ? 2 : 10, rows));
  const model = {
    mlp: () => new nn.Sequential(new nn.Linear(784, 256), new nn.ReLU(), new nn.Linear(256, 10)),
    cnn: () =>
      new nn.Sequential(
        new nn.Conv2d(1, 16, 3, { padding: 1 }),
        new nn.BatchNorm2d(16),
        new nn.ReLU(),
        new nn.MaxPool2d(2),
        new nn.Conv2d(16, 32, 3, { padding: 1 }),
        new nn.ReLU(),
        new nn.MaxPool2d(2),
        new nn.Flatten(),
        new nn.Linear(32 * 49, 10),
      ),
    regression: () => new nn.Sequential(new nn.Linear(13, 512), new nn.ReLU(), new nn.Linear(512, 1)),
    lstm: () => new nn.Sequential(new nn.Embedding(2000, 32), new nn.LSTM(32, 32, { returns: 'last' }), new nn.Linear(32, 2)),
  }[kind]();
  for (const parameter of model.parameters()) parameter.data.set(random.normal(0, 0.05, parameter.data.length));
  const start = model.stateDict();
  const step = await nn.compileTrainStep({
    model,
    inputs: { x: { shape: features, type: kind === 'lstm' ? 'int32' : 'float32' } },
    loss: kind === 'regression' ? nn.mse() : nn.crossEntropy(),
    optimizer: new nn.Adam(),
    threads,
  });
  const fresh = step.optimizerState();
  return {
    run: async () => {
      model.loadStateDict(start);
      step.loadOptimizerState(fresh);
      let sum = 0;
      for (let i = 0; i < rows; i += batch) {
        const end = Math.min(i + batch, rows);
        const { loss } = await step.run({ x: x.subarray(i * size, end * size), target: target.subarray(i, end) });
        sum += loss * (end - i);
      }
      return sum / rows;
    },
    numbers: (loss) => ({ loss }),
  };
}
