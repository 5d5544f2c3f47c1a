import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCsv } from '../../src/table/read-csv.ts';
import { Workplace } from './workplace.ts';

const repository = resolve(import.meta.dirname, '../..');

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const runFolder = (name: string): string => {
  const runs = readdirSync(workplace.path(`outputs/${name}`));
  expect(runs).toHaveLength(1);
  return workplace.path(`outputs/${name}/${runs[0]}`);
};

interface Scores {
  winner: string;
  pipelines: { name: string; scores: Record<string, { mean: number }> }[];
}
const scoresOf = (folder: string): Scores => JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as Scores;

describe('the tables that come with Refit', () => {
  test('penguins: a classification of text and numbers from a bare clone', async () => {
    expect((await workplace.run('run', 'penguins')).status).toBe(0);
    const folder = runFolder('penguins');
    const { winner, pipelines } = scoresOf(folder);
    const accuracy = Object.fromEntries(pipelines.map(({ name, scores }) => [name, scores.accuracy.mean]));
    expect(winner).not.toBe('most-frequent');
    expect(accuracy['table-logistic']).toBeGreaterThan(0.88);
    expect(accuracy['table-forest']).toBeGreaterThan(0.9);
    expect(accuracy['most-frequent']).toBeLessThan(0.55);
    const submission = await readCsv(join(folder, 'submission.csv'));
    const sample = await readCsv(join(repository, 'competitions/penguins/data/sample_submission.csv'));
    expect([submission.names, submission.rows]).toEqual([sample.names, sample.rows]);
    expect(new Set(submission.column('sex').toArray())).toEqual(new Set(['male', 'female']));
  });

  test('cars: a regression with dates and gaps, its charts those of a regression', async () => {
    expect((await workplace.run('run', 'cars')).status).toBe(0);
    const folder = runFolder('cars');
    const { winner, pipelines } = scoresOf(folder);
    const errors = Object.fromEntries(pipelines.map(({ name, scores }) => [name, scores.rootMeanSquaredError.mean]));
    expect(winner).not.toBe('mean');
    expect(errors['table-ridge']).toBeLessThan(4);
    expect(errors['table-forest-regressor']).toBeLessThan(errors['table-ridge']);
    const files = readdirSync(folder);
    expect(files).toEqual(expect.arrayContaining(['predicted.svg', 'residuals.svg', 'report.html', 'submission.csv']));
    expect(files).not.toContain('roc.svg');
    const scored = await workplace.run('score', 'cars');
    expect(scored.stdout).toMatch(/rootMeanSquaredError/);
  });
});

describe('competitions whose data a user fetches', () => {
  test.each([
    ['titanic', /titanic: the data are not there yet, 3 of 3 files are missing\. Put data\/train\.csv \(PassengerId,Survived,features\), .*kaggle\.com\/c\/titanic/],
    ['fashion-mnist', /fashion-mnist: the data are not there yet, 3 of 3 files are missing\. Put data\/train-images-idx3-ubyte\.gz \(images\), data\/train-labels-idx1-ubyte\.gz \(their labels\), data\/t10k-images-idx3-ubyte\.gz \(images to label\) into .*github\.com\/zalandoresearch\/fashion-mnist/],
    ['house-prices', /house-prices: the data are not there yet, 3 of 3 files are missing\..*kaggle\.com\/c\/house-prices/],
  ])('%s says which files to put where', async (name, message) => {
    const from = join(repository, 'competitions', name);
    cpSync(from, workplace.path(`competitions/${name}`), { recursive: true, filter: (path) => path !== join(from, 'data') });
    cpSync(join(repository, 'pipelines'), workplace.path('pipelines'), { recursive: true });
    const { status, stderr } = await workplace.run('run', name);
    expect(status).not.toBe(0);
    expect(stderr.replaceAll('\n', ' ')).toMatch(message);
  });
});

/** A competition of 24 rows with numbers, words that read as numbers in the test file, and a gap. */
const prepare = (testCsv: string, trainCsv?: string): void => {
  const rows = Array.from({ length: 24 }, (_, i) => `r${i},${i % 2 ? 'yes' : 'no'},${i === 3 ? '' : i},${i % 3 ? `c${i % 3}` : 7}`);
  workplace.write('competitions/tab/data/train.csv', trainCsv ?? ['id,label,age,code', ...rows, ''].join('\n'));
  workplace.write('competitions/tab/data/test.csv', testCsv);
  workplace.write(
    'competitions/tab/competition.ts',
    `import { defineCompetition } from 'refit';
export default defineCompetition({ title: 'Tab', train: 'data/train.csv', test: 'data/test.csv', id: 'id', target: 'label', metric: 'accuracy',
  cv: { nSplits: 3 }, submission: { sample: 'data/sample.csv' }, pipelines: ['table-logistic'] });
`,
  );
  cpSync(join(repository, 'pipelines/table-logistic.ts'), workplace.path('pipelines/table-logistic.ts'));
};

describe('a test file', () => {
  test('may have its columns in another order, columns besides, and digits where the training file has words', async () => {
    prepare('code,extra,id,age\n7,x,t1,3\n7,y,t2,\n');
    const { status, stdout } = await workplace.run('run', 'tab');
    expect(status).toBe(0);
    expect(stdout).toContain('data/sample.csv is not there');
    expect(readFileSync(join(runFolder('tab'), 'submission.csv'), 'utf8')).toMatch(/^id,label\nt1,(yes|no)\nt2,(yes|no)\n$/);
  });

  test.each<[string, string, string | undefined, RegExp]>([
    ['words where the training file has numbers', 'id,age,code\nt1,3,c1\nt2,old,c1\n', undefined, /test\.csv line 3 column 2 \(age\) must be a number as in train\.csv, got "old"\. Correct it in one of the two files\./],
    ['no column of the training file', 'id,code\nt1,c1\n', undefined, /test\.csv: there is no feature column "age"/],
    ['equal names', 'id,age,age,code\nt1,3,3,c1\n', undefined, /test\.csv line 1 columns 2 and 3 are both called "age"/],
    ['an infinite value', 'id,age,code\nt1,inf,c1\n', undefined, /step "columns".*part "numbers".*column 0 \(age\) has Infinity|part "numbers".*has Infinity/],
  ])('is refused with %s', async (_, testCsv, trainCsv, message) => {
    prepare(testCsv, trainCsv);
    const { status, stderr } = await workplace.run('run', 'tab');
    expect(stderr.replaceAll('\n', ' ')).toMatch(message);
    expect(status).not.toBe(0);
    expect(existsSync(workplace.path('outputs/tab')) ? readdirSync(workplace.path('outputs/tab')) : []).toEqual([]);
  });
});
