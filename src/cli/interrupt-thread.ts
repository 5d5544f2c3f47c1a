import { writeSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { workerData } from 'node:worker_threads';
import { END, KEPT, STEPS } from './interrupt-words.ts';
import { interruptedLine, type KeptWork } from './interrupted-line.ts';

/** What the thread that waits for Ctrl-C is given. */
export interface InterruptThreadData extends Pick<KeptWork, 'unit' | 'goOn'> {
  words: Int32Array;
  isTerminal: boolean;
}

const STANDARD_ERROR = 2;

const { words, isTerminal, unit, goOn } = workerData as InterruptThreadData;
Object.assign(globalThis, { waitForEnd: () => Atomics.wait(words, END, 0) });
try {
  // Node tells of signals in the main thread, once that turns to its events; a script that is run like this is broken off at once.
  runInThisContext('waitForEnd()', { breakOnSigint: true });
} catch {
  writeSync(STANDARD_ERROR, interruptedLine({ kept: words[KEPT], steps: words[STEPS], unit, goOn }, isTerminal));
  // Nobody waits for the signal any more: it ends the process as if nobody had.
  process.kill(process.pid, 'SIGINT');
}
