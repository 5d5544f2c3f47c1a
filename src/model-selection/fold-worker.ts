import type { MessagePort } from 'node:worker_threads';
import { toErrorMessage, type ErrorMessage } from './error-message.ts';
import { evaluateFold, type Answer, type Evaluation } from './evaluate-fold.ts';
import { fromEvaluationMessage } from './evaluation-message.ts';
import { CannotTravel, toMessage, type Message } from './message.ts';
import { thisThread } from './this-thread.ts';

/** A task: some variants of one fold. */
export interface FoldTask {
  fold: number;
  variants: readonly number[];
  /** Where the outcomes go as they come. */
  port: MessagePort;
}

/** What a worker sends: one outcome after the other, then the end. */
export type FoldReply =
  | { answer: Message }
  | { variant: number; error: ErrorMessage }
  /** The fitted model cannot go to another thread: whoever wants it must fit it there. */
  | { variant: number; stays: true }
  | { end: true };

thisThread.isWorker = true;
let opened: Promise<Evaluation> | undefined;

/** Works on one task in a worker thread of worker-pool.ts; the evaluation comes with the thread, once. */
export default async function work({ fold, variants, port }: FoldTask): Promise<void> {
  const send = (reply: FoldReply): void => port.postMessage(reply);
  opened ??= open();
  const evaluation = await opened;
  for await (const outcome of evaluateFold(evaluation, fold, variants)) {
    if ('error' in outcome) {
      send({ variant: outcome.variant, error: toErrorMessage(outcome.error) });
      if (evaluation.stopAtFailure) break;
    } else {
      send(await answer(outcome));
    }
  }
  send({ end: true });
}

async function open(): Promise<Evaluation> {
  const { default: Tinypool } = await import('tinypool');
  return fromEvaluationMessage(Tinypool.workerData as Message);
}

async function answer(outcome: Answer): Promise<FoldReply> {
  try {
    return { answer: await toMessage(outcome, { fitted: true }) };
  } catch (error) {
    if (error instanceof CannotTravel) return { variant: outcome.variant, stays: true };
    throw error;
  }
}
