import { EarlyStopping } from '../../../src/nn/training/early-stopping.ts';
import type { EpochRecord } from '../../../src/nn/training/history.ts';

const records = (values: readonly number[], name = 'loss'): EpochRecord[] =>
  values.map((value, i) => ({ epoch: i + 1, loss: 1, learningRate: 0.1, gradNorm: 1, validationLoss: name === 'loss' ? value : 1, metrics: name === 'loss' ? {} : { [name]: value } }));

test('the earliest of equal epochs is the best, and minDelta is what an epoch must bring', () => {
  expect(new EarlyStopping().bestEpoch(records([3, 2, 2, 5]))).toBe(2);
  expect(new EarlyStopping({ minDelta: 0.5 }).bestEpoch(records([3, 2.6, 2.4]))).toBe(3);
  expect(new EarlyStopping({ minDelta: 0.5 }).bestEpoch(records([3, 2.5, 2.5]))).toBe(1);
});

test('it is over when patience epochs have brought nothing better, not before', () => {
  const stopping = new EarlyStopping({ patience: 2 });
  expect(stopping.isOver(records([3, 2, 2]))).toBe(false);
  expect(stopping.isOver(records([3, 2, 2, 2]))).toBe(true);
  expect(stopping.isOver([])).toBe(false);
});

test('a metric that is never defined is told where the training would have ended', () => {
  const stopping = new EarlyStopping({ monitor: 'auc', better: 'higher', patience: 2 });
  const undefinedIn = (epochs: number): EpochRecord[] => records(new Array<number>(epochs).fill(Number.NaN), 'auc');
  expect(stopping.isOver(undefinedIn(2))).toBe(false);
  expect(() => stopping.isOver(undefinedIn(3))).toThrow(`EarlyStopping: monitor "auc" must be defined in some epoch, got NaN in all 3. Watch rows that it is defined on, correct the metric, or watch 'loss'.`);
});

test('a metric that is not defined at first is worse than any later value', () => {
  const stopping = new EarlyStopping({ monitor: 'auc', better: 'higher', patience: 2 });
  expect(stopping.bestEpoch(records([Number.NaN, 0.4, 0.6, Number.NaN], 'auc'))).toBe(3);
  expect(stopping.isOver(records([Number.NaN, Number.NaN, 0.4], 'auc'))).toBe(false);
});
