import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { competitionSource, Workplace } from './workplace.ts';

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');

/** Enough words that threads are started at once. */
function writeManyWords(workplace: Workplace): void {
  const text = (i: number): string => Array.from({ length: 200 }, (_, k) => (k < 6 && i % 3 === 0 ? 'offer' : `w${(i * 31 + k * k) % 97}`)).join(' ');
  const rows = Array.from({ length: 600 }, (_, i) => `id${i},${i % 3 === 0 ? 'spam' : 'ham'},${text(i)}`);
  workplace.write('competitions/mail/data/train.csv', ['name,label,content', ...rows, ''].join('\n'));
}

/** A pipeline that no thread could be told of by name and options: a tokenizer function, and a stage of one's own. */
const ownStage = (inThread: string): string => `import { isMainThread } from 'node:worker_threads';
import { CountVectorizer, LogisticRegression, MatrixTransformer, Pipeline, type Matrix } from 'refit';

class Halve extends MatrixTransformer<object, object> {
  protected learn(): object {
    if (!isMainThread) { ${inThread} }
    return {};
  }
  protected apply(X: Matrix): Matrix {
    return X;
  }
}

export default ({ seed }: { seed: number }) =>
  new Pipeline([
    ['count', new CountVectorizer({ tokenizer: (text: string) => text.split(' ').slice(seed % 2) })],
    ['halve', new Halve()],
    ['classify', new LogisticRegression({ C: 0.5 })],
  ]);

export const searchSpace = { classify: { C: [0.01, 1] } };
`;

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  writeManyWords(workplace);
});
afterEach(() => workplace.remove());

const read = (out: string, file: string): string => {
  const folder = workplace.path(`${out}/mail`);
  return readFileSync(join(folder, readdirSync(folder)[0], file), 'utf8');
};

describe('refit run with worker threads', () => {
  test('gives the same bytes for any number of them, with functions and classes of a pipeline file too', async () => {
    workplace.write('pipelines/own.ts', ownStage(''));
    workplace.write('competitions/mail/competition.ts', competitionSource({ pipelines: ['plain', 'own'], solution: 'data/solution.csv' }));
    workplace.write('competitions/mail/data/solution.csv', 'name,label\nt1,spam\nt2,ham\n');
    for (const workers of ['1', '2', '3']) {
      const { status, stderr } = await workplace.run('run', 'mail', '--search', '--workers', workers, '--out', workers);
      expect([status, stderr.match(/own \d\/6/g)?.length]).toEqual([0, 6]);
    }
    for (const file of ['submission.csv', 'scores.json', 'oof.csv', 'fold-predictions.csv', 'search-own.csv']) {
      expect(read('2', file)).toBe(read('1', file));
      expect(read('3', file)).toBe(read('1', file));
    }
  });

  test('searches where a pipeline says what to search, and says that the score chose', async () => {
    workplace.write('pipelines/own.ts', ownStage(''));
    const { stdout } = await workplace.run('run', 'mail', '--search', '--pipeline', 'own', '--pipeline', 'plain');
    expect(stdout).toContain('Note: own: classify.C 0.01 is the best of 2 candidates on the same folds that give its score');
    const { pipelines } = JSON.parse(read('outputs', 'scores.json')) as { pipelines: { name: string; search?: { best: number; candidates: { params: object }[] }; stages: { options: { C?: number } }[] }[] };
    const own = pipelines.find(({ name }) => name === 'own');
    expect(own?.search?.candidates.map(({ params }) => params)).toEqual([{ 'classify.C': 0.01 }, { 'classify.C': 1 }]);
    expect(own?.stages[2].options.C).toBe(0.01);
    expect(pipelines.find(({ name }) => name === 'plain')).not.toHaveProperty('search');
    expect(read('outputs', 'search-own.csv').split('\n')[0]).toMatch(/^rank,classify\.C,accuracy: mean,accuracy: std,accuracy: fold 1,/);
  });

  test('takes a search for a pipeline: every fold searches by itself', async () => {
    workplace.write(
      'pipelines/searched.ts',
      `import { CountVectorizer, GridSearch, LogisticRegression, Pipeline } from 'refit';
const estimator = new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression()]]);
export default () => new GridSearch({ estimator, searchSpace: { classify: { C: [0.001, 1] } }, cv: 2 });
`,
    );
    const { status } = await workplace.run('run', 'mail', '--pipeline', 'searched', '--workers', '2');
    expect(status).toBe(0);
    const { pipelines } = JSON.parse(read('outputs', 'scores.json')) as { pipelines: { stages: { estimator: string; options: { estimator: { name: string }[] } }[] }[] };
    expect(pipelines[0].stages[0].estimator).toBe('GridSearch');
    expect(pipelines[0].stages[0].options.estimator.map(({ name }) => name)).toEqual(['count', 'classify']);
  });

  test.each([
    ['that exits', 'process.exit(3);', /^own: fold 1: the worker thread ended with exit code 3 before it answered\./],
    ['that runs out of memory', 'const all: unknown[] = []; for (;;) all.push(new Array(1e5).fill(0.5));', /^own: fold 1: the worker thread ran out of memory\. Use fewer workers/],
    ['that throws', 'throw new TypeError("broken");', /^TypeError: own: broken/],
  ])('reports a thread %s with its task, and writes nothing', async (_, inThread, message) => {
    workplace.write('pipelines/own.ts', ownStage(inThread));
    const { status, stderr } = await new Promise<{ status: number | null; stderr: string }>((done) => {
      // Little memory, so that there is soon none left.
      const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=150' };
      const child = execFile(process.execPath, [main, 'run', 'mail', '--pipeline', 'own', '--workers', '2'], { cwd: workplace.folder, env }, (_error, _stdout, text) =>
        done({ status: child.exitCode, stderr: text }),
      );
    });
    expect(stderr.split('\n').find((line) => line.includes('own: '))).toMatch(message);
    expect(status).toBeGreaterThan(0);
    expect(existsSync(workplace.path('outputs'))).toBe(false);
  });

  test('an error of a search space names the pipeline and the step', async () => {
    workplace.write('pipelines/own.ts', ownStage('').replace('classify: { C: [0.01, 1] }', 'clasify: { C: [1] }'));
    expect((await workplace.run('run', 'mail', '--pipeline', 'own', '--search')).stderr).toMatch(/own: Pipeline: there is no step clasify\. Did you mean classify\?/);
    workplace.write('pipelines/own.ts', ownStage('').replace('[0.01, 1]', '0.5'));
    expect((await workplace.run('run', 'mail', '--pipeline', 'own', '--search')).stderr).toMatch(/own: searchSpace: classify\.C must be a list of values or a distribution, got 0\.5/);
  });

  test('ends at once when it is interrupted, whatever its threads do', async () => {
    workplace.write('pipelines/own.ts', ownStage('for (;;);'));
    const child = spawn(process.execPath, [main, 'run', 'mail', '--pipeline', 'own', '--workers', '2'], { cwd: workplace.folder });
    const ended = new Promise<[number | null, NodeJS.Signals | null]>((done) => child.on('exit', (code, signal) => done([code, signal])));
    child.stderr.on('data', (text: Buffer) => {
      if (String(text).includes('training rows')) setTimeout(() => child.kill('SIGINT'), 300);
    });
    expect(await ended).toEqual([null, 'SIGINT']);
    expect(existsSync(workplace.path('outputs'))).toBe(false);
  });
});
