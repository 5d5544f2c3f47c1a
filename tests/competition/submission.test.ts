import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkSubmission, type Submission, type SubmissionNeeds } from '../../src/competition/check-submission.ts';
import { submissionValues } from '../../src/competition/submission-values.ts';
import { writeSubmission } from '../../src/competition/write-submission.ts';
import { SubmissionError } from '../../src/core/errors.ts';
import { readCsv } from '../../src/table/read-csv.ts';
import { Table } from '../../src/table/table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refit-submission-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(content: string, name = 'sample_submission.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What is written for the columns. */
async function written(columns: Submission, needs: SubmissionNeeds = {}): Promise<string> {
  const path = join(folder, 'submission.csv');
  await writeSubmission(path, columns, needs);
  return readFileSync(path, 'utf8');
}

const sample = 'name,label\nm17,0\nm42,0\nm99,0\n';

describe('writeSubmission', () => {
  test('writes columns in the order of the sample and rows in the order given', async () => {
    expect(await written({ label: [1, 0, 1], name: ['m99', 'm17', 'm42'] }, { sample: file(sample) })).toBe('name,label\nm99,1\nm17,0\nm42,1\n');
  });

  test('needs no sample, and takes a Table and a Column', async () => {
    const test = await readCsv(Buffer.from('id,text\n0012,a\n7,b\n'), { ids: ['id'] });
    expect(await written({ id: test.column('id'), target: Float64Array.of(0.25, 1e-7) })).toBe('id,target\n0012,0.25\n7,1e-07\n');
    expect(await written(Table.from({ id: [1, 2], ok: [true, false] }))).toBe('id,ok\n1,True\n2,False\n');
  });

  test('keeps labels as they are in the training data', async () => {
    expect(await written({ id: [1, 2], label: [1, 0] }, { sample: file('id,label\n1,0\n2,0\n') })).toBe('id,label\n1,1\n2,0\n');
    expect(await written({ id: [1, 2], label: ['1', '0'] }, { sample: file('id,label\n1,0\n2,0\n') })).toBe('id,label\n1,1\n2,0\n');
    expect(await written({ id: [1, 2], label: ['None', 'NA'] }, { sample: file('id,label\n1,None\n2,None\n') })).toBe('id,label\n1,None\n2,NA\n');
    expect(await written({ id: [1, 2], ok: [true, false] }, { sample: file('id,ok\n1,False\n2,False\n') })).toBe('id,ok\n1,True\n2,False\n');
  });

  test('compares ids as they are written, whatever their type', async () => {
    expect(await written({ id: [2, 1], y: [5, 6] }, { sample: file('id,y\n1,0\n2,0\n'), testIds: ['1', '2'] })).toBe('id,y\n2,5\n1,6\n');
    expect(await written({ id: ['02', '1'], y: [5, 6] }, { sample: file('id,y\n02,0\n1,0\n') })).toBe('id,y\n02,5\n1,6\n');
  });

  test('takes a sample that is a Table, and one without values', async () => {
    const table = Table.from({ id: [1, 2], y: [null, null] });
    expect(await written({ y: ['a', 'b'], id: [1, 2] }, { sample: table })).toBe('id,y\n1,a\n2,b\n');
  });

  test('takes an id column that is not the first', async () => {
    expect(await written({ id: ['a', 'b'], p: [0.5, 1] }, { sample: file('p,id\n0,a\n0,b\n'), id: 'id' })).toBe('p,id\n0.5,a\n1.0,b\n');
  });

  test('leaves the file as it was when something is wrong', async () => {
    const path = file('old', 'submission.csv');
    const before = readdirSync(folder);
    await expect(writeSubmission(path, { name: ['m17'], label: [1] }, { sample: Table.from({ name: ['m17', 'm42'], label: [0, 0] }) })).rejects.toThrow(SubmissionError);
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['old', before]);
  });

  test('refuses a folder that does not exist', async () => {
    await expect(writeSubmission(join(folder, 'no', 'x.csv'), { id: [1], y: [2] })).rejects.toThrow('there is no folder');
  });
});

describe('a submission is refused for', () => {
  const ids = ['m17', 'm42', 'm99'];
  const cases: [title: string, columns: Submission, message: string][] = [
    ['a missing column', { name: ids }, 'Submission: columns must be name, label as in sample_submission.csv, got name (label missing).'],
    ['another name', { name: ids, lable: [0, 0, 0] }, 'Submission: columns must be name, label as in sample_submission.csv, got name, lable (label missing, lable not wanted).'],
    ['a column too many', { name: ids, label: [0, 0, 0], p: [1, 1, 1] }, 'Submission: columns must be name, label as in sample_submission.csv, got name, label, p (p not wanted).'],
    ['a missing id column', { label: [0, 0, 0] }, 'Submission: the id column name is missing. Columns are label.'],
    ['columns of unequal length', { name: ids, label: [0, 1] }, 'Submission: column label has 2 values, but name has 3. Give one value per row of test.csv.'],
    ['a column that is no list', { name: ids, label: 1 as any }, 'Submission: column label must be an array or a Column, got 1.'],
    ['no rows', { name: [], label: [] }, 'Submission: it must have rows, got none. Predict every row of test.csv.'],
    ['no columns', {}, 'Submission: it must have an id column and predictions, got no columns.'],
    ['rows without an id', { name: ['m17', null, ''], label: [0, 0, 0] }, 'Submission: every row must have its name, 2 rows have none: 1, 2 (counted from 0). Take the ids of test.csv.'],
    ['an id twice', { name: ['m17', 'm17', 'm42', 'm99'], label: [0, 0, 0, 0] }, 'Submission: every name must stand once, 1 id stands more often: m17. Drop the repeats.'],
    ['ids twice', { name: ['m17', 'm17', 'm42', 'm42'], label: [0, 0, 0, 0] }, 'Submission: every name must stand once, 2 ids stand more often: m17, m42. Drop the repeats.'],
    ['a missing id', { name: ['m17', 'm42'], label: [0, 0] }, 'Submission: 1 id of sample_submission.csv is missing: m99. Predict every row of test.csv.'],
    ['unknown ids', { name: [...ids, 'm1', 'm2'], label: [0, 0, 0, 0, 0] }, 'Submission: 2 ids are not in sample_submission.csv: m1, m2. Predict the rows of test.csv only.'],
    ['ids spelt otherwise', { name: ['17', '42', 'm99'], label: [0, 0, 0] }, 'Submission: 2 ids of sample_submission.csv are missing: m17, m42; 2 are not in it: 17, 42. Take the ids of test.csv as they are.'],
    ['missing values', { name: ids, label: [0, null, Number.NaN] }, 'Submission: column label must have a value in every row, 2 ids have none: m42, m99. A missing value or NaN was predicted there.'],
    ['an empty text', { name: ids, label: ['0', '', '1'] }, 'Submission: column label must have a value in every row, 1 id has none: m42. A missing value or NaN was predicted there.'],
    ['an infinite number', { name: ids, label: [0, Infinity, 1] }, 'Submission: column label must hold finite numbers, 1 id has an infinite one: m42.'],
    ['ids that a number cannot hold', { name: [1, 2 ** 53, 3], label: [0, 0, 0] }, 'Submission: ids must be exact, name in row 1 is 9007199254740992, beyond what a number holds to the last digit. Read them as text: readCsv(file, { ids: ["name"] }).'],
    ['infinite numbers of either sign', { name: ids, label: [-Infinity, 0.5, Infinity] }, 'Submission: column label must hold finite numbers, 2 ids have an infinite one: m17, m99.'],
    ['text where the sample has numbers', { name: ids, label: ['ham', 'spam', 'ham'] }, 'Submission: column label must hold numbers as in sample_submission.csv, got text ("ham" for m17). Submit the original labels.'],
    ['booleans where the sample has numbers', { name: ids, label: [true, false, true] }, 'Submission: column label must hold numbers as in sample_submission.csv, got True and False ("True" for m17). Submit the original labels.'],
  ];

  test.each(cases)('%s', async (_, columns, message) => {
    const error: Error = await written(columns, { sample: file(sample) }).then(() => new Error('written'), (e) => e);
    expect(error.message).toBe(message);
    expect(error).toBeInstanceOf(SubmissionError);
    expect(readdirSync(folder)).toEqual(['sample_submission.csv']);
  });

  test('more ids than a message holds', async () => {
    const many = Array.from({ length: 20 }, (_, i) => i);
    await expect(checkSubmission({ id: [0], y: [1] }, { testIds: many })).rejects.toThrow(
      new SubmissionError('Submission: 19 ids of the test set are missing: 1, 2, 3, 4, 5 … (14 more). Predict every row of test.csv.'),
    );
  });

  test('an id column that is not there', async () => {
    await expect(checkSubmission({ id: [0], y: [1] }, { id: 'Id' })).rejects.toThrow(new SubmissionError('Submission: the id column Id is missing. Columns are id, y.'));
  });
});

describe('checkSubmission of a file', () => {
  test('takes what writeSubmission wrote, and gives it as a Table', async () => {
    const path = join(folder, 'submission.csv');
    await writeSubmission(path, { name: ['m42', 'm17', 'm99'], label: [1, 0, 1] }, { sample: file(sample) });
    const table = await checkSubmission(path, { sample: file(sample), testIds: ['m17', 'm42', 'm99'] });
    expect(table.toObjects()).toEqual([{ name: 'm42', label: 1 }, { name: 'm17', label: 0 }, { name: 'm99', label: 1 }]);
  });

  test('wants the order of the sample, which columns in memory are put into', async () => {
    const path = file('label,name\n0,m17\n0,m42\n0,m99\n', 'mine.csv');
    await expect(checkSubmission(path, { sample: file(sample) })).rejects.toThrow(
      new SubmissionError('Submission: columns must be name, label as in sample_submission.csv, got label, name. Put them in this order.'),
    );
  });

  test('finds what another program left out', async () => {
    const path = file('name,label\nm17,\nm42,inf\nm99,0\n', 'mine.csv');
    await expect(checkSubmission(path, { sample: file(sample) })).rejects.toThrow('1 id has none: m17.');
  });
});

test('the embedded competition takes its own sample and refuses it with a row less', async () => {
  const data = fileURLToPath(new URL('../../competitions/spam-detector/data/', import.meta.url));
  const path = join(data, 'sample_submission.csv');
  const test = await readCsv(join(data, 'test.csv'), { ids: ['name'] });
  const checked = await checkSubmission(path, { sample: path, testIds: test.column('name') });
  expect(checked.rows).toBe(1425);
  await expect(checkSubmission(checked.take(Array.from({ length: 1424 }, (_, i) => i)), { sample: path })).rejects.toThrow(
    'Submission: 1 id of sample_submission.csv is missing: msg_5697. Predict every row of test.csv.',
  );
});

test('no content of the embedded competition stands twice, in a file or across train and test', async () => {
  const data = fileURLToPath(new URL('../../competitions/spam-detector/data/', import.meta.url));
  const [train, test, solution] = await Promise.all(['train', 'test', 'solution'].map((name) => readCsv(join(data, `${name}.csv`))));
  expect([train.rows, test.rows]).toEqual([4272, 1425]);
  expect(new Set([...train.strings('content'), ...test.strings('content')]).size).toBe(5697);
  expect(solution.strings('name')).toEqual(test.strings('name'));
});

test.each([
  ['accuracy', null, 'labels'],
  ['rocAuc', null, 'probabilities'],
  ['averagePrecision', null, 'probabilities'],
  ['logLoss', null, 'probabilities'],
  ['rootMeanSquaredError', null, 'labels'],
  ['rocAuc', 'labels', 'labels'],
  ['accuracy', 'probabilities', 'probabilities'],
] as const)('with metric %s and values %s the submission holds %s', (metric, values, expected) => {
  expect(submissionValues({ metric, submission: { sample: null, values } })).toBe(expected);
});
