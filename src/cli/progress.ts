import type { WriteStream } from 'node:tty';
import { formatSeconds } from '../core/format-seconds.ts';

/**
 * Progress of several pieces of work of known numbers of steps: on a terminal a bar for each of them with the time left, which
 * redraw themselves, otherwise one plain line a step. Writes to standard error, so that standard output stays clean for tables and JSON.
 */
export class Progress {
  readonly #stream: WriteStream;
  readonly #steps: Readonly<Record<string, number>>;
  readonly #unit: string;
  readonly #done: Record<string, number> = {};
  readonly #notes: Record<string, string> = {};
  readonly #started: number;
  readonly #now: () => number;
  /** Steps that were done before the start: they say nothing of the speed. */
  #before = 0;
  #lines = 0;

  /** @param steps how many steps each piece of work has, by its label @param unit what steps are called @param now milliseconds of a clock */
  constructor(steps: Readonly<Record<string, number>>, unit: string, stream: WriteStream = process.stderr, now: () => number = () => performance.now()) {
    this.#steps = steps;
    this.#unit = unit;
    this.#stream = stream;
    this.#now = now;
    this.#started = now();
  }

  /** Some steps need no work any more. */
  resume(done: Readonly<Record<string, number>>): void {
    for (const [label, count] of Object.entries(done)) this.#done[label] = count;
    this.#before = sum(this.#done);
  }

  /** Draws the bars before a step is done, where there is a terminal. */
  show(): void {
    if (this.#stream.isTTY) this.#draw();
  }

  /** One step is done. @param note shown behind it, a score for instance */
  step(label: string, note: string): void {
    this.#done[label] = (this.#done[label] ?? 0) + 1;
    this.#notes[label] = note;
    if (this.#stream.isTTY) this.#draw();
    else this.#stream.write(`${label} ${this.#done[label]}/${this.#steps[label]} ${note}\n`);
  }

  /** What follows is written below the bars. */
  end(): void {
    this.#lines = 0;
  }

  #draw(): void {
    // A terminal that does not know its size says 0.
    const width = Math.max(20, (this.#stream.columns || 80) - 1);
    const lines = [...this.#bars(), this.#summary()].map((line) => [...line].slice(0, width).join(''));
    // Up to the first bar, then each line to its end; a terminal that shows fewer lines than there were is cleared below.
    const up = this.#lines > 0 ? `\x1b[${this.#lines}A` : '';
    this.#stream.write(`${up}${lines.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`);
    this.#lines = lines.length;
  }

  /** A bar for each piece of work; where there are more than lines, for those at work, then those that wait. */
  #bars(): string[] {
    const all = Object.keys(this.#steps);
    const room = Math.max(1, (this.#stream.rows || 24) - 3);
    const state = (label: string): number => {
      const done = this.#done[label] ?? 0;
      return done === this.#steps[label] ? 2 : done > 0 ? 0 : 1;
    };
    const shown = all.length <= room ? all : all.filter((label) => [...all].sort((a, b) => state(a) - state(b)).slice(0, room).includes(label));
    const labelWidth = Math.max(...shown.map((label) => label.length));
    return shown.map((label) => {
      const done = this.#done[label] ?? 0;
      const total = this.#steps[label];
      const filled = Math.round((20 * done) / total);
      const count = `${done}/${total}`.padStart(`${total}/${total}`.length);
      return `${label.padEnd(labelWidth)}  ${'█'.repeat(filled)}${'░'.repeat(20 - filled)}  ${count}  ${this.#notes[label] ?? ''}`.trimEnd();
    });
  }

  #summary(): string {
    const done = sum(this.#done);
    const total = sum(this.#steps);
    const seconds = (this.#now() - this.#started) / 1000;
    if (done === this.#before) return `${done} of ${total} ${this.#unit}`;
    const left = done < total ? `, about ${formatSeconds((seconds / (done - this.#before)) * (total - done))} left` : '';
    return `${done} of ${total} ${this.#unit} in ${formatSeconds(seconds)}${left}`;
  }
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
