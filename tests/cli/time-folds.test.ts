import { readdirSync, readFileSync } from 'node:fs';
import { defineCompetition, type CompetitionDefinition, type CvDefinition } from '../../src/competition/define-competition.ts';
import { OptionError } from '../../src/core/errors.ts';
import { fixture } from '../fixture.ts';
import { competitionSource, Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => (workplace = new Workplace()));
afterEach(() => workplace.remove());

const COLUMNS = `['columns', new ColumnTransformer({ transformers: [['scale', new StandardScaler(), ['a', 'b', 'c']]] })]`;
const pipelines: Record<string, string> = {
  regression: `import { ColumnTransformer, Pipeline, Ridge, StandardScaler } from 'refit';
export default () => new Pipeline([${COLUMNS}, ['predict', new Ridge()]]);
export const searchSpace = { predict: { alpha: [0.1, 1, 10] } };
`,
  classification: `import { ColumnTransformer, LogisticRegression, Pipeline, StandardScaler } from 'refit';
export default () => new Pipeline([${COLUMNS}, ['classify', new LogisticRegression()]]);
`,
  labels: `import { ColumnTransformer, LinearSVC, Pipeline, StandardScaler } from 'refit';
export default () => new Pipeline([${COLUMNS}, ['classify', new LinearSVC()]]);
`,
  mean: `import { ColumnTransformer, DummyRegressor, Pipeline, StandardScaler } from 'refit';
export default () => new Pipeline([${COLUMNS}, ['predict', new DummyRegressor()]]);
`,
};

const { cases } = fixture('time-folds');
const within = (tolerance: number) => ({ relative: tolerance, absolute: tolerance });
type Input = { date: string[]; X: number[][]; y: (number | string)[]; task: 'regression' | 'classification' };

/** Writes a fixture's rows as a competition; the test file has one row and no date. */
function competition({ date, X, y, task }: Input, cv: object, names: readonly string[] = [task], changes: object = {}): void {
  const lines = date.map((day, i) => [`r${i}`, day, y[i], ...X[i]].join(','));
  workplace.write('competitions/days/data/train.csv', ['id,day,target,a,b,c', ...lines, ''].join('\n'));
  workplace.write('competitions/days/data/test.csv', 'id,a,b,c\nt1,0.5,-0.5,1\n');
  workplace.write(
    'competitions/days/competition.ts',
    competitionSource({ title: 'Days', id: 'id', target: 'target', features: null, metric: task === 'regression' ? 'rootMeanSquaredError' : 'logLoss', submission: null, cv, pipelines: names, ...changes }),
  );
  for (const name of names) workplace.write(`pipelines/${name}.ts`, pipelines[name]);
}

const runFolder = (out = 'outputs'): string => {
  const folder = workplace.path(`${out}/days`);
  return `${folder}/${readdirSync(folder).filter((name) => /^\d/.test(name)).sort().at(-1)}`;
};
const rowsOf = (file: string): Record<string, string>[] => {
  const [head, ...lines] = readFileSync(`${runFolder()}/${file}`, 'utf8').trim().split('\n').map((line) => line.split(','));
  return lines.map((fields) => Object.fromEntries(head.map((name, j) => [name, fields[j]])));
};
const [five] = cases;

describe('folds in the order of a column give the scores of cross_val_score with TimeSeriesSplit on sorted rows', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_, { input, options, expected, tolerance }) => {
    competition(input, { timeOrder: 'day', ...options });
    const { status, stdout } = await workplace.run('run', 'days', '--json', '--quick');
    expect(status).toBe(0);
    const record = JSON.parse(stdout);
    const score = record.pipelines[0].scores[record.competition.metric];
    expect(score.folds).toBeAllClose(expected.folds, within(tolerance));
    expect([score.mean, score.std]).toBeAllClose([expected.mean, expected.std], within(tolerance));
    expect(record.cv.splitter).toBe('TimeSeriesSplit');
    expect(record.competition.features).toEqual(['a', 'b', 'c']);
    // oof.csv keeps the file's order; rows that are in no test fold have no prediction.
    const oof = rowsOf('oof.csv');
    expect(oof.map(({ id }) => id)).toEqual(input.date.map((_day: string, i: number) => `r${i}`));
    expect(oof.map(({ fold }) => (fold === '' ? null : Number(fold)))).toEqual(expected.foldOf);
    const said = oof.map((row) => row[input.task]);
    if (input.task === 'classification') expect(said).toEqual(expected.predicted.map((label: string | null) => label ?? ''));
    else expect(said.map((field) => (field === '' ? -1 : Number(field)))).toBeAllClose(expected.predicted.map((value: number | null) => value ?? -1), within(tolerance));
  });
});

describe('a run with folds in the order of time', () => {
  test('says which rows were scored on the screen, in the record and in the report', async () => {
    competition(five.input, { timeOrder: 'day', nSplits: 4, testSize: 10, gap: 1 });
    const { stdout } = await workplace.run('run', 'days');
    const sentence = 'Folds in the order of day: 40 of 90 rows were scored, from 2024-01-14 to 2024-02-02; the 50 before them have no out-of-fold prediction.';
    expect(stdout).toContain(sentence);
    const { cv } = JSON.parse(readFileSync(`${runFolder()}/scores.json`, 'utf8'));
    expect(cv.inTime).toMatchObject({ column: 'day', scored: { rows: 40, from: '2024-01-14', to: '2024-02-02' } });
    expect(cv.inTime.folds[1]).toEqual({ train: { rows: 59, from: '2023-12-20', to: '2024-01-18' }, test: { rows: 10, from: '2024-01-19', to: '2024-01-23' } });
    const report = readFileSync(`${runFolder()}/report.html`, 'utf8');
    expect(report).toContain(sentence);
    expect(report).toContain('<h2 id="time-title">Folds in time</h2>');
    expect(report).toContain('4 folds in the order of day, seed 0');
    expect((await workplace.run('show', 'days')).stdout).toContain(sentence);
    expect((await workplace.run('compare', 'days')).stdout).toContain(sentence);
  });

  test('notes test rows that are earlier than training rows', async () => {
    competition(five.input, { timeOrder: 'day' });
    workplace.write('competitions/days/data/test.csv', 'id,day,a,b,c\nt1,2024-03-01,0.5,-0.5,1\nt2,2024-01-01,0,1,1\n');
    expect((await workplace.run('run', 'days', '--quick')).stdout).toMatch(/Note: test\.csv: 1 of 2 rows are earlier than the last training row \(2024-02-02\), the first of them 2024-01-01\./);
  });

  test('learns the refitted model from all rows, in the order of time', async () => {
    competition(five.input, { timeOrder: 'day' }, ['regression']);
    // A model that tells how many rows it has learned from, and the first and the last of them.
    workplace.write(
      'pipelines/regression.ts',
      `import { ColumnTransformer, Pipeline, Ridge, StandardScaler } from 'refit';
import { appendFileSync } from 'node:fs';
class Telling extends Ridge {
  async fit(X, y) { appendFileSync(${JSON.stringify(workplace.path('told.txt'))}, [y.length, y[0], y[y.length - 1]].join(' ') + '\\n'); return super.fit(X, y); }
}
export default () => new Pipeline([${COLUMNS}, ['predict', new Telling()]]);
`,
    );
    expect((await workplace.run('run', 'days', '--quick', '--workers', '1')).status).toBe(0);
    const { date, y } = five.input as Input;
    const byTime = [...date.keys()].sort((a, b) => (date[a] < date[b] ? -1 : date[a] > date[b] ? 1 : a - b));
    const told = readFileSync(workplace.path('told.txt'), 'utf8').trim().split('\n');
    expect(told).toHaveLength(6);
    expect(told[0]).toBe(`15 ${y[byTime[0]]} ${y[byTime[14]]}`);
    expect(told.at(-1)).toBe(`90 ${y[byTime[0]]} ${y[byTime[89]]}`);
  });

  test('of texts, which are tokenised before they are sorted, and in threads', async () => {
    const { date, y } = cases[4].input as Input;
    workplace.write('competitions/mail/data/train.csv', ['name,label,content,day', ...date.map((day, i) => `id${i},${y[i]},${y[i]} word${i % 7} the,${day}`), ''].join('\n'));
    workplace.write('competitions/mail/data/sample.csv', 'name,label\nt1,up\nt2,up\n');
    workplace.write('competitions/mail/competition.ts', competitionSource({ cv: { timeOrder: 'day', nSplits: 3 } }));
    const outcomes = [];
    for (const workers of ['1', '2']) {
      const { status, stdout } = await workplace.run('run', 'mail', '--json', '--workers', workers);
      expect(status).toBe(0);
      const { folder, pipelines: [{ scores }] } = JSON.parse(stdout);
      expect(scores.accuracy.mean).toBe(1);
      outcomes.push(['oof.csv', 'submission.csv', 'scores.json'].map((file) => readFileSync(workplace.path(`${folder}/${file}`), 'utf8')));
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  test('predicts test rows for blends by the last fold’s model', async () => {
    competition(five.input, { timeOrder: 'day', nSplits: 3 }, ['regression'], { solution: 'data/solution.csv' });
    workplace.write('competitions/days/data/solution.csv', 'id,target\nt1,1\n');
    await workplace.run('run', 'days', '--quick');
    const [{ fold3, fold1 }] = rowsOf('fold-predictions.csv');
    expect(rowsOf('test-predictions.csv')[0].regression).toBe(fold3);
    expect(fold1).not.toBe(fold3);
  });

  test('has the same bytes whether the rows are in the file’s order by a column or by themselves', async () => {
    const { date, X, y } = five.input as Input;
    const byTime = [...date.keys()].sort((a, b) => (date[a] < date[b] ? -1 : date[a] > date[b] ? 1 : a - b));
    const sorted = { date: byTime.map((i) => date[i]), X: byTime.map((i) => X[i]), y: byTime.map((i) => y[i]), task: 'regression' as const };
    competition(sorted, { timeOrder: 'day', nSplits: 3 });
    await workplace.run('run', 'days', '--quick');
    const byColumn = ['oof.csv', 'submission.csv', 'test-predictions.csv'].map((file) => readFileSync(`${runFolder()}/${file}`, 'utf8'));
    competition(sorted, { timeOrder: true, nSplits: 3 }, ['regression'], { features: ['a', 'b', 'c'] });
    const { stdout } = await workplace.run('run', 'days', '--quick', '--out', 'again');
    const folder = runFolder('again');
    expect(['oof.csv', 'submission.csv', 'test-predictions.csv'].map((file) => readFileSync(`${folder}/${file}`, 'utf8'))).toEqual(byColumn);
    expect(stdout).toContain('Folds in the order of the rows: 66 of 90 rows were scored, from row 25 to row 90; the 24 before them have no out-of-fold prediction.');
  });

  test('goes on after an interruption with the same bytes', async () => {
    competition(five.input, { timeOrder: 'day' });
    await workplace.run('run', 'days', '--quick', '--out', 'whole');
    // A pipeline that ends the process in its fourth fold, when the journal has three.
    const plain = pipelines.regression;
    workplace.write('pipelines/bad.ts', `${plain.replace("new Ridge()", 'new Ending()')}class Ending extends Ridge { async fit(X, y) { if (y.length > 50) process.kill(process.pid, 'SIGKILL'); return super.fit(X, y); } }\n`);
    expect((await workplace.run('run', 'days', '--quick', '--pipeline', 'bad', '--workers', '1')).signal).toBe('SIGKILL');
    const unfinished = workplace.path('outputs/days/.unfinished');
    expect(readdirSync(`${unfinished}/${readdirSync(unfinished)[0]}`).filter((name) => name.startsWith('bad.'))).toHaveLength(3);
    workplace.write('pipelines/bad.ts', plain);
    const { status, stderr } = await workplace.run('run', 'days', '--quick', '--resume');
    expect([status, stderr]).toEqual([0, expect.stringContaining('going on')]);
    expect(rowsOf('oof.csv').map(({ bad }) => bad)).toEqual(readFileSync(`${runFolder('whole')}/oof.csv`, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')[3]));
  });

  test('is tuned on the same folds', async () => {
    const { input, options, expected, tolerance } = cases[1];
    competition(input, { timeOrder: 'day', ...options });
    const { stdout } = await workplace.run('tune', 'days', '--pipeline', 'regression', '--trials', '3', '--random', '--json');
    const { candidates, notes } = JSON.parse(stdout);
    expect(notes[0]).toMatch(/^Folds in the order of day: 72 of 90 rows were scored/);
    const one = candidates.find(({ params }: { params: Record<string, unknown> }) => params['predict.alpha'] === 1);
    expect(one.folds).toBeAllClose(expected.folds, within(tolerance));
  });

  test('warns where training and test rows have the same time, with a gap that keeps them apart', async () => {
    competition(five.input, { timeOrder: 'day', nSplits: 5 });
    const note = /Note: In (\d) of 5 folds the last row that is learned from and the first that is tested have the same day, .* With cv\.gap: 1 no fold is tested/;
    expect(note.exec((await workplace.run('run', 'days', '--quick')).stdout)?.[1]).toBe('3');
    competition(five.input, { timeOrder: 'day', nSplits: 5, gap: 1 });
    expect((await workplace.run('run', 'days', '--quick')).stdout).not.toMatch(/have the same day/);
  });

  test('takes its ids for times where they are dates, and numbers as they count', async () => {
    const { input, options, expected, tolerance } = cases[2];
    const times = (input as Input).date.map((day, i) => `${day}T${String(i % 24).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`);
    competition(input, { timeOrder: 'id', ...options }, ['regression'], { features: ['a', 'b', 'c'] });
    workplace.write('competitions/days/data/train.csv', readFileSync(workplace.path('competitions/days/data/train.csv'), 'utf8').replace(/^r(\d+),/gm, (_, i) => `${times[i]},`));
    const byId = JSON.parse((await workplace.run('run', 'days', '--json', '--quick')).stdout);
    expect(byId.pipelines[0].scores.rootMeanSquaredError.folds).toBeAllClose(expected.folds, within(tolerance));
    expect(byId.cv.inTime.scored.from).toMatch(/^2024-01-2\d \d\d:\d\d$/);
    // Text would sort 10 before 9.
    const number = (day: string): string => String(Math.round((Date.parse(day) - Date.parse('2023-12-12')) / 86_400_000));
    competition({ ...input, date: (input as Input).date.map(number) }, { timeOrder: 'day', ...options });
    const byNumber = JSON.parse((await workplace.run('run', 'days', '--json', '--quick')).stdout);
    expect(byNumber.pipelines[0].scores.rootMeanSquaredError.folds).toBeAllClose(expected.folds, within(tolerance));
    expect(byNumber.cv.inTime.folds[0].train.from).toBe(8);
  });
});

describe('blending and comparing', () => {
  test('a blend is scored by weights from earlier folds, and leaves rows without a prediction empty', async () => {
    competition(five.input, { timeOrder: 'day', nSplits: 3 }, ['regression', 'mean']);
    await workplace.run('run', 'days', '--quick');
    const { stdout } = await workplace.run('blend', 'days', '--json');
    const record = JSON.parse(stdout);
    const blend = record.pipelines.find(({ name }: { name: string }) => name === 'blend');
    expect(blend.stages[0].options.foldWeights[0]).toEqual({ regression: 0.5, mean: 0.5 });
    expect(record.cv.inTime.scored.rows).toBe(66);
    const oof = rowsOf('oof.csv');
    expect(oof.filter((row) => row.blend === '').map(({ fold }) => fold)).toEqual(new Array(24).fill(''));
    const first = oof.filter(({ fold }) => fold === '1');
    expect(first.map((row) => Number(row.blend))).toBeAllClose(first.map((row) => (Number(row.regression) + Number(row.mean)) / 2), within(1e-12));
    const errors = first.map((row) => (Number(row.blend) - Number(row.target)) ** 2);
    expect(blend.scores.rootMeanSquaredError.folds[0]).toBeCloseTo(Math.sqrt(errors.reduce((a, b) => a + b, 0) / errors.length), 10);
  });

  test.each(['hill-climbing', 'stacking'])('so with classes, of a pipeline with probabilities and one without: %s', async (method) => {
    competition(cases[4].input, { timeOrder: 'day', nSplits: 3 }, ['classification', 'labels'], { metric: 'accuracy' });
    await workplace.run('run', 'days', '--quick');
    const { status, stdout } = await workplace.run('blend', 'days', '--method', method);
    expect(status).toBe(0);
    expect(stdout).toContain('each fold was scored with weights that were tuned on the folds before it, the first with equal weights.');
    const oof = rowsOf('oof.csv');
    expect(new Set(oof.filter(({ fold }) => fold === '').flatMap((row) => [row.blend, row.labels, row.classification, row['blend: P(up)']]))).toEqual(new Set(['']));
    expect(new Set(oof.filter(({ fold }) => fold !== '').map((row) => row.blend))).toEqual(new Set(['up', 'down']));
  });

  test('runs with dealt folds stand apart, and rows that one of them has not predicted count as unchanged', async () => {
    competition(cases[4].input, { nSplits: 3 }, ['classification'], { features: ['a', 'b', 'c'] });
    await workplace.run('run', 'days', '--quick');
    const first = runFolder();
    competition(cases[4].input, { timeOrder: 'day', nSplits: 3 }, ['classification']);
    await workplace.run('run', 'days', '--quick');
    expect((await workplace.run('compare', 'days')).stdout).toMatch(/its folds were of StratifiedKFold, not of TimeSeriesSplit/);
    const { stdout } = await workplace.run('diff', first, runFolder());
    expect(stdout).toMatch(/\d+ of 66 training rows changed sides/);
    expect(stdout).toMatch(/folds\.timeOrder +– +day/);
  });
});

describe('is refused', () => {
  test.each<[string, object, string]>([
    ['groups besides', { timeOrder: 'day', groups: 'a' }, 'timeOrder and groups must not both be given, got "day" and "a": time cuts through groups. Choose one of them.'],
    ['stratified folds besides', { timeOrder: 'day', stratified: true }, 'stratified must not be true beside timeOrder, since it would test rows by what came after them. Leave stratified out.'],
    ['shuffled rows besides', { timeOrder: true, shuffle: true }, 'shuffle must not be true beside timeOrder, since it would test rows by what came after them. Leave shuffle out.'],
    ['a gap without an order', { gap: 3 }, 'gap is for folds in the order of time, and timeOrder is not given. Name the column of time as timeOrder, or leave gap out.'],
    ['a size without an order', { maxTrainSize: 3 }, 'maxTrainSize is for folds in the order of time, and timeOrder is not given. Name the column of time as timeOrder, or leave maxTrainSize out.'],
    ['an order that is none', { timeOrder: false }, 'timeOrder must be a column name, true where the rows are in the order of time, or null, got false.'],
    ['the target as time', { timeOrder: 'target' }, 'timeOrder must not be the target, got "target".'],
    ['a size that is none', { timeOrder: 'day', testSize: 0 }, 'testSize must be a whole number in [1, ∞), or null, got 0.'],
  ])('%s', (_, cv, message) => {
    const definition = { title: 'Days', train: 'a.csv', test: 'b.csv', id: 'id', target: 'target', metric: 'r2', pipelines: ['regression'] } as const;
    expect(() => defineCompetition({ ...definition, cv: cv as CvDefinition })).toThrow(new OptionError(`defineCompetition: cv: ${message}`));
  });

  test('nothing of what defineCompetition has completed itself', () => {
    const definition = { title: 'Days', train: 'a.csv', test: 'b.csv', id: 'id', target: 'target', metric: 'r2', pipelines: ['regression'] } as const;
    for (const cv of [{ nSplits: 3, groups: 'a' }, { timeOrder: 'day', gap: 2 }] as CvDefinition[]) {
      const complete = defineCompetition({ ...definition, cv });
      expect(defineCompetition(complete as CompetitionDefinition)).toEqual(complete);
    }
  });

  test.each<[string, object, RegExp]>([
    ['a column that is not there', { timeOrder: 'dya' }, /train\.csv: there is no time column "dya"\. Did you mean day\?/],
    ['too few rows', { timeOrder: 'day', testSize: 30, nSplits: 3 }, /TimeSeriesSplit: the first training set must not be empty, 90 rows are too few for 3 splits of 30 test rows and a gap of 0\./],
  ])('%s', async (_, cv, message) => {
    competition(five.input, cv);
    const { status, stderr } = await workplace.run('run', 'days');
    expect(stderr.replaceAll('\n', ' ')).toMatch(message);
    expect(status).not.toBe(0);
  });

  test.each<[string, string, RegExp]>([
    ['a row without its time', '', /train\.csv: column day must have a value in every row, 1 of 90 are missing: rows 3\. Every row needs its time\./],
    ['NaN', 'NaN', /train\.csv: column day must have a value in every row, 1 of 90 are missing: rows 3\. Every row needs its time\./],
    ['a word', 'later', /train\.csv: column day must hold times, all of them dates such as 2024-05-31 or 2024-05-31T12:30:00Z, or all of them numbers; row 3 has "later"\. Write every row so, or sort the rows by time and give cv\.timeOrder: true\./],
    ['a number among dates', '7', /train\.csv: column day must hold times, .* row 3 has "7"/],
  ])('%s', async (_, value, message) => {
    const { date } = five.input as Input;
    competition({ ...five.input, date: date.map((day, i) => (i === 2 ? value : day)) }, { timeOrder: 'day' });
    const { stderr } = await workplace.run('run', 'days');
    expect(stderr.replaceAll('\n', ' ')).toMatch(message);
  });

  test('a fold that would learn one class only', async () => {
    const input = cases[4].input as Input;
    const latest = [...input.date].sort()[70];
    competition({ ...input, y: input.date.map((day) => (day < latest ? 'down' : 'up')) }, { timeOrder: 'day', nSplits: 3 });
    expect((await workplace.run('run', 'days')).stderr.replaceAll('\n', ' ')).toMatch(
      /train\.csv: fold 1 in the order of time must have two classes of target to learn from, all 24 rows before it have "down"\. Lower cv\.nSplits, cv\.testSize or cv\.gap, or raise cv\.maxTrainSize\./,
    );
  });
});
