import { readdirSync, readFileSync } from 'node:fs';
import { readPredictions, readRun } from '../../src/competition/stored-run.ts';
import { LogisticRegression } from '../../src/linear/logistic-regression.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { competitionSource, Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const definition = 'competitions/mail/competition.ts';
const train = 'competitions/mail/data/train.csv';
const sample = 'competitions/mail/data/sample.csv';
const solution = 'competitions/mail/data/solution.csv';

const threeClasses = ['name,label,content', ...Array.from({ length: 30 }, (_, i) => `id${i},${['ham', 'spam', 'news'][i % 3]},word${i % 3}`), ''].join('\n');

test('probabilities of three classes in one column are refused before any fit', async () => {
  workplace.write(train, threeClasses).write(definition, competitionSource({ metric: 'logLoss' }));
  const { status, stderr } = await workplace.run('run', 'mail');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^sample\.csv: probabilities of 3 classes need a column each, called as the class is \(ham, news, spam\), with the same words before each or none, got label\. Rename them, or set submission\.values to 'labels'\.$/m);
});

test('probabilities of three classes are a column each, in the order of the sample, and are checked and scored', async () => {
  workplace.write(train, threeClasses).write('competitions/mail/data/test.csv', 'name,content\nt2,word2\nt1,word1\n');
  workplace.write(sample, 'name,is_spam,is_ham,is_news\nt1,0.3,0.3,0.4\nt2,0.3,0.3,0.4\n').write(solution, 'name,label\nt1,spam\nt2,news\n');
  workplace.write(definition, competitionSource({ metric: 'logLoss', submission: { sample: 'data/sample.csv' }, solution: 'data/solution.csv' }));
  expect((await workplace.run('run', 'mail')).stderr).not.toContain('must');
  const folder = `outputs/mail/${readdirSync(workplace.path('outputs/mail')).find((name) => /^\d/.test(name))}`;
  const [header, ...lines] = readFileSync(workplace.path(`${folder}/submission.csv`), 'utf8').trim().split('\n').map((line) => line.split(','));
  expect(header).toEqual(['name', 'is_spam', 'is_ham', 'is_news']);
  const probabilities = Object.fromEntries(lines.map(([id, ...values]) => [id, values.map(Number)]));
  expect(probabilities.t1[0] + probabilities.t1[1] + probabilities.t1[2]).toBeCloseTo(1, 12);
  expect(probabilities.t1[0]).toBeGreaterThan(0.4);
  const score = -(Math.log(probabilities.t1[0]) + Math.log(probabilities.t2[2])) / 2;
  const { stdout } = await workplace.run('score', 'mail');
  expect(stdout).toContain(`logLoss ${score.toFixed(4)} on 2 rows`);
  expect(stdout).toContain('The 3 fold models');
  expect((await workplace.run('check', `${folder}/submission.csv`)).stdout).toContain('would be accepted');
  workplace.write('wrong.csv', 'name,is_spam,is_ham,is_news\nt1,0.3,0.3,1.4\nt2,0.3,0.3,0.4\n');
  expect((await workplace.run('check', 'wrong.csv', '--competition', 'mail')).stdout).toContain('column is_news must hold probabilities in [0, 1]');
  await workplace.run('predict', 'mail', '--output', 'p.csv');
  expect(readFileSync(workplace.path('p.csv'), 'utf8')).toMatch(/^name,is_ham,is_news,is_spam\n/);
});

test('what is submitted comes from the best pipeline, fitted on all training rows and no others', async () => {
  // Only the last rows know the word: a model that lacks them predicts otherwise, as one does that has seen test rows.
  const rows = Array.from({ length: 30 }, (_, i) => `id${i},${i % 2 === 0 ? 'spam' : 'ham'},${i % 2 === 0 ? 'offer' : 'agenda'} ${i % 7 < 4 ? 'noon' : 'win'}${i > 27 ? ' last' : ''}`);
  workplace.write(train, ['name,label,content', ...rows, ''].join('\n')).write('competitions/mail/data/test.csv', 'name,content\nt2,last agenda\nt1,offer win unseen\n').write(sample, 'name,label\nt1,0.5\nt2,0.5\n');
  workplace.write('pipelines/useless.ts', "import { CountVectorizer, DummyClassifier, Pipeline } from 'refit';\nexport default () => new Pipeline([['count', new CountVectorizer()], ['classify', new DummyClassifier()]]);\n");
  workplace.write(definition, competitionSource({ metric: 'logLoss', pipelines: ['useless', 'plain'] }));
  expect((await workplace.run('run', 'mail')).status).toBe(0);
  const run = workplace.path(`outputs/mail/${readdirSync(workplace.path('outputs/mail')).find((name) => /^\d/.test(name))}`);
  const { content, label } = Object.fromEntries(['content', 'label'].map((name, k) => [name, rows.map((row) => row.split(',')[2 - k])]));
  const model = new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression()]]);
  await model.fit(content, label);
  const expected = (await model.predictProba(['last agenda', 'offer win unseen'])).col(1);
  const lines = readFileSync(`${run}/submission.csv`, 'utf8').trim().split('\n').map((line) => line.split(','));
  expect(lines.map(([id]) => id)).toEqual(['name', 't2', 't1']);
  expect(lines.slice(1).map(([, value]) => Number(value))).toEqual([...expected]);
});

test('labels that are submitted where the metric takes probabilities are scored as certainties', async () => {
  workplace.write(definition, competitionSource({ metric: 'rocAuc', submission: { sample: 'data/sample.csv', values: 'labels' }, solution: 'data/solution.csv' }));
  workplace.write(solution, 'name,label\nt2,ham\nt1,spam\n');
  await workplace.run('run', 'mail');
  expect((await workplace.run('score', 'mail')).stdout).toContain('rocAuc 1.0000 on 2 rows');
});

test('a metric of labels is not told of probabilities', async () => {
  workplace.write(sample, 'name,label\nt1,0.5\nt2,0.5\n').write(solution, 'name,label\nt1,spam\nt2,ham\n');
  workplace.write(definition, competitionSource({ submission: { sample: 'data/sample.csv', values: 'probabilities' }, solution: 'data/solution.csv' }));
  expect((await workplace.run('run', 'mail')).status).toBe(0);
  const { status, stderr } = await workplace.run('score', 'mail');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Score: accuracy is of labels, but probabilities are submitted, /m);
});

test('a target that is called fold keeps its column in oof.csv, and the folds get another', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `id${i},${i % 3 === 0 ? 'spam' : 'ham'},word${i % 3}`);
  workplace.write(train, ['name,fold,content', ...rows, ''].join('\n')).write(sample, 'name,fold\nt1,ham\nt2,ham\n').write(definition, competitionSource({ target: 'fold' }));
  expect((await workplace.run('run', 'mail')).status).toBe(0);
  const run = workplace.path(`outputs/mail/${readdirSync(workplace.path('outputs/mail')).find((name) => /^\d/.test(name))}`);
  expect(readFileSync(`${run}/oof.csv`, 'utf8')).toMatch(/^name,fold,fold of the row,plain,plain: P\(spam\)\nid0,spam,[123],/);
  const { y, outOfFold } = await readPredictions(readRun(run));
  expect(y.slice(0, 2)).toEqual(['spam', 'ham']);
  expect(new Set(outOfFold.plain.folds)).toEqual(new Set([0, 1, 2]));
});

test('a pipeline that is called as the target is refused before any work', async () => {
  workplace.write('pipelines/label.ts', readFileSync(workplace.path('pipelines/plain.ts')));
  const { status, stderr } = await workplace.run('run', 'mail', '--pipeline', 'label');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^mail: a pipeline must not be called as a column of oof\.csv \(name, label, fold\), got label\. Rename its file\.$/m);
});

test('a class whose name stands for a missing value is told why it is missing', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `id${i},${i % 3 === 0 ? 'None' : 'ham'},word${i % 3}`);
  workplace.write(train, ['name,label,content', ...rows, ''].join('\n'));
  expect((await workplace.run('run', 'mail')).stderr).toMatch(/10 of 30 are missing: rows 1, 4, 7, 10, 13 … \(5 more\)\. Fill them in or drop these rows; a class must not be called None, NA, null or the like, which stand for a missing value\./);
});
