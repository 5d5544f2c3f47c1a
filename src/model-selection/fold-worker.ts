import type { MessagePort } from 'node:worker_threads';
import { thisThread } from '../core/this-thread.ts';
import { toErrorMessage, type ErrorMessage } from './error-message.ts';
import { evaluateFold, type Answer } from './evaluate-fold.ts';
import { fromEvaluationMessage } from './evaluation-message.ts';
import { CannotTravel, toMessage, type Message } from './message.ts';
import { threadsWithin } from './plan-tasks.ts';
import { areLeft, closeBoard, leaveTask, takeTask, type SharedBoard } from './task-board.ts';

/** All tasks of an evaluation; the thread takes one after the other as long as there are any. */
export interface FoldTasks extends SharedBoard {
  evaluation: Message;
  /** Its number, from 1, and how many there are. */
  thread: number;
  threads: number;
  /** Where the outcomes go as they come. */
  port: MessagePort;
}

/** What a worker sends: the outcomes of a task one after the other, that it is done; when there are no more tasks, the end. */
export type FoldReply = { task: number } & TaskReply | { end: true };

export type TaskReply =
  | { answer: Message }
  | { variant: number; error: ErrorMessage }
  /** The fitted model cannot go to another thread: whoever wants it must fit it there. */
  | { variant: number; stays: true }
  | { done: true };

thisThread.isWorker = true;
thisThread.share = 1;

/** Works on tasks in a worker thread of fold-pool.ts. */
export default async function work({ evaluation: message, port, thread, threads, ...board }: FoldTasks): Promise<void> {
  const evaluation = await fromEvaluationMessage(message);
  for (const [task, { fold, variants }] of board.tasks.entries()) {
    if (!takeTask(board, task, thread)) continue;
    thisThread.share = threadsWithin(task, board.tasks.length, threads);
    thisThread.isShareFree = () => areLeft(board, board.tasks.length % threads);
    const send = (reply: TaskReply): void => port.postMessage({ task, ...reply } satisfies FoldReply);
    for await (const outcome of evaluateFold(evaluation, fold, variants)) {
      if ('error' in outcome) {
        if (evaluation.stopAtFailure) closeBoard(board);
        send({ variant: outcome.variant, error: toErrorMessage(outcome.error) });
        if (evaluation.stopAtFailure) break;
      } else {
        send(await answer(outcome));
      }
    }
    leaveTask(board);
    send({ done: true });
  }
  port.postMessage({ end: true } satisfies FoldReply);
}

async function answer(outcome: Answer): Promise<TaskReply> {
  try {
    return { answer: await toMessage(outcome, { fitted: true }) };
  } catch (error) {
    if (error instanceof CannotTravel) return { variant: outcome.variant, stays: true };
    throw error;
  }
}
