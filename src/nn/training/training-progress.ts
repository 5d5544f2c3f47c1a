import type { WriteStream } from 'node:tty';
import { formatSeconds } from '../../core/format-seconds.ts';
import type { EpochRecord } from './history.ts';

/** A moment within an epoch. */
export interface BatchProgress {
  /** From 1. */
  epoch: number;
  /** Batches done in this epoch, and how many there are where that is known. */
  batch: number;
  batches: number | undefined;
  /** Mean loss of the epoch so far. */
  loss: number;
}

/** Milliseconds between two drawings of the bar. */
const PAUSE = 100;
const WIDTH = 20;

/**
 * How a training goes: on a terminal one bar that redraws itself, otherwise one plain line an epoch. Writes to standard
 * error, so that standard output stays clean.
 */
export class TrainingProgress {
  readonly #stream: WriteStream;
  readonly #epochs: number;
  readonly #before: number;
  readonly #started = performance.now();
  #drawn = -Infinity;
  #samples = 0;

  /** @param before epochs that were done before this training went on */
  constructor(epochs: number, before = 0, stream: WriteStream = process.stderr) {
    this.#epochs = epochs;
    this.#before = before;
    this.#stream = stream;
  }

  /** A batch is done. @param samples how many it had */
  batch({ epoch, batch, batches, loss }: BatchProgress, samples: number): void {
    this.#samples += samples;
    if (!this.#stream.isTTY || performance.now() - this.#drawn < PAUSE) return;
    this.#drawn = performance.now();
    const part = batches === undefined ? 0 : batch / batches;
    const filled = Math.round(WIDTH * part);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${batch}${batches === undefined ? '' : `/${batches}`}`;
    this.#draw(`epoch ${epoch}/${this.#epochs} ${bar} loss ${short(loss)} (${this.#pace(epoch - 1 + part)})`);
  }

  /** An epoch is done, with its validation. */
  epoch(record: EpochRecord): void {
    const text = `${describe(record, this.#epochs)} (${this.#pace(record.epoch)})`;
    if (this.#stream.isTTY) this.#draw(text);
    this.#stream.write(this.#stream.isTTY ? '\n' : `${text}\n`);
    this.#drawn = -Infinity;
  }

  /** Speed, and the time that the rest will take if it goes on like this. */
  #pace(epochs: number): string {
    const seconds = (performance.now() - this.#started) / 1000;
    const done = epochs - this.#before;
    const left = done > 0 && epochs < this.#epochs ? `, ${formatSeconds((seconds / done) * (this.#epochs - epochs))} left` : '';
    return `${Math.round(this.#samples / seconds).toLocaleString('en')} samples/s${left}`;
  }

  #draw(text: string): void {
    // Carriage return, the line cut to the terminal's width, then erase to its end.
    this.#stream.write(`\r${[...text].slice(0, Math.max(20, (this.#stream.columns || 80) - 1)).join('')}\x1b[K`);
  }
}

function describe({ epoch, loss, validationLoss, metrics }: EpochRecord, epochs: number): string {
  const validation = validationLoss === null ? '' : `, validation ${short(validationLoss)}`;
  const measured = Object.entries(metrics).map(([name, value]) => `, ${name} ${short(value)}`);
  return `epoch ${epoch}/${epochs} loss ${short(loss)}${validation}${measured.join('')}`;
}

function short(value: number): string {
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e5 ? value.toFixed(4) : value === 0 ? '0' : value.toExponential(3);
}
