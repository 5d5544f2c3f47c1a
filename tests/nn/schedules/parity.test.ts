import { CosineAnnealingLR } from '../../../src/nn/schedules/cosine-annealing-lr.ts';
import { CosineAnnealingWarmRestarts } from '../../../src/nn/schedules/cosine-annealing-warm-restarts.ts';
import { ExponentialLR } from '../../../src/nn/schedules/exponential-lr.ts';
import { LinearLR } from '../../../src/nn/schedules/linear-lr.ts';
import { MultiStepLR } from '../../../src/nn/schedules/multi-step-lr.ts';
import { OneCycleLR } from '../../../src/nn/schedules/one-cycle-lr.ts';
import { ReduceLROnPlateau } from '../../../src/nn/schedules/reduce-lr-on-plateau.ts';
import type { Schedule } from '../../../src/nn/schedules/schedule.ts';
import { SequentialLR } from '../../../src/nn/schedules/sequential-lr.ts';
import { StepLR } from '../../../src/nn/schedules/step-lr.ts';
import { fixture } from '../../fixture.ts';

const classes: Record<string, new (options: any) => Schedule<any>> = { CosineAnnealingLR, CosineAnnealingWarmRestarts, ExponentialLR, LinearLR, MultiStepLR, OneCycleLR, ReduceLROnPlateau, SequentialLR, StepLR };

const make = (name: string, options: any): Schedule<any> =>
  new classes[name]({ ...options, ...(options.schedules && { schedules: options.schedules.map(([inner, own]: [string, object]) => make(inner, own)) }) });

describe('learning rates of PyTorch', () => {
  test.each(fixture('schedules').cases.map((one) => [one.name, one] as const))('%s', (_, { input, options, expected, tolerance }) => {
    const schedule = make(input.schedule, options);
    const rates = (expected as number[]).map((_, t) => schedule.rate(input.lr, t, (input.losses ?? []).slice(0, t)));
    expect(rates).toBeAllClose(expected, { relative: tolerance, absolute: 1e-15 });
  });
});

test('a rate after the last step of one cycle is refused', () => {
  const schedule = new OneCycleLR({ totalSteps: 10 });
  expect(schedule.every).toBe('batch');
  expect(() => schedule.rate(0.1, 10)).toThrow('OneCycleLR: totalSteps must be as many as there are, got 10 and a step after them. Set it to epochs × batches per epoch.');
});

test('schedules in a row need a milestone for each but the first', () => {
  expect(() => new SequentialLR({ schedules: [new LinearLR(), new StepLR()], milestones: [] })).toThrow(
    'SequentialLR: milestones must be one fewer than schedules, got 0 for 2.',
  );
  expect(() => new SequentialLR({ schedules: [new LinearLR(), new StepLR(), new StepLR()], milestones: [5, 3] })).toThrow(
    'SequentialLR: milestones must be ascending whole numbers above 0, got [5, 3].',
  );
});

test('an option that a schedule does not have is refused by name', () => {
  expect(() => new StepLR({ stepsize: 3 } as never)).toThrow('StepLR: there is no option stepsize. Did you mean stepSize? Options are stepSize, gamma, every.');
});
