import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newCompetition } from '../../src/competition/new-competition.ts';
import { Workplace } from './workplace.ts';

const competitions = resolve(import.meta.dirname, '../../competitions');
let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const files = (name: string): string[] => ['--train', join(competitions, name, 'data/train.csv'), '--test', join(competitions, name, 'data/test.csv'), '--sample', join(competitions, name, 'data/sample_submission.csv')];

interface Scores {
  winner: string;
  competition: { task: string; metric: string };
  pipelines: { name: string; scores: Record<string, { mean: number }> }[];
}
/** Runs what `refit new` wrote. */
async function scoresOf(name: string, metric: string): Promise<number> {
  const { status, stderr } = await workplace.run('run', name);
  expect([status, stderr.match(/Error:.*/)]).toEqual([0, null]);
  const parent = workplace.path(`outputs/${name}`);
  const folder = join(parent, readdirSync(parent)[0]);
  const { pipelines } = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as Scores;
  expect((await workplace.run('check', join(folder, 'submission.csv'))).stdout).toMatch(/would be accepted/);
  return pipelines[0].scores[metric].mean;
}

/** Who may enter a folder; 'new' is one made like any other. */
function modeOf(folder: string): number {
  if (folder === 'new') mkdirSync(workplace.path(folder), { recursive: true });
  return statSync(workplace.path(folder)).mode;
}

describe('refit new', () => {
  test('penguins: a classification that runs at once', async () => {
    const { status, stdout } = await workplace.run('new', 'birds', ...files('penguins'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/target +sex \(the other column of the sample submission\)\n +task +classification \(sex holds words; 2 values: "female" \(\d\d %\), "male" \(\d\d %\)\)/);
    expect(stdout).toContain('Next: refit run birds');
    expect(modeOf('competitions/birds')).toBe(modeOf('new'));
    expect(readFileSync(workplace.path('competitions/birds/README.md'), 'utf8')).toContain('| target | sex | the other column of the sample submission |');
    expect(await scoresOf('birds', 'accuracy')).toBeGreaterThan(0.89);
    const [run] = readdirSync(workplace.path('outputs/birds'));
    expect(modeOf(`outputs/birds/${run}`)).toBe(modeOf('new'));
  });

  test('cars: a regression that runs at once', async () => {
    expect((await workplace.run('new', 'mpg', ...files('cars'), '--title', "It's cars")).status).toBe(0);
    // The hand-written pipeline gets 3.47.
    expect(await scoresOf('mpg', 'rootMeanSquaredError')).toBeLessThan(3.47 * 1.05);
  });

  test('days: folds in the order of time, as test days come after training days', async () => {
    const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
    const warmth = (i: number): number => (i * 37) % 23;
    const count = (i: number): number => 50 + 2 * warmth(i) + (i % 7 < 5 ? 10 : 0) + (i % 3);
    // The file is not in the order of time.
    const rows = Array.from({ length: 120 }, (_, k) => (k * 77) % 120);
    workplace.write('train.csv', ['id,day,warmth,count', ...rows.map((i) => `a${i},${day(i)},${warmth(i)},${count(i)}`), ''].join('\n'));
    workplace.write('test.csv', ['id,day,warmth', ...Array.from({ length: 8 }, (_, i) => `b${i},${day(120 + i)},${warmth(i)}`), ''].join('\n'));
    const { stdout } = await workplace.run('new', 'days', '--train', 'train.csv', '--test', 'test.csv');
    expect(stdout).toMatch(/folds +5 in the order of day \(every test row is later than all training rows\)/);
    expect(readFileSync(workplace.path('competitions/days/competition.ts'), 'utf8')).toContain("cv: { timeOrder: 'day', nSplits: 5, randomState: 43 },");
    expect(await scoresOf('days', 'rootMeanSquaredError')).toBeLessThan(16);
  });

  test('texts: one column of sentences', async () => {
    const words = (i: number): string => `${i % 3 === 0 ? 'win money now with this offer today' : 'meeting at noon about the agenda of today'} number ${i}`;
    workplace.write('train.csv', ['key,text,label', ...Array.from({ length: 40 }, (_, i) => `a${i},${words(i)},${i % 3 === 0}`), ''].join('\n'));
    workplace.write('test.csv', ['key,text', ...Array.from({ length: 8 }, (_, i) => `b${i},${words(i)}`), ''].join('\n'));
    expect((await workplace.run('new', 'mails', '--train', 'train.csv', '--test', 'test.csv')).status).toBe(0);
    expect(readdirSync(workplace.path('competitions/mails/pipelines')).sort()).toEqual(['count-bayes.ts', 'most-frequent.ts', 'tfidf-logistic.ts']);
    expect(await scoresOf('mails', 'accuracy')).toBe(1);
  });

  test('files with semicolons, decimal commas and UTF-16, and a sample with a column for each class', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${String(i).padStart(3, '0')};${i % 7},5;${['Öl', 'Käse'][i % 2]};${['süß', 'herb'][i % 2]}`);
    const utf16 = (lines: readonly string[]): Buffer => Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le');
    workplace.write('train.csv', utf16(['Nr;Preis;Sorte;Klasse', ...rows])).write('test.csv', utf16(['Nr;Preis;Sorte', '090;2,5;Öl', '091;3,5;Käse']));
    workplace.write('sample.csv', 'Nr;herb;süß\n090;0,5;0,5\n091;0,5;0,5\n');
    const { stdout } = await workplace.run('new', 'laden', '--train', 'train.csv', '--test', 'test.csv', '--sample', 'sample.csv');
    expect(stdout).toMatch(/files +utf-16le, ";" between fields, decimal commas \(the train file is written so\)/);
    expect(stdout).toMatch(/target +Klasse \(the other columns of the sample submission are called as its values\)/);
    expect(stdout).toMatch(/numbers +Preis /);
    expect((await workplace.run('run', 'laden', '--quick')).status).toBe(0);
    const [run] = readdirSync(workplace.path('outputs/laden'));
    expect(readFileSync(workplace.path(`outputs/laden/${run}/submission.csv`), 'utf8')).toMatch(/^Nr,herb,süß\n090,[\d.]+,[\d.]+\n091,/);
  });

  test('Chinese in GBK: letters count as words', async () => {
    // GBK of 好 and 坏; the rest is ASCII.
    const [good, bad] = [Buffer.from([0xba, 0xc3]), Buffer.from([0xbb, 0xb5])];
    const lines = Array.from({ length: 40 }, (_, i) => Buffer.concat([Buffer.from(`${i},`), ...Array.from({ length: 20 + i }, () => (i % 2 ? good : bad)), Buffer.from(`,${i % 2}\n`)]));
    workplace.write('train.csv', Buffer.concat([Buffer.from('id,title,label\n'), ...lines])).write('test.csv', Buffer.concat([Buffer.from('id,title\n50,'), good, Buffer.from('\n')]));
    const { stdout } = await workplace.run('new', 'titles', '--train', 'train.csv', '--test', 'test.csv', '--encoding', 'gbk');
    expect(stdout).toMatch(/letters +title \(written without blanks between words/);
    expect(readFileSync(workplace.path('competitions/titles/pipelines/tfidf-logistic.ts'), 'utf8')).toContain("analyzer: 'char'");
    expect(readFileSync(workplace.path('competitions/titles/competition.ts'), 'utf8')).toContain("encoding: 'gbk'");
  });

  test('says so where it cannot write', async () => {
    workplace.write('elsewhere/competitions', 'a file');
    const [, train, , test] = files('cars');
    await expect(newCompetition('x', { train, test, root: workplace.path('elsewhere') })).rejects.toThrow(/^refit new: competitions must be a folder that can be written, got (EEXIST|ENOTDIR): .*\. Work in another folder\.$/);
  });

  test.each<[string, string[], RegExp]>([
    ['a name that is taken', ['mail', ...files('cars')], /refit new: competitions\/mail is there already\. Choose another name, or remove it\./],
    ['a name that is no folder', ['../x', ...files('cars')], /refit new: the name must be letters, digits, dots and hyphens, got "\.\.\/x"/],
    ['a sample of other rows', ['x', ...files('cars').slice(0, 4), '--sample', join(competitions, 'penguins/data/sample_submission.csv')], /refit new: the train file must have the column "sex" of the sample submission/],
    ['an unknown metric', ['x', ...files('cars'), '--metric', 'acuracy'], /acuracy.*Did you mean accuracy\?/],
  ])('refuses %s, and writes nothing', async (_, words, message) => {
    const { status, stderr } = await workplace.run('new', ...words);
    expect(stderr).toMatch(message);
    expect(status).toBeGreaterThan(0);
    expect(existsSync(workplace.path('competitions/x'))).toBe(false);
    expect(readdirSync(workplace.path('competitions'))).toEqual(['mail']);
  });
});
