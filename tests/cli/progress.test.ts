import type { WriteStream } from 'node:tty';
import { Progress } from '../../src/cli/progress.ts';
import { formatSeconds } from '../../src/core/format-seconds.ts';

/** A terminal that keeps what it would show: cursor up, erase to the end of line and screen. */
class Terminal {
  readonly isTTY = true;
  readonly columns: number;
  readonly rows: number;
  readonly lines: string[] = [''];
  #row = 0;

  constructor(columns = 80, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): void {
    for (const [, up, erase, letters, newline] of text.replaceAll('\x1b', '␛').matchAll(/␛\[(\d+)A|␛\[([JK])|([^␛\n]+)|(\n)/g)) {
      if (up) this.#row -= Number(up);
      if (erase === 'J') this.lines.length = this.#row + 1;
      if (letters !== undefined) this.lines[this.#row] = letters;
      if (newline) this.lines[++this.#row] ??= '';
    }
  }

  get shown(): string[] {
    return this.lines.slice(0, -1);
  }
}

const made = (terminal: object, steps: Record<string, number>, now: () => number = () => 0, unit = 'folds'): Progress => new Progress(steps, unit, terminal as WriteStream, now);

describe('Progress', () => {
  test('draws a bar for each pipeline over the last one, with what is left', () => {
    const terminal = new Terminal();
    let time = 0;
    const progress = made(terminal, { short: 2, 'much-longer': 4 }, () => time);
    time = 3000;
    progress.step('short', 'accuracy 0.9');
    progress.step('much-longer', 'accuracy 0.8');
    expect(terminal.shown).toEqual([
      'short        ██████████░░░░░░░░░░  1/2  accuracy 0.9',
      'much-longer  █████░░░░░░░░░░░░░░░  1/4  accuracy 0.8',
      '2 of 6 folds in 3.00 s, about 6.00 s left',
    ]);
    for (let i = 0; i < 3; i++) progress.step('much-longer', 'accuracy 0.7');
    progress.step('short', 'accuracy 1');
    expect(terminal.shown.at(-1)).toBe('6 of 6 folds in 3.00 s');
    const searching = new Terminal();
    made(searching, { a: 3 }, () => 0, 'candidates').step('a', '');
    expect(searching.shown.at(-1)).toBe('1 of 3 candidates in 0.00 s, about 0.00 s left');
    expect(terminal.shown).toHaveLength(3);
  });

  test('counts what an earlier run has done, and does not take it for speed', () => {
    const terminal = new Terminal();
    let time = 0;
    const progress = made(terminal, { a: 10 }, () => time);
    progress.resume({ a: 8 });
    time = 1000;
    progress.step('a', '');
    expect(terminal.shown).toEqual(['a  ██████████████████░░   9/10', '9 of 10 folds in 1.00 s, about 1.00 s left']);
  });

  test('shows those at work where the terminal has no room for all, and no line wider than it', () => {
    const terminal = new Terminal(30, 6);
    const steps = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`pipeline-${i}`, 2]));
    const progress = made(terminal, steps);
    for (const label of ['pipeline-7', 'pipeline-7', 'pipeline-8']) progress.step(label, 'a note that goes on and on');
    expect(terminal.shown.map((line) => line.split(' ')[0])).toEqual(['pipeline-0', 'pipeline-1', 'pipeline-8', '3']);
    expect(Math.max(...terminal.shown.map((line) => [...line].length))).toBeLessThan(30);
  });

  test('takes a terminal that does not know its size for one of 80 columns and 24 rows', () => {
    const terminal = new Terminal(0, 0);
    const progress = made(terminal, { one: 2, two: 2 });
    progress.step('one', 'a note that is longer than twenty letters');
    expect(terminal.shown).toEqual(['one  ██████████░░░░░░░░░░  1/2  a note that is longer than twenty letters', 'two  ░░░░░░░░░░░░░░░░░░░░  0/2', '1 of 4 folds in 0.00 s, about 0.00 s left']);
  });

  test('writes one plain line a step where there is no terminal', () => {
    const lines: string[] = [];
    const progress = made({ isTTY: false, write: (text: string) => lines.push(text) }, { a: 2 });
    progress.step('a', 'x');
    progress.step('a', 'y');
    expect(lines).toEqual(['a 1/2 x\n', 'a 2/2 y\n']);
  });
});

test.each([[0.421, '0.42 s'], [12.4, '12 s'], [185, '3 min 05 s']])('formatSeconds(%f) is %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
