import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { competitionSource, Workplace } from './workplace.ts';

/** Two runs of one competition and one on other folds, which the tests only look at. */
let workplace: Workplace;
let runs: string[];
beforeAll(async () => {
  workplace = new Workplace();
  // Words that tell little, so that pipelines differ.
  const rows = Array.from({ length: 60 }, (_, i) => `id${i},${i % 3 === 0 ? 'spam' : 'ham'},"${i % 4 === 0 ? 'offer' : `noon w${i % 7}`} w${i % 11}"`);
  workplace.write('competitions/mail/data/train.csv', ['name,label,content', ...rows, ''].join('\n'));
  workplace.write('competitions/mail/competition.ts', competitionSource({ pipelines: ['plain', 'bayes'] }));
  workplace.write('pipelines/bayes.ts', `import { CountVectorizer, MultinomialNB, Pipeline } from 'refit';\nexport default () => new Pipeline([['count', new CountVectorizer()], ['classify', new MultinomialNB()]]);\n`);
  await workplace.run('run', 'mail');
  const plain = readFileSync(workplace.path('pipelines/plain.ts'), 'utf8');
  workplace.write('pipelines/plain.ts', plain.replace('LogisticRegression()', 'LogisticRegression({ C: 0.001 })'));
  await workplace.run('run', 'mail', '--pipeline', 'plain');
  await workplace.run('run', 'mail', '--pipeline', 'plain', '--seed', '9', '--out', 'others');
  runs = readdirSync(workplace.path('outputs/mail')).filter((name) => /^\d/.test(name)).sort();
});
afterAll(() => workplace.remove());

test('refit compare puts both runs side by side, and writes a page', async () => {
  const { status, stdout } = await workplace.run('compare', 'mail');
  expect(status).toBe(0);
  expect(stdout).toMatch(/pipeline +accuracy +behind the best +worse in +fit a fold +learned numbers +run\n/);
  expect(stdout).toContain(`plain (${runs[0]})`);
  expect(stdout).toContain(`plain (${runs[1]})`);
  expect(readFileSync(workplace.path('outputs/mail/comparison.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
  const { pipelines } = JSON.parse((await workplace.run('compare', 'mail', '--json')).stdout) as { pipelines: { behind?: { mean: number } }[] };
  expect(pipelines).toHaveLength(3);
});

test('refit compare refuses a named run on other folds, with the reason', async () => {
  const other = `others/mail/${readdirSync(workplace.path('others/mail'))[0]}`;
  const { status, stderr } = await workplace.run('compare', 'mail', '--run', other, '--run', runs[0]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Compare: .* cannot stand beside .*: its rows were dealt to other folds \(seed \d, not \d\)\. Run its pipelines again on today's data and folds\.$/m);
});

test('refit runs lists runs with score and seed, and those of one competition only where it is named', async () => {
  const { stdout } = await workplace.run('runs');
  for (const run of runs) expect(stdout).toMatch(new RegExp(`${run} +\\w+ +accuracy +0\\.\\d{4} ± 0\\.\\d{4} +\\d +7 `));
  expect((await workplace.run('runs', 'others')).stdout).toBe('There are no runs of others in outputs.\n');
});

test('refit show finds a run by name, competition or folder, and shows what it depends on', async () => {
  for (const word of [runs[1], 'mail', `mail/${runs[1]}`, `outputs/mail/${runs[1]}`]) {
    const { stdout } = await workplace.run('show', word);
    expect(stdout).toContain(`folder       outputs/mail/${runs[1]}`);
    expect(stdout).toContain('StratifiedKFold, 3 folds, seed 7');
    expect(stdout).toMatch(/hashes +train [0-9a-f]{8}, test /);
    expect(stdout).toMatch(/^plain +count +CountVectorizer\n +classify +LogisticRegression +C: 0\.001$/m);
  }
  expect((await workplace.run('show', 'mial')).stderr).toMatch(/^Run: there is no run "mial" in outputs\..* The newest are mail\//);
});

test('refit diff tells changed options, score and rows that changed sides', async () => {
  const { stdout } = await workplace.run('diff', runs[0], runs[1], '--pipeline', 'plain');
  expect(stdout).toMatch(/classify\.C +1 +0\.001\n/);
  expect(stdout).toMatch(/accuracy: 0\.\d+ ± 0\.\d+ → 0\.\d+ ± 0\.\d+\nThat is (better|worse) by/);
  const diff = JSON.parse((await workplace.run('diff', runs[0], runs[1], '--pipeline', 'plain', '--json')).stdout) as { rows: { better: string[]; worse: string[] }; scores: { mean: number }[] };
  // Held against the files themselves.
  const right = (run: string): Set<string> =>
    new Set(readFileSync(workplace.path(`outputs/mail/${run}/oof.csv`), 'utf8').trimEnd().split('\n').map((line) => line.split(',')).filter((fields, _, all) => fields[1] === fields[all[0].indexOf('plain')]).map(([id]) => id));
  const [was, is] = [right(runs[0]), right(runs[1])];
  expect([...diff.rows.better].sort()).toEqual([...is].filter((id) => !was.has(id)).sort());
  expect([...diff.rows.worse].sort()).toEqual([...was].filter((id) => !is.has(id)).sort());
  expect(diff.rows.better.length + diff.rows.worse.length).toBeGreaterThan(0);
  expect((await workplace.run('diff', runs[0], runs[1], '--pipeline', 'plian')).stderr).toMatch(/has no pipeline "plian"\. Its pipelines are/);
});

test('a run that cannot be read is left out with the reason, and refused where it is named', async () => {
  const scores = workplace.path(`outputs/mail/${runs[0]}/scores.json`);
  const whole = readFileSync(scores, 'utf8');
  writeFileSync(scores, whole.slice(0, 50));
  expect((await workplace.run('compare', 'mail')).stdout).toContain(`Left out: ${runs[0]}, must hold a run, scores.json is no JSON.`);
  expect((await workplace.run('show', runs[0])).stderr).toMatch(/^Run: outputs\/mail\/.* must hold a run, scores\.json is no JSON\. Name a folder that refit run has written\./);
  writeFileSync(scores, whole);
});

test('refit blend writes a run like any other, with a nested score, and says whether it was worth it', async () => {
  const { status, stdout } = await workplace.run('blend', 'mail');
  expect(status).toBe(0);
  expect(stdout).toMatch(/pipeline +weight +weights without each fold\n/);
  expect(stdout).toMatch(/The blend (is|and)|the blend by/);
  const folder = readdirSync(workplace.path('outputs/mail')).filter((name) => /^\d/.test(name)).sort().at(-1) as string;
  expect(readdirSync(workplace.path(`outputs/mail/${folder}`))).toEqual(expect.arrayContaining(['oof.csv', 'report.html', 'roc.svg', 'run.json', 'scores.json', 'submission.csv', 'test-predictions.csv']));
  expect((await workplace.run('check', `outputs/mail/${folder}/submission.csv`)).stdout).toContain('would be accepted');
  expect((await workplace.run('show', folder)).stdout).toContain('HillClimbing');
  const again = JSON.parse((await workplace.run('blend', 'mail', '--method', 'stacking', '--pipeline', 'bayes', '--pipeline', 'plain', '--json')).stdout) as { winner: string; pipelines: { name: string }[] };
  expect(again.winner).toBe('blend');
  expect(again.pipelines.map(({ name }) => name).sort()).toEqual(['bayes', 'blend', expect.stringContaining('plain')]);
});

test.each<[string[], RegExp]>([
  [['--method', 'stackin'], /^refit blend: --method must be hill-climbing or stacking, got "stackin"\. Did you mean stacking\?/],
  [['--pipeline', 'bayes'], /^Blend: there must be at least two pipelines to blend, got 1\. Run more of them on the same data and folds\./],
  [['--pipeline', 'byes'], /^Blend: there is no pipeline "byes" among the runs that can be blended\. There are /],
])('refit blend refuses %j', async (words, message) => {
  expect((await workplace.run('blend', 'mail', ...words)).stderr).toMatch(message);
});
