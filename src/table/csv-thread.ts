import { receiveMessageOnPort, workerData, type MessagePort, type TransferListItem } from 'node:worker_threads';
import { withArena } from '../kernels/arena.ts';
import { CsvControl, type CsvJob } from './csv-job.ts';
import { CsvPiece } from './csv-piece.ts';
import { CsvShare, type CsvPart } from './csv-share.ts';
import { openSource } from './csv-source.ts';
import { CALL, GONE, type CsvAnswer } from './csv-words.ts';

/** What a further thread is given. */
export interface CsvThreadData {
  port: MessagePort;
  /** By which it is called. */
  words: Int32Array;
  /** Its number; this process's own thread is 0. */
  thread: number;
  /** How long it waits for work before it ends, in milliseconds. */
  idle: number;
}

const { port, words, thread, idle } = workerData as CsvThreadData;

for (;;) {
  const call = Atomics.load(words, CALL);
  const message = receiveMessageOnPort(port);
  // Null only asks whether this thread lives.
  if (message !== undefined) {
    if (message.message !== null) help(message.message as CsvJob);
  } else if (Atomics.wait(words, CALL, call, idle) === 'timed-out') break;
}
Atomics.store(words, GONE, 1);

/** Takes pieces until none is left, and hands over what was in them. */
function help(job: CsvJob): void {
  const control = new CsvControl(job.control);
  const answer: CsvAnswer = { id: job.id };
  let share: CsvShare | undefined;
  try {
    withArena((arena) => {
      share = new CsvShare(new CsvPiece(arena, job.syntax, job.room), job, openSource(job.file!, job.size), thread);
      while (share.next());
      answer.part = share.part();
    });
    if (share!.hasBegun) port.postMessage(answer, buffersOf(answer.part!));
  } catch (error) {
    port.postMessage({ id: job.id, error: (error as Error).message } satisfies CsvAnswer);
    control.end('failed');
  } finally {
    share?.leave();
  }
}

/** The memory of what was read, which goes over to the other thread. */
function buffersOf({ columns }: CsvPart): TransferListItem[] {
  const arrays: ArrayBufferView[] = columns.flatMap((column): ArrayBufferView[] => ('ends' in column ? [column.bytes, column.ends] : [column]));
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
