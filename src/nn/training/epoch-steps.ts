import type { Batch } from '../runtime/feed-batch.ts';
import type { StepResult } from '../runtime/step-engine.ts';
import { WeightedMean } from './weighted-mean.ts';

/** A step that was asked for. */
export interface BegunStep {
  readonly running: Promise<StepResult>;
  readonly values: Batch;
  readonly rows: number;
  readonly batch: number;
  readonly learningRate: number;
}

/** Steps of an epoch that were asked for, judged in their order, and what is known of those that are. */
export class EpochSteps {
  /** Of their losses. */
  readonly mean = new WeightedMean();
  /** The largest norm of a gradient. */
  gradNorm = 0;
  /** Loss of the first step that learned something; undefined until the first is judged. */
  firstLoss: number | undefined;
  /** Whether a step has failed. */
  hasFailed = false;
  readonly #waiting: BegunStep[] = [];
  readonly #check: (step: BegunStep, result: StepResult) => void;
  readonly #onJudged: (step: BegunStep) => void;

  /** @param check throws where a result is past saving */
  constructor(check: (step: BegunStep, result: StepResult) => void, onJudged: (step: BegunStep) => void) {
    this.#check = check;
    this.#onJudged = onJudged;
  }

  add(step: BegunStep): void {
    // Told when it is judged.
    step.running.catch(() => {});
    this.#waiting.push(step);
  }

  /** Waits for all steps but the last ones. @throws what a step threw, or what was found wrong with it */
  async judgeAllBut(count: number): Promise<void> {
    while (this.#waiting.length > count) await this.#judge(this.#waiting.shift()!);
  }

  async #judge(step: BegunStep): Promise<void> {
    this.hasFailed = true;
    const result = await step.running;
    // A batch whose samples all weigh nothing has a loss of 0.
    this.firstLoss ||= result.loss;
    this.#check(step, result);
    this.hasFailed = false;
    this.gradNorm = Math.max(this.gradNorm, result.gradNorm);
    this.mean.add(result.loss, step.values, step.rows);
    this.#onJudged(step);
  }
}
