import { writeFileSync } from 'node:fs';
import { checkSubmissionFile } from '../../src/competition/check-submission-file.ts';
import { defineCompetition, type CompetitionDefinition } from '../../src/competition/define-competition.ts';
import { Workplace } from './workplace.ts';

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => workplace.remove());

const definition: CompetitionDefinition = {
  title: 'Mail',
  train: 'data/train.csv',
  test: 'data/test.csv',
  id: 'name',
  target: 'label',
  features: 'content',
  metric: 'accuracy',
  submission: { sample: 'data/sample.csv' },
  pipelines: ['plain'],
};
/** What the command would say of a file of this content. */
const check = (content: string, changes: Partial<CompetitionDefinition> = {}) => {
  const file = workplace.path('mine.csv');
  writeFileSync(file, content);
  return checkSubmissionFile({ name: 'mail', folder: workplace.path('competitions/mail'), root: workplace.folder, definition: defineCompetition({ ...definition, ...changes }) }, file);
};

describe('refit check', () => {
  test('accepts what the competition takes, in any order of rows', async () => {
    expect(await check('name,label\nt2,ham\nt1,spam\n')).toMatchObject({ rows: 2, problems: [], notes: [] });
    expect(await workplace.run('check', 'mine.csv', '--competition', 'mail')).toMatchObject({ status: 0, stdout: 'mine.csv would be accepted by mail: 2 rows, every id once.\n' });
  });

  test.each<[string, string, string[], RegExp]>([
    ['an empty file', '', ['unreadable'], /mine\.csv.*empty/],
    ['a ragged line', 'name,label\nt1,ham\nt2,ham,x\n', ['unreadable'], /mine\.csv line 3 has 3 fields/],
    ['other columns', 'name,class\nt1,ham\nt2,spam\n', ['wrong-columns'], /columns must be name, label as in sample\.csv, got name, class/],
    ['columns in another order', 'label,name\nham,t1\nham,t2\n', ['wrong-columns'], /Put them in this order/],
    ['no id column', 'id,label\nt1,ham\nt2,ham\n', ['no-id-column'], /the id column name is missing/],
    ['a missing row', 'name,label\nt1,ham\n', ['missing-ids'], /1 id of sample\.csv is missing: t2\. Predict every row of test\.csv\./],
    ['a row too many', 'name,label\nt1,ham\nt2,spam\nt3,ham\n', ['unknown-ids'], /1 id is not in sample\.csv: t3/],
    ['a repeated row', 'name,label\nt1,ham\nt2,spam\nt2,ham\n', ['repeated-ids'], /1 id stands more often: t2\. Drop the repeats\./],
    ['a missing value', 'name,label\nt1,ham\nt2,\n', ['missing-values'], /1 id has none: t2/],
    ['numbers where labels are text', 'name,label\nt1,0\nt2,1\n', ['wrong-kind'], /must hold text as in sample\.csv, got numbers \("0" for t1\)\. Submit the original labels\./],
    ['labels in another spelling', 'name,label\nt1,Ham\nt2,spam\n', ['unknown-labels'], /must hold labels of the training rows \(spam, ham\), 1 of 2 rows do not: t1\. Ham is none/],
    ['several of these at once', 'name,label\nt1,Ham\nt1,\n', ['repeated-ids', 'missing-ids', 'missing-values'], /stands more often/],
  ])('refuses %s, and names what is wrong', async (_, content, problems, message) => {
    const review = await check(content);
    expect(review.problems.map(({ problem }) => problem)).toEqual(problems);
    expect(review.problems[0].message).toMatch(message);
  });

  test('asks for probabilities where the metric ranks by them', async () => {
    workplace.write('competitions/mail/data/sample.csv', 'name,label\nt1,0.5\nt2,0.5\n');
    const { problems } = await check('name,label\nt1,1.5\nt2,0.2\n', { metric: 'rocAuc' });
    expect(problems).toEqual([{ problem: 'no-probabilities', message: 'column label must hold probabilities in [0, 1], 1 of 2 rows hold others: t1. Write predictProba, not decision values.' }]);
    expect((await check('name,label\nt1,0.2\nt2,0.2\n', { metric: 'rocAuc' })).notes[0]).toMatch(/^every row has the same label/);
  });

  test('goes without a sample by the ids of the test file', async () => {
    expect((await check('name,label\nt1,ham\nt2,spam\n', { submission: {} })).problems).toEqual([]);
    expect((await check('name,kind\nt1,ham\nt2,spam\n', { submission: {} })).problems).toEqual([{ problem: 'wrong-columns', message: 'columns must be name, label, got name, kind. Name the prediction label.' }]);
  });

  test('knows the competition by the path, or asks for it', async () => {
    await check('name,label\nt1,Ham\nt2,spam\n');
    const { status, stdout } = await workplace.run('check', 'mine.csv', '--competition', 'mail');
    expect([status, stdout.split('\n').slice(0, 2)]).toEqual([1, ['mine.csv would be refused by mail:', expect.stringMatching(/^  unknown-labels  column label must hold labels/)]]);
    expect((await workplace.run('check', 'outputs/mail/x/submission.csv')).stderr).toMatch(/^Check: there is no file outputs\/mail\/x\/submission\.csv\./);
    expect((await workplace.run('check', 'mine.csv')).stderr).toMatch(/^Check: the competition must be told where the file's path does not name it\. Add --competition with one of /);
  });
});
