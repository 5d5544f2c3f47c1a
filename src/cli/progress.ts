import type { WriteStream } from 'node:tty';

/**
 * Progress of several pieces of work of known numbers of steps: on a terminal one bar over all of them, which redraws
 * itself, otherwise one plain line a step. Writes to standard error, so that standard output stays clean for tables and JSON.
 */
export class Progress {
  readonly #stream: WriteStream;
  readonly #steps: Readonly<Record<string, number>>;
  readonly #done: Record<string, number> = {};
  readonly #started = performance.now();

  /** @param steps how many steps each piece of work has, by its label */
  constructor(steps: Readonly<Record<string, number>>, stream: WriteStream = process.stderr) {
    this.#steps = steps;
    this.#stream = stream;
  }

  /** One step is done. @param note shown behind it, a score for instance */
  step(label: string, note: string): void {
    const done = (this.#done[label] = (this.#done[label] ?? 0) + 1);
    const text = `${label} ${done}/${this.#steps[label]} ${note}`;
    if (this.#stream.isTTY) this.#draw(text);
    else this.#stream.write(`${text}\n`);
  }

  /** Ends the bar's line. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\n');
  }

  #draw(text: string): void {
    const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
    const done = sum(this.#done);
    const total = sum(this.#steps);
    const filled = Math.round((20 * done) / total);
    const seconds = (performance.now() - this.#started) / 1000;
    const left = done < total ? `, ${formatSeconds((seconds / done) * (total - done))} left` : '';
    const line = `${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${done}/${total} ${text} (${formatSeconds(seconds)}${left})`;
    // Carriage return, the line cut to the terminal's width, then erase to its end.
    this.#stream.write(`\r${[...line].slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1)).join('')}\x1b[K`);
  }
}

/** 0.42 s, 12 s, 3 min 05 s. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds) % 60).padStart(2, '0')} s`;
}
