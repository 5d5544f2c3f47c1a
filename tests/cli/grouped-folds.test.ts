import { readdirSync, readFileSync } from 'node:fs';
import { competitionSource, Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  // Three rows of each sender stand apart, so that no order of rows keeps them together by itself.
  const rows = Array.from({ length: 30 }, (_, i) => `id${i},${i % 2 ? 'ham' : 'spam'},word${i % 2} w${i % 5},sender${i % 10}`);
  workplace.write('competitions/mail/data/train.csv', ['name,label,content,sender', ...rows, ''].join('\n'));
});
afterEach(() => workplace.remove());

const foldsBySender = (): Set<string>[] => {
  const outputs = workplace.path('outputs/mail');
  const lines = readFileSync(`${outputs}/${readdirSync(outputs).find((name) => /^\d/.test(name))}/oof.csv`, 'utf8').trim().split('\n').slice(1);
  const folds = lines.map((line) => line.split(',')[2]);
  return Array.from({ length: 10 }, (_, sender) => new Set(folds.filter((_fold, i) => i % 10 === sender)));
};

test.each([
  ['StratifiedGroupKFold', {}],
  ['GroupKFold', { stratified: false }],
])('rows of one group are in one fold of a run: %s', async (splitter, cv) => {
  workplace.write('competitions/mail/competition.ts', competitionSource({ cv: { nSplits: 3, randomState: 7, groups: 'sender', ...cv } }));
  const { status, stdout } = await workplace.run('run', 'mail', '--json');
  expect(status).toBe(0);
  expect(stdout).toContain(`"splitter":"${splitter}"`);
  const folds = foldsBySender();
  expect(folds.every((set) => set.size === 1)).toBe(true);
  expect(new Set(folds.flatMap((set) => [...set])).size).toBe(3);
});

test('folds that stand in the training file are taken as they are', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `id${i},${i % 2 ? 'ham' : 'spam'},word${i % 2} w${i % 5},${'cab'[Math.floor(i / 4) % 3]}`);
  workplace.write('competitions/mail/data/train.csv', ['name,label,content,part', ...rows, ''].join('\n'));
  workplace.write('competitions/mail/competition.ts', competitionSource({ features: null, cv: { folds: 'part' } }));
  const { status, stdout } = await workplace.run('run', 'mail', '--json');
  expect(status).toBe(0);
  const { cv, competition } = JSON.parse(stdout);
  expect([cv.splitter, cv.nSplits, cv.options, competition.features]).toEqual(['PredefinedSplit', 3, { column: 'part' }, ['content']]);
  const outputs = workplace.path('outputs/mail');
  const lines = readFileSync(`${outputs}/${readdirSync(outputs).find((name) => /^\d/.test(name))}/oof.csv`, 'utf8').trim().split('\n').slice(1);
  expect(lines.map((line) => line.split(',')[2])).toEqual(rows.map((row) => String(1 + 'abc'.indexOf(row.at(-1) as string))));
  workplace.write('competitions/mail/competition.ts', competitionSource({ features: null, cv: { folds: 'part', groups: 'part' } }));
  expect((await workplace.run('run', 'mail')).stderr).toContain('defineCompetition: cv: groups must not be given beside folds, got "part": the column "part" says all. Leave groups out.');
  workplace.write('competitions/mail/competition.ts', competitionSource({ features: null, cv: { folds: 'label' } }));
  expect((await workplace.run('run', 'mail')).stderr).toContain('cv: folds must not be the target');
});

test('the column of groups is a feature only where it is named: test.csv need not have it', async () => {
  workplace.write('competitions/mail/competition.ts', competitionSource({ features: null, cv: { nSplits: 3, groups: 'sender' } }));
  const { status, stdout } = await workplace.run('run', 'mail', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout).competition.features).toEqual(['content']);
  workplace.write('competitions/mail/competition.ts', competitionSource({ features: ['content', 'sender'], cv: { nSplits: 3, groups: 'sender' } }));
  expect((await workplace.run('run', 'mail')).stderr).toContain('test.csv');
});

test('without groups the same rows are spread', async () => {
  expect((await workplace.run('run', 'mail')).status).toBe(0);
  expect(foldsBySender().some((set) => set.size > 1)).toBe(true);
});

test('a row without its group, and a column that is not there, are told', async () => {
  workplace.write('competitions/mail/competition.ts', competitionSource({ cv: { nSplits: 3, groups: 'sendr' } }));
  expect((await workplace.run('run', 'mail')).stderr).toMatch(/train\.csv: there is no groups column "sendr"\. Did you mean sender\?/);
  const train = 'competitions/mail/data/train.csv';
  workplace.write(train, readFileSync(workplace.path(train), 'utf8').replace(',sender3\n', ',\n'));
  workplace.write('competitions/mail/competition.ts', competitionSource({ cv: { nSplits: 3, groups: 'sender' } }));
  expect((await workplace.run('run', 'mail')).stderr).toMatch(/train\.csv: column sender must have a value in every row, 1 of 30 are missing: rows 4\. Every row needs its group\./);
});
