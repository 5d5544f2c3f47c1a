import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workplace } from './workplace.ts';

const place = new Workplace().write(
  'pipelines/searched.ts',
  `import { CountVectorizer, LogisticRegression, logUniform, Pipeline } from 'refit';
export default () => new Pipeline([['count', new CountVectorizer()], ['classify', new LogisticRegression()]]);
export const searchSpace = { count: { binary: [true, false] }, classify: { C: logUniform(1e-4, 10) } };
`,
);
afterAll(() => place.remove());

const tune = (...more: string[]) => place.run('tune', 'mail', '--pipeline', 'searched', ...more);
const events = (stderr: string): any[] => stderr.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));

test('tune keeps every fold and goes on with more trials, to what one run of all of them finds', async () => {
  const first = await tune('--trials', '3', '--json');
  expect(first.status).toBe(0);
  const { nSplits, candidates } = JSON.parse(first.stdout);
  expect(candidates).toHaveLength(3);
  expect(events(first.stderr).filter(({ type }) => type === 'fold')).toHaveLength(3 * nSplits);
  const more = await tune('--trials', '5', '--json');
  expect(events(more.stderr).filter(({ type }) => type === 'fold')).toHaveLength(2 * nSplits);
  const whole = await tune('--trials', '5', '--json', '--out', 'elsewhere', '--workers', '2');
  const found = ({ stdout }: { stdout: string }): object => ({ ...JSON.parse(stdout), journal: '', file: '' });
  expect(found(more)).toEqual(found(whole));
  expect(JSON.parse(readFileSync(join(place.folder, 'outputs/mail/tune/searched-bayesian-7.json'), 'utf8'))).toEqual(JSON.parse(more.stdout));
});

test('tune shows a table and what to do with it', async () => {
  const { stdout, stderr, status } = await tune('--trials', '3');
  expect(status).toBe(0);
  expect(stdout).toMatch(/accuracy +classify\.C +count\.binary/);
  expect(stdout).toMatch(/searched: the best of 3 candidates on 3 folds \(higher is better\): \{"classify":\{"C":/);
  expect(stdout).toContain('outputs/mail/tune/searched-bayesian-7.jsonl');
  expect(stderr).toBe('');
});

test('of what it goes on with tune knows no scores while it works, and calls none the best', async () => {
  const words = ['tune', 'mail', '--pipeline', 'searched', '--out', 'anew'];
  expect((await place.run(...words, '--trials', '2')).stderr).toMatch(/searched 2\/2 accuracy [01]\.\d{4}, the best [01]\.\d{4}\n$/);
  expect((await place.run(...words, '--trials', '3')).stderr).toMatch(/^searched 3\/3 accuracy [01]\.\d{4}\n$/);
});

test('tune refuses a pipeline that has nothing to search, and a missing one', async () => {
  const plain = await place.run('tune', 'mail', '--pipeline', 'plain');
  expect(plain.status).not.toBe(0);
  expect(plain.stderr).toContain('plain: the pipeline file must export a searchSpace to be tuned, got none. Write export const searchSpace = { step: { option: [values] } }.');
  const none = await place.run('tune', 'mail');
  expect(none.stderr).toContain('refit tune: --pipeline must be given');
});
