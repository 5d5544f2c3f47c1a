import { isMainThread } from 'node:worker_threads';
import { OptionError } from '../../core/errors.ts';
import { Module } from '../modules/module.ts';
import { compileForward } from '../compile-forward.ts';
import { compileTrainStep } from '../compile-train-step.ts';
import { ThreadStep } from '../runtime/thread-step.ts';
import { completeFitOptions, type FitOptions } from './fit-options.ts';
import type { History } from './history.ts';
import { trainingData } from './training-data.ts';
import { Training } from './training.ts';
import { validate } from './validate.ts';

/** What nn.fit does, for whoever has another name in front of its messages. */
export async function trainNet(owner: string, model: Module, given: FitOptions): Promise<History> {
  if (!(model instanceof Module)) throw new OptionError(`${owner}: model must be a Module. For functions over parameters, use nn.compileTrainStep.`);
  const options = completeFitOptions(owner, given);
  const { inputs, loss, optimizer, sampleWeight, clipGradNorm, clipGradValue, threads, metrics } = options;
  const thread = options.thread && isMainThread;
  const { train, validation } = trainingData(owner, options);
  const net = { model, inputs, loss, sampleWeight, threads, thread };
  const whole = { ...net, optimizer, clipGradNorm: clipGradNorm ?? undefined, clipGradValue: clipGradValue ?? undefined };
  const step = (thread ? await ThreadStep.open(whole) : undefined) ?? (await compileTrainStep(whole));
  try {
    const training = new Training(owner, model, step, options);
    if (validation === null) return await training.run(train, async () => ({ validationLoss: null, metrics: {} }));
    const forward = await compileForward(net);
    try {
      return await training.run(train, () => validate(owner, forward, validation, step.specs, metrics));
    } finally {
      await forward.dispose();
    }
  } finally {
    await step.dispose();
  }
}
