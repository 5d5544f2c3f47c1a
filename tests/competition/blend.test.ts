import type { Blender, BlendTask } from '../../src/competition/blender.ts';
import { hillClimbing } from '../../src/competition/hill-climbing.ts';
import { foldScores, nestedBlend } from '../../src/competition/nested-blend.ts';
import { stackedBlend } from '../../src/competition/stacked-blend.ts';
import type { Label } from '../../src/core/labels.ts';
import { RandomState } from '../../src/core/random-state.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { scorer } from '../../src/metrics/scorer.ts';

const rows = 300;
const random = new RandomState(11);
const folds = Int32Array.from({ length: rows }, (_, i) => i % 5);
const allRows = Int32Array.from(folds.keys());
const normal = (): Float64Array => Float64Array.from({ length: rows }, () => random.standardNormal());
const truth = normal();
const y: Label[] = Array.from(truth, (value) => (value > 0 ? 'yes' : 'no'));
const classes = ['no', 'yes'];

/** Probabilities of both classes of scores. */
const asProbabilities = (scores: Float64Array): DenseMatrix => new DenseMatrix(rows, 2, Float64Array.from({ length: 2 * rows }, (_, i) => {
  const p = 1 / (1 + Math.exp(-scores[i >> 1]));
  return i % 2 === 1 ? p : 1 - p;
}));
const noisy = (noise: number): Float64Array => truth.map((value) => value + noise * random.standardNormal());
const classification = (predictions: DenseMatrix[], metric: 'accuracy' | 'logLoss' = 'accuracy'): BlendTask => ({ predictions, y, classes, scorer: scorer(metric) });
const regression = (predictions: Float64Array[]): BlendTask => ({ predictions: predictions.map((one) => DenseMatrix.column(one)), y: Array.from(truth), classes: null, scorer: scorer('rootMeanSquaredError') });

describe('nestedBlend', () => {
  test('in the order of time tunes on earlier folds only, and begins with a plain average', async () => {
    const tunedOn: Int32Array[] = [];
    const spy: Blender = async (_, some) => {
      tunedOn.push(some);
      return { weights: [1, 0], combine: async ([one]) => one };
    };
    const inTime = Int32Array.from({ length: rows }, (_, i) => Math.floor(i / 60) - 1);
    const predictions = [DenseMatrix.column(normal()), DenseMatrix.column(normal())];
    const { combined, foldWeights } = await nestedBlend({ predictions, y: Array.from(truth), classes: null, scorer: scorer('r2') }, inTime, spy, true);
    expect(tunedOn.map((some) => [...new Set(some.map((row) => inTime[row]))])).toEqual([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]);
    expect(foldWeights).toEqual([[0.5, 0.5], [1, 0], [1, 0], [1, 0]]);
    expect(combined.data.subarray(0, 60)).toEqual(new Float64Array(60).fill(Number.NaN));
    expect(combined.data[60]).toBeCloseTo((predictions[0].data[60] + predictions[1].data[60]) / 2, 14);
    expect(combined.data[120]).toBe(predictions[0].data[120]);
  });

  test('predicts no row by weights that were tuned on it', async () => {
    const tunedOn: Set<number>[] = [];
    const combinedFor = new Map<number, number>();
    const predictions = [new DenseMatrix(rows, 1, Float64Array.from(allRows))];
    const spy: Blender = async (_, some) => {
      const index = tunedOn.push(new Set(some)) - 1;
      return { weights: [1], combine: async ([one]) => (one.data.forEach((row) => combinedFor.set(row, index)), one) };
    };
    const { combined } = await nestedBlend({ predictions, y: Array.from(truth), classes: null, scorer: scorer('r2') }, folds, spy);
    expect(combinedFor.size).toBe(rows);
    for (const [row, index] of combinedFor) expect(tunedOn[index].has(row)).toBe(false);
    expect(tunedOn.slice(0, 5).map((set) => set.size)).toEqual([240, 240, 240, 240, 240]);
    expect(tunedOn[5].size).toBe(rows);
    expect(Array.from(combined.data)).toEqual(Array.from(allRows));
  });

  test.each<[string, Blender]>([['hill climbing', hillClimbing], ['stacking', stackedBlend]])('%s: the answers of a fold do not touch its own weights', async (_, tune) => {
    const task = classification([asProbabilities(noisy(1)), asProbabilities(noisy(1)), asProbabilities(noisy(2))], 'logLoss');
    const flipped = { ...task, y: task.y.map((label, i) => (folds[i] !== 2 ? label : label === 'yes' ? 'no' : 'yes')) };
    const [one, other] = [await nestedBlend(task, folds, tune), await nestedBlend(flipped, folds, tune)];
    expect(other.foldWeights[2]).toEqual(one.foldWeights[2]);
    expect(other.foldWeights[0]).not.toEqual(one.foldWeights[0]);
  });

  test('is not deceived by many members that know nothing, where the score on the tuning rows is', async () => {
    const task = classification(Array.from({ length: 40 }, () => asProbabilities(normal())));
    const nested = await nestedBlend(task, folds, hillClimbing);
    const deceived = foldScores(task, folds, await nested.blend.combine(task.predictions), task.scorer);
    const honest = foldScores(task, folds, nested.combined, task.scorer);
    const mean = (scores: number[]): number => scores.reduce((a, b) => a + b, 0) / scores.length;
    expect(mean(deceived)).toBeGreaterThan(0.6);
    // Guessing scores 0.5, with a standard deviation of 0.03 over 300 rows.
    expect(Math.abs(mean(honest) - 0.5)).toBeLessThan(0.09);
  });

  test('leaves rows out that were never predicted, and needs two folds', async () => {
    const some = folds.map((fold, i) => (i < 10 ? -1 : fold));
    const task = regression([noisy(1), noisy(1)]);
    const { combined } = await nestedBlend(task, some, stackedBlend);
    expect(Array.from(combined.data.subarray(0, 10)).every(Number.isNaN)).toBe(true);
    expect(combined.data.subarray(10).every(Number.isFinite)).toBe(true);
    await expect(nestedBlend(task, folds.map(() => 0), hillClimbing)).rejects.toThrow('Blend: there must be rows of at least two folds, got 1. A blend is judged on folds that it was not tuned on.');
  });
});

describe('hillClimbing', () => {
  test('finds that two members make up for each other', async () => {
    const error = normal();
    const { weights, combine } = await hillClimbing(regression([truth.map((v, i) => v + error[i]), truth.map((v, i) => v - error[i]), normal()]), allRows);
    expect(weights).toEqual([0.5, 0.5, 0]);
    const two = [[1], [3]].map((rowsOf) => DenseMatrix.from([rowsOf]));
    expect((await combine([...two, DenseMatrix.from([[100]])])).at(0, 0)).toBe(2);
  });

  test('is never worse on its rows than the best member, and its weights are shares', async () => {
    const task = classification([0.5, 1, 2].map((noise) => asProbabilities(noisy(noise))), 'logLoss');
    const { weights, combine } = await hillClimbing(task, allRows);
    const loss = (one: DenseMatrix): number => foldScores(task, folds.map(() => 0), one, task.scorer)[0];
    expect(loss(await combine(task.predictions))).toBeLessThanOrEqual(Math.min(...task.predictions.map(loss)));
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(weights.every((weight) => weight >= 0)).toBe(true);
  });

  test('keeps the best average on the way, not what is taken while it looks for a better one', async () => {
    // 1 − 2 + 1 is nothing: the third member taken ends at the truth, and ten more are taken in vain.
    const task: BlendTask = { predictions: [[[1]], [[-2]]].map((one) => DenseMatrix.from(one)), y: [0], classes: null, scorer: scorer('rootMeanSquaredError') };
    expect((await hillClimbing(task, Int32Array.of(0))).weights).toEqual([2 / 3, 1 / 3]);
  });

  test('looks at the distance to the truth where scores are equal', async () => {
    const [sure, unsure] = [0.99, 0.6].map((p) => new DenseMatrix(rows, 2, Float64Array.from({ length: 2 * rows }, (_, i) => (classes[i % 2] === y[i >> 1] ? p : 1 - p))));
    expect((await hillClimbing(classification([unsure, sure]), allRows)).weights).toEqual([0, 1]);
  });
});

describe('stackedBlend', () => {
  test('finds a linear rule, and takes no member with a negative sign', async () => {
    const [a, b] = [normal(), normal()];
    const task = { ...regression([a, b, truth.map((value) => -value)]), y: Array.from(a, (value, i) => 2 * value + 0.5 * b[i] + 3) };
    const { weights, combine } = await stackedBlend(task, allRows);
    expect(weights).toBeAllClose([2, 0.5, 0], { absolute: 1e-8 });
    expect((await combine([[[1]], [[2]], [[0]]].map((one) => DenseMatrix.from(one)))).at(0, 0)).toBeCloseTo(6, 8);
  });

  test('gives probabilities of all classes, and certain members do not break it', async () => {
    const labels = Array.from({ length: rows }, (_, i) => i % 3);
    const certain = new DenseMatrix(rows, 3, Float64Array.from({ length: 3 * rows }, (_, i) => Number(i % 3 === labels[Math.floor(i / 3)])));
    const { combine } = await stackedBlend({ predictions: [certain, certain], y: labels, classes: [0, 1, 2], scorer: scorer('accuracy') }, allRows);
    const said = await combine([certain, certain]);
    expect(said.at(1, 1)).toBeGreaterThan(0.9);
    expect(said.row(0).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});
