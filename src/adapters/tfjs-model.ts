import { DataError, OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { custom, integer, optional, positive, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { loadPackage } from './load-package.ts';

/** One layer: the name of a function of `tf.layers`, and what it takes. */
export type TfjsLayer = Readonly<{ type: string } & Record<string, unknown>>;

export interface TfjsOptions {
  /** Hidden layers, such as `{ type: 'dense', units: 32, activation: 'relu' }`; the output layer is added. Default none: a linear model. */
  layers?: readonly TfjsLayer[];
  /** Instead of `layers`: makes the whole, uncompiled LayersModel. Default null. */
  build?: ((tf: any, inputs: number, outputs: number) => any) | null;
  /** Name of an optimiser of `tf.train`. Default 'adam'. */
  optimizer?: 'adam' | 'sgd' | 'rmsprop' | 'adagrad' | 'adamax';
  /** Default 0.001. */
  learningRate?: number;
  /** Passes over the rows. Default 20. */
  epochs?: number;
  /** Rows at a time, in training and prediction. Default 32. */
  batchSize?: number;
  /** Seed of initial weights and of the order of rows. Default null: 0. */
  randomState?: number | null;
  /** Package to use. Default null: '@tensorflow/tfjs-node' if it is installed, else '@tensorflow/tfjs'. */
  package?: string | null;
}

const OPTIMIZERS = ['adam', 'sgd', 'rmsprop', 'adagrad', 'adamax'] as const;
const isLayer = (v: unknown): boolean => typeof (v as TfjsLayer | null)?.type === 'string';

export const tfjsRules: Rules<TfjsOptions> = {
  layers: custom<readonly TfjsLayer[]>([], 'a list of { type, … }', (v) => Array.isArray(v) && v.every(isLayer), 'dense'),
  build: custom(null, 'a function that makes a LayersModel, or null', (v) => v === null || typeof v === 'function', 0),
  optimizer: custom<'adam'>('adam', `one of ${OPTIMIZERS.join(', ')}`, (v) => OPTIMIZERS.includes(v as 'adam'), 'newton'),
  learningRate: positive(0.001),
  epochs: integer(20, { min: 1 }),
  batchSize: integer(32, { min: 1 }),
  randomState: seed(),
  package: optional(custom('@tensorflow/tfjs', 'the name of a package', (v) => typeof v === 'string' && v !== '', 0)),
};

/** A trained LayersModel as plain data. */
export interface TfjsFitted {
  /** The layers, as the model's own toJSON writes them. */
  topology: string;
  /** All weights in the model's order. */
  weights: readonly { shape: readonly number[]; values: Float32Array }[];
  /** Mean loss of each epoch. */
  losses: Float64Array;
}

/** What the last layer gives, and what it is compared with. */
export interface TfjsHead {
  outputs: number;
  activation: 'softmax' | 'sigmoid' | 'linear';
  loss: string;
}

const loadTf = (owner: string, name: string | null): Promise<any> =>
  name === null ? loadPackage(owner, '@tensorflow/tfjs-node', '@tensorflow/tfjs') : loadPackage(owner, name);

/** @param targets rows × head.outputs */
export async function trainTfjs(owner: string, options: Required<TfjsOptions>, head: TfjsHead, X: Matrix, targets: DenseMatrix): Promise<TfjsFitted> {
  const tf = await loadTf(owner, options.package);
  const random = new RandomState(options.randomState ?? 0);
  const model = makeModel(owner, tf, options, head, X.cols, random);
  try {
    model.compile({ optimizer: tf.train[options.optimizer](options.learningRate), loss: head.loss });
    const losses = new Float64Array(options.epochs);
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      const order = random.permutation(X.rows);
      for (let from = 0; from < X.rows; from += options.batchSize) {
        const rows = order.subarray(from, from + options.batchSize);
        const [x, y] = [tensorOf(tf, X.take(rows)), tensorOf(tf, targets.take(rows))];
        const loss = Number(await model.trainOnBatch(x, y));
        tf.dispose([x, y]);
        losses[epoch] += (loss * rows.length) / X.rows;
      }
      if (!Number.isFinite(losses[epoch])) {
        throw new DataError(`${owner}: the loss must stay finite, in epoch ${epoch + 1} it is ${losses[epoch]}. Scale X, or lower learningRate.`);
      }
    }
    const weights = model.getWeights().map((weight: any) => ({ shape: [...weight.shape] as number[], values: Float32Array.from(weight.dataSync()) }));
    return { topology: JSON.stringify(model.toJSON(null, false)), weights, losses };
  } finally {
    model.dispose();
  }
}

/** rows × outputs. */
export async function askTfjs(owner: string, options: Required<TfjsOptions>, { topology, weights }: TfjsFitted, X: Matrix): Promise<DenseMatrix> {
  const tf = await loadTf(owner, options.package);
  const model = await tf.models.modelFromJSON(JSON.parse(topology));
  try {
    tf.tidy(() => model.setWeights(weights.map(({ shape, values }) => tf.tensor(values, shape))));
    const outputs = model.outputs[0].shape[1] as number;
    const result = new DenseMatrix(X.rows, outputs);
    for (let from = 0; from < X.rows; from += options.batchSize) {
      const rows = Int32Array.from({ length: Math.min(options.batchSize, X.rows - from) }, (_, i) => from + i);
      const part = tf.tidy(() => model.predictOnBatch(tensorOf(tf, X.take(rows))).dataSync());
      result.data.set(part, from * outputs);
    }
    return result;
  } finally {
    model.dispose();
  }
}

function tensorOf(tf: any, X: Matrix): any {
  return tf.tensor2d(Float32Array.from(X.toDense().data), [X.rows, X.cols]);
}

function makeModel(owner: string, tf: any, { build, layers }: Required<TfjsOptions>, head: TfjsHead, inputs: number, random: RandomState): any {
  if (build !== null) {
    const model = build(tf, inputs, head.outputs);
    const width = model?.outputs?.[0]?.shape?.[1];
    if (width !== head.outputs) throw new OptionError(`${owner}: build must make a LayersModel with ${head.outputs} outputs, got ${width}. It is called with (tf, inputs, outputs).`);
    return model;
  }
  const model = tf.sequential();
  const initializer = (): unknown => tf.initializers.glorotUniform({ seed: random.randint(0, 2 ** 31 - 1) });
  const all = [...layers, { type: 'dense', units: head.outputs, activation: head.activation }];
  for (const [i, { type, ...settings }] of all.entries()) {
    const make = tf.layers[type];
    if (typeof make !== 'function') throw new OptionError(`${owner}: layers must name functions of tf.layers, got "${type}".`);
    const seeded = type === 'dense' ? { kernelInitializer: initializer() } : type === 'dropout' ? { seed: random.randint(0, 2 ** 31 - 1) } : {};
    model.add(make({ ...seeded, ...settings, ...(i === 0 && { inputShape: [inputs] }) }));
  }
  return model;
}
