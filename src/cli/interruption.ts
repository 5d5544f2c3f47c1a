import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { builtFile } from '../core/built-file.ts';
import { exitOnSignals } from './exit-on-signals.ts';
import type { InterruptThreadData } from './interrupt-thread.ts';
import { END, KEPT, STEPS } from './interrupt-words.ts';
import { interruptedLine } from './interrupted-line.ts';

/**
 * Has Ctrl-C end the process at once with a line that says what is kept and how to go on.
 *
 * A thread of its own waits for the signal, as the main thread may be in the middle of a fit for minutes. While files are
 * written the main thread takes the signal itself, so that what is half written is removed first.
 */
export class Interruption {
  readonly #unit: string;
  readonly #goOn: string;
  readonly #isTerminal = process.stderr.isTTY === true;
  readonly #words = new Int32Array(new SharedArrayBuffer(12));
  readonly #thread: Worker;

  /** @param unit what steps are called @param goOn a sentence: how to go on */
  constructor(unit: string, goOn: string) {
    this.#unit = unit;
    this.#goOn = goOn;
    const workerData: InterruptThreadData = { words: this.#words, isTerminal: this.#isTerminal, unit, goOn };
    this.#thread = new Worker(builtFile('cli/interrupt-thread.js'), { workerData, execArgv: [], stdin: false });
    // Where it cannot start, Ctrl-C ends the process without a word.
    this.#thread.on('error', () => {});
    this.#thread.unref();
  }

  /** So many steps are kept. */
  keep(kept: number, steps: number): void {
    this.#words[KEPT] = kept;
    this.#words[STEPS] = steps;
  }

  /** From now on the process ends in order, what `exit` has to clean up included; that takes a main thread which is not busy. */
  async heedHere(): Promise<void> {
    Atomics.store(this.#words, END, 1);
    Atomics.notify(this.#words, END);
    this.#thread.ref();
    if (this.#thread.threadId !== -1) await once(this.#thread, 'exit');
    exitOnSignals(() => {
      process.stderr.write(interruptedLine({ kept: this.#words[KEPT], steps: this.#words[STEPS], unit: this.#unit, goOn: this.#goOn }, this.#isTerminal));
    });
  }
}
