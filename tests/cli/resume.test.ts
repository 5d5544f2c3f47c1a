import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { competitionSource, Workplace } from './workplace.ts';

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  workplace.write(
    'pipelines/bayes.ts',
    `import { CountVectorizer, MultinomialNB, Pipeline } from 'refit';
export default () => new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]);
export const searchSpace = { classify: { alpha: [0.1, 1] } };
`,
  );
  workplace.write('competitions/mail/competition.ts', competitionSource({ pipelines: ['plain', 'bayes'] }));
});
afterEach(() => workplace.remove());

/** Runs until so many folds are done, then ends the process as a power cut would. @returns how many folds it has told of */
function killAfter(folds: number, ...words: string[]): Promise<number> {
  const child = spawn(process.execPath, [main, 'run', 'mail', '--workers', '1', '--json', ...words], { cwd: workplace.folder });
  let told = 0;
  child.stderr.on('data', (text: Buffer) => {
    told += String(text).split('"type":"fold"').length - 1;
    if (told >= folds) child.kill('SIGKILL');
  });
  return new Promise((done) => child.on('exit', () => done(told)));
}

const unfinished = (out = 'outputs'): string => {
  const all = workplace.path(`${out}/mail/.unfinished`);
  return join(all, readdirSync(all)[0]);
};
const read = (out: string, file: string): string => {
  const folder = workplace.path(`${out}/mail`);
  return readFileSync(join(folder, readdirSync(folder).filter((name) => !name.startsWith('.'))[0], file), 'utf8');
};

describe('refit run --resume', () => {
  test.each([1, 2, 4, 5, 6])('goes on after %i folds with the same bytes as an unbroken run', async (folds) => {
    await killAfter(folds, '--out', 'broken', '--seed', '5');
    const { status, stderr } = await workplace.run('run', 'mail', '--resume', '--out', 'broken');
    expect(status).toBe(0);
    if (stderr.includes('going on')) expect(Number(/: (\d+) of 6 folds are done/.exec(stderr)?.[1])).toBeGreaterThanOrEqual(folds);
    await workplace.run('run', 'mail', '--out', 'whole', '--seed', '5');
    for (const file of ['submission.csv', 'scores.json', 'oof.csv', 'test-predictions.csv', 'roc.svg']) expect(read('broken', file)).toBe(read('whole', file));
    expect(existsSync(workplace.path('broken/mail/.unfinished'))).toBe(false);
  });

  test('does not repeat a fold that is done', async () => {
    await killAfter(3);
    const kept = readdirSync(unfinished()).filter((name) => /^\w+\.0\.\d\.json$/.test(name)).length;
    const { stderr } = await workplace.run('run', 'mail', '--resume', '--json');
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(stderr.split('"type":"fold"').length - 1).toBe(6 - kept);
  });

  test('goes on with the candidates of a search', async () => {
    await killAfter(4, '--search', '--out', 'broken');
    await workplace.run('run', 'mail', '--resume', '--out', 'broken');
    await workplace.run('run', 'mail', '--search', '--out', 'whole');
    for (const file of ['scores.json', 'search-bayes.csv']) expect(read('broken', file)).toBe(read('whole', file));
  });

  test('works on a fold again whose file was cut short, and on a pipeline that has changed', async () => {
    await killAfter(4, '--out', 'broken');
    const folder = unfinished('broken');
    const [entry] = readdirSync(folder).filter((name) => name.startsWith('bayes'));
    writeFileSync(join(folder, entry), readFileSync(join(folder, entry)).subarray(0, 150));
    const plain = readFileSync(workplace.path('pipelines/plain.ts'), 'utf8');
    workplace.write('pipelines/plain.ts', plain.replace('LogisticRegression()', 'LogisticRegression({ C: 0.01 })'));
    await workplace.run('run', 'mail', '--resume', '--out', 'broken');
    await workplace.run('run', 'mail', '--out', 'whole');
    expect(read('broken', 'scores.json')).toBe(read('whole', 'scores.json'));
  });

  test('refuses to go on where data or options are others, and says so', async () => {
    await killAfter(2);
    expect((await workplace.run('run', 'mail', '--resume', '--seed', '9')).stderr).toMatch(/^Run: the run of .* was made with seed 7, got 9\. Leave the option out, or run without --resume\./m);
    const train = workplace.path('competitions/mail/data/train.csv');
    writeFileSync(train, readFileSync(train, 'utf8').replace('money', 'honey'));
    const { status, stderr } = await workplace.run('run', 'mail', '--resume');
    expect(stderr).toMatch(/cannot go on, since the training file changed after it was interrupted\. Run without --resume\./);
    expect(status).toBe(1);
    expect(existsSync(unfinished())).toBe(true);
  });

  test('begins anew where there is nothing to go on with', async () => {
    const { status, stderr } = await workplace.run('run', 'mail', '--resume');
    expect([status, stderr.split('\n')[0]]).toEqual([0, 'There is no interrupted run to go on with: this one begins anew.']);
  });

  test('is told of by a run that begins anew, which makes the interrupted one void', async () => {
    await killAfter(2);
    const { stderr } = await workplace.run('run', 'mail');
    expect(stderr).toMatch(/^The run of .* was interrupted with \d of 6 folds done; refit run --resume would go on with it\./);
    expect(readdirSync(workplace.path('outputs/mail')).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
