import type { WriteStream } from 'node:tty';

/**
 * Progress of a known number of steps: a bar that redraws itself on a terminal, one plain line a step otherwise.
 * Writes to standard error, so that standard output stays clean for tables and JSON.
 */
export class Progress {
  readonly #stream: WriteStream;
  readonly #label: string;
  readonly #total: number;
  readonly #started = performance.now();
  #done = 0;

  constructor(label: string, total: number, stream: WriteStream = process.stderr) {
    this.#label = label;
    this.#total = total;
    this.#stream = stream;
    if (stream.isTTY) this.#draw('');
  }

  /** One step is done. @param note shown behind the bar, a score for instance */
  step(note: string): void {
    this.#done++;
    if (this.#stream.isTTY) this.#draw(note);
    else this.#stream.write(`${this.#label} ${this.#done}/${this.#total} ${note}\n`);
  }

  /** Ends the bar's line. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\n');
  }

  #draw(note: string): void {
    const filled = Math.round((20 * this.#done) / this.#total);
    const seconds = (performance.now() - this.#started) / 1000;
    const left = this.#done > 0 && this.#done < this.#total ? `, ${formatSeconds((seconds / this.#done) * (this.#total - this.#done))} left` : '';
    const bar = `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`;
    const line = `${this.#label} ${bar} ${this.#done}/${this.#total} ${note} (${formatSeconds(seconds)}${left})`;
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
