import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { interruptedLine } from '../../src/cli/interrupted-line.ts';
import { Workplace } from './workplace.ts';

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');

/** A pipeline of which a fit never ends. */
const stuckAt = (fit: number): string => `import { CountVectorizer, LogisticRegression, MatrixTransformer, Pipeline, type Matrix } from 'refit';
let fits = 0;
class Stuck extends MatrixTransformer<object, object> {
  protected learn(): object {
    if (++fits === ${fit}) for (;;);
    return {};
  }
  protected apply(X: Matrix): Matrix {
    return X;
  }
}
export default () => new Pipeline([['count', new CountVectorizer()], ['stuck', new Stuck()], ['classify', new LogisticRegression()]]);
export const searchSpace = { classify: { C: [0.1, 1, 10] } };
`;

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  workplace.write('pipelines/endless.ts', stuckAt(2));
});
afterEach(() => workplace.remove());

/** Starts a command and presses Ctrl-C once it has written `line`. @returns what it wrote to standard error after that, and how it ended */
function interruptAfter(line: string, ...words: string[]): Promise<{ signal: NodeJS.Signals | null; said: string }> {
  const child = spawn(process.execPath, [main, ...words], { cwd: workplace.folder });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => {
    if (!stderr.includes(line) && String(text).includes(line)) setTimeout(() => child.kill('SIGINT'), 1000);
    stderr += String(text);
  });
  return new Promise((done) => child.on('close', (_, signal) => done({ signal, said: stderr.slice(stderr.indexOf(line) + line.length) })));
}

test('Ctrl-C in the middle of a fit of the main thread ends the run at once, and says what is kept and how to go on', async () => {
  const { signal, said } = await interruptAfter('1/3 accuracy 1.0000\n', 'run', 'mail', '--pipeline', 'endless', '--workers', '1', '--quick', '--out', 'runs');
  expect(said).toBe('Interrupted: 1 of 3 folds are kept. refit run mail --resume --out runs --quick goes on with them.\n');
  // What a shell reports as 130.
  expect(signal).toBe('SIGINT');
  expect(readdirSync(workplace.path('runs/mail'))).toEqual(['.unfinished']);
});

test('with events as JSON, and quietly, it ends without a word', async () => {
  const { signal, said } = await interruptAfter('"type":"fold"', 'run', 'mail', '--pipeline', 'endless', '--workers', '1', '--json');
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(said).not.toContain('Interrupted');
  expect(signal).toBe('SIGINT');
});

test('a search says how many candidates are kept', async () => {
  workplace.write('pipelines/endless.ts', stuckAt(5));
  const { signal, said } = await interruptAfter('1/3 accuracy', 'tune', 'mail', '--pipeline', 'endless', '--trials', '3', '--workers', '1');
  expect(said).toContain('Interrupted: 1 of 3 candidates are kept. The same command goes on from there.\n');
  expect(signal).toBe('SIGINT');
});

test('where nothing is done it promises nothing, and on a terminal it takes the place of ^C', () => {
  const work = { kept: 0, steps: 15, unit: 'folds', goOn: 'refit run mail --resume goes on with them.' };
  expect(interruptedLine(work, false)).toBe('Interrupted with no folds done.\n');
  expect(interruptedLine({ ...work, kept: 2 }, true)).toBe('\r\x1b[KInterrupted: 2 of 15 folds are kept. refit run mail --resume goes on with them.\n');
});
