import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CountVectorizer, crossValidate, DenseMatrix, loadModel, Pipeline, RandomState, saveModel, StandardScaler } from 'refit';
import * as adapters from 'refit/adapters';

const { MlClassifier, MlRegressor, TfjsClassifier, TfjsRegressor } = adapters;

/** Three clouds of points, and a plane over them. */
const random = new RandomState(3);
const labels = Array.from({ length: 90 }, (_, i) => ['cold', 'mild', 'warm'][i % 3]);
const X = DenseMatrix.from(labels.map((_, i) => [4 * (i % 3) + random.normal(), (i % 3) ** 2 * 2 - 4 + random.normal()]));
const heights = Float64Array.from(labels, (_, i) => 100_000 + 20_000 * X.at(i, 0) - 5_000 * X.at(i, 1));

async function throughFile(model: any): Promise<any> {
  const folder = mkdtempSync(join(tmpdir(), 'refit-adapters-'));
  try {
    const file = join(folder, 'model.safetensors');
    await saveModel(model, file, { modules: { 'refit/adapters': adapters } });
    return await loadModel(file, { modules: { 'refit/adapters': adapters } });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const [name, options, least] of [
  ['ml-logistic-regression', { modelOptions: { numSteps: 3000, learningRate: 5e-3 } }, 0.85],
  ['ml-naivebayes', {}, 0.95],
  ['ml-random-forest', { modelOptions: { nEstimators: 10, seed: 1, maxFeatures: 1.0, replacement: true, noOOB: true } }, 0.95],
  ['ml-knn', { modelOptions: { k: 5 } }, 0.95],
] as const) {
  test(`${name} is a pipeline's last stage, with labels as they are, and is saved with it`, async () => {
    const pipeline = (): any => new Pipeline([['scale', new StandardScaler()], ['classify', new MlClassifier({ package: name, ...options } as any)]]);
    const fitted = await pipeline().fit(X, labels);
    const predicted = await fitted.predict(X);
    assert.ok(predicted.every((label: unknown) => labels.includes(label as string)));
    assert.ok((await fitted.score(X, labels)) >= least, `${name} scored ${await fitted.score(X, labels)}`);
    assert.deepEqual(await (await throughFile(fitted)).predict(X), predicted);
    const { folds } = await crossValidate(pipeline(), X, labels, { cv: 3 });
    assert.ok(folds.every(({ scores }: any) => scores.accuracy > least - 0.15));
  });
}

test('a regressor of ml.js', async () => {
  const fitted = await new MlRegressor({ modelOptions: { nEstimators: 20, seed: 1, maxFeatures: 1.0, replacement: true, noOOB: true } } as any).fit(X, heights);
  assert.ok((await fitted.score(X, heights)) > 0.9);
  assert.deepEqual(await (await throughFile(fitted)).predict(X), await fitted.predict(X));
});

test('sparse counts are made dense for ml.js', async () => {
  const pipeline = new Pipeline([['count', new CountVectorizer()], ['classify', new MlClassifier({ package: 'ml-naivebayes', exportName: 'MultinomialNB' })]]);
  await pipeline.fit(['win cash', 'cash now', 'see you', 'you there'], [true, true, false, false]);
  assert.deepEqual(await pipeline.predict(['cash', 'you']), [true, false]);
});

test('what ml.js lacks is said', async () => {
  await assert.rejects(new MlClassifier({ package: 'ml-not-there' }).fit(X, labels), /exportName must be given/);
  await assert.rejects(
    new MlClassifier({ package: 'ml-not-there', exportName: 'Model' }).fit(X, labels),
    /^RefitError: MlClassifier: ml-not-there must be installed, it could not be loaded \(.*\)\. Run npm install ml-not-there\.$/,
  );
  await assert.rejects(new MlClassifier({ package: 'ml-knn', exportName: 'Forest' }).fit(X, labels), /exportName must be a class of ml-knn, got "Forest"/);
  await assert.rejects(new MlClassifier().fit(X, labels, { sampleWeight: labels.map(() => 1) }), /models of ml.js take none/);
});

const hidden = [{ type: 'dense', units: 12, activation: 'relu' }];

test('a LayersModel of tfjs classifies, from the same seed with the same weights, and is saved with its pipeline', async () => {
  const pipeline = (): any => new Pipeline([['scale', new StandardScaler()], ['net', new TfjsClassifier({ layers: hidden, epochs: 40, learningRate: 0.02, batchSize: 16, randomState: 4 })]]);
  const fitted = await pipeline().fit(X, labels);
  assert.ok((await fitted.score(X, labels)) > 0.95);
  const proba = await fitted.predictProba(X);
  for (let i = 0; i < proba.rows; i++) assert.ok(Math.abs(proba.row(i).reduce((a: number, b: number) => a + b, 0) - 1) < 1e-12);
  const { losses, classes } = fitted.namedSteps.net.fitted;
  assert.deepEqual(classes, ['cold', 'mild', 'warm']);
  assert.ok(losses[39] < losses[0] / 3);
  assert.deepEqual((await (await pipeline().fit(X, labels)).predictProba(X)).data, proba.data);
  assert.deepEqual((await (await throughFile(fitted)).predictProba(X)).data, proba.data);
});

test('a LayersModel of one’s own, and a regressor on a six-digit target', async () => {
  const build = (tf: any, inputs: number, outputs: number): any => {
    const input = tf.input({ shape: [inputs] });
    return tf.model({ inputs: input, outputs: tf.layers.dense({ units: outputs, activation: 'softmax' }).apply(input) });
  };
  assert.ok((await (await new TfjsClassifier({ build, epochs: 60, learningRate: 0.05 }).fit(X, labels)).score(X, labels)) > 0.9);
  const regressor = await new TfjsRegressor({ epochs: 60, learningRate: 0.05 }).fit(X, heights);
  assert.ok((await regressor.score(X, heights)) > 0.99);
  assert.deepEqual(await (await throughFile(regressor)).predict(X), await regressor.predict(X));
});

test('what cannot be a net is said', async () => {
  await assert.rejects(new TfjsClassifier({ layers: [{ type: 'denser' }] }).fit(X, labels), /layers must name functions of tf.layers, got "denser"/);
  await assert.rejects(new TfjsClassifier({ package: 'no-such-tfjs' }).fit(X, labels), /no-such-tfjs must be installed.*Run npm install no-such-tfjs/);
  await assert.rejects(new TfjsRegressor({ optimizer: 'sgd', learningRate: 1e30, epochs: 3 }).fit(X, heights), /the loss must stay finite/);
});
