import { readdirSync, readFileSync } from 'node:fs';
import { Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${i % 8},${2 + (i % 8) + (i % 3) / 10}`);
  workplace.write('competitions/shop/data/train.csv', ['id,x,sales', ...rows, ''].join('\n')).write('competitions/shop/data/test.csv', 'id,x\n40,1\n41,5\n');
  workplace.write('competitions/shop/data/solution.csv', 'id,sales\n40,3\n41,7\n');
  for (const [name, model] of [['line', 'LinearRegression'], ['mean', 'DummyRegressor']]) {
    workplace.write(`pipelines/${name}.ts`, `import { columns, ColumnTransformer, ${model}, Pipeline } from 'refit';\nexport default () => new Pipeline([['columns', new ColumnTransformer([['numbers', 'passthrough', columns.numeric]])], ['predict', new ${model}()]]);\n`);
  }
});
afterEach(() => workplace.remove());

/** `worth` of each row's term: another number is another metric. */
const definition = (worth: number, name = 'smape'): string => `import { defineCompetition, makeScorer } from 'refit';

const smape = (yTrue: ArrayLike<number>, yPred: ArrayLike<number>): number =>
  Array.from(yTrue, (y, i) => (${worth} * Math.abs(y - yPred[i])) / (Math.abs(y) + Math.abs(yPred[i]))).reduce((a, b) => a + b, 0) / yTrue.length;

export default defineCompetition({
  title: 'Sales', train: 'data/train.csv', test: 'data/test.csv', id: 'id', target: 'sales', solution: 'data/solution.csv',
  metric: makeScorer('${name}', smape, { better: 'lower', needs: 'values' }), cv: { nSplits: 4 }, pipelines: ['line', 'mean'],
});
`;

test('a competition ranks by a metric of its own: in runs, comparisons, blends, scores and differences', async () => {
  workplace.write('competitions/shop/competition.ts', definition(200));
  const { status, stdout, stderr } = await workplace.run('run', 'shop');
  expect([status, stderr.match(/Error.*/)]).toEqual([0, null]);
  expect(stdout).toMatch(/pipeline +smape +rootMeanSquaredError/);
  const [run] = readdirSync(workplace.path('outputs/shop')).filter((name) => /^\d/.test(name));
  const scores = JSON.parse(readFileSync(workplace.path(`outputs/shop/${run}/scores.json`), 'utf8'));
  expect([scores.competition.metric, scores.competition.better, scores.winner]).toEqual(['smape', 'lower', 'line']);
  expect((await workplace.run('score', 'shop')).stdout).toMatch(/smape 2\.\d{4} on 2 rows/);
  expect((await workplace.run('compare', 'shop')).stdout).toContain('line is ahead of mean by');
  expect((await workplace.run('blend', 'shop')).stdout).toContain('blend');
  expect((await workplace.run('diff', run, run, '--pipeline', 'line', '--pipeline', 'mean')).stdout).toContain('smape');
  workplace.write('competitions/shop/competition.ts', definition(2));
  await workplace.run('run', 'shop', '--quick');
  expect((await workplace.run('compare', 'shop')).stdout).toContain('or another metric had the same name');
}, 60_000);

test('a metric of one’s own must not be called as another', async () => {
  workplace.write('competitions/shop/competition.ts', definition(1, 'r2'));
  const { status, stderr } = await workplace.run('run', 'shop');
  expect(status).toBe(1);
  expect(stderr).toContain('scorer: a scorer of one\'s own must have a name of its own, "r2" is built in. Give makeScorer another name.');
});
