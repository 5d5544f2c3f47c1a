import { firstPipelines, quote } from '../../src/competition/first-pipelines.ts';
import { inferCompetition } from '../../src/competition/infer-competition.ts';
import { Table } from '../../src/table/table.ts';

const rows = 60;
const column = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
const train = Table.from({
  id: column((i) => i + 1),
  age: column((i) => 20 + ((i * 7) % 40)),
  city: column((i) => ['Rome', 'Oslo', 'Lima'][i % 3]),
  remark: column((i) => `a long remark number ${i} that says what ${i % 5} people think of it`),
  title: column((i) => `Mr Person Number ${i}`),
  code: column((i) => `x${i}y`),
  same: column(() => 'always'),
  grade: column((i) => i % 2),
});
const testRows = Table.from(Object.fromEntries(train.names.filter((name) => name !== 'grade').map((name) => [name, train.column(name).toArray() as string[]])));
const infer = (changes: Partial<Parameters<typeof inferCompetition>[0]> = {}) => inferCompetition({ train, test: testRows, sample: undefined, given: {}, ...changes });
const withTarget = (target: (number | string)[], name = 'grade'): Table => Table.from({ ...Object.fromEntries(testRows.names.map((one) => [one, testRows.column(one).toArray() as string[]])), [name]: target });

describe('inferCompetition', () => {
  test('finds id, target, task and what columns hold, and says why', () => {
    const { id, target, task, metric, columns, conclusions } = infer();
    expect({ id, target, task, metric }).toEqual({ id: 'id', target: 'grade', task: 'classification', metric: 'accuracy' });
    expect(columns).toEqual({ numbers: ['age'], words: ['city'], phrases: ['title'], texts: ['remark'], dates: [] });
    expect(conclusions).toContainEqual({ about: 'left out', value: 'same', why: 'the same value in every row' });
    expect(conclusions).toContainEqual({ about: 'left out', value: 'code', why: 'another word in every row, which says nothing of other rows' });
    expect(conclusions.find(({ about }) => about === 'target')?.why).toBe('in the train file, and not in the test file');
    expect(conclusions.every(({ why }) => why !== '')).toBe(true);
  });

  test('points at a column of numbers that a word turns into words', () => {
    const ages = Table.from({ ...Object.fromEntries(train.names.map((n) => [n, train.column(n).toArray() as string[]])), age: column((i) => (i === 7 ? 'unknown' : String(20 + (i % 9)))) });
    expect(infer({ train: ages }).conclusions).toContainEqual({ about: 'look at', value: 'age', why: '59 of 60 values are numbers, but not "unknown", so that all are taken for words; empty what stands for a gap' });
    expect(infer().conclusions.map(({ about }) => about)).not.toContain('look at');
  });

  test('takes id and target from the sample, and probabilities where it holds what no label is', () => {
    const sample = Table.from({ code: testRows.column('code').toArray() as string[], grade: column(() => 0.5) });
    expect(infer({ sample })).toMatchObject({ id: 'code', target: 'grade', values: 'probabilities', metric: 'rocAuc' });
    const labels = Table.from({ code: testRows.column('code').toArray() as string[], grade: column(() => 0) });
    expect(infer({ sample: labels })).toMatchObject({ values: 'labels', metric: 'accuracy' });
  });

  test.each<[string, (number | string)[], object]>([
    ['many different numbers as a regression', column((i) => i * 1.5), { task: 'regression', metric: 'rootMeanSquaredError', logTarget: false }],
    ['positive numbers with a long tail on a logarithmic scale', column((i) => Math.exp(i / 8)), { task: 'regression', metric: 'rootMeanSquaredLogError', logTarget: true }],
    ['few whole numbers as classes', column((i) => i % 4), { task: 'classification', metric: 'accuracy' }],
    ['words as classes', column((i) => (i % 3 === 0 ? 'spam' : 'ham')), { task: 'classification', metric: 'accuracy' }],
    ['a rare class by f1', column((i) => (i % 15 === 0 ? 1 : 0)), { task: 'classification', metric: 'f1', nSplits: 4 }],
  ])('reads %s', (_, target, expected) => {
    expect(infer({ train: withTarget(target) })).toMatchObject(expected);
  });

  describe('folds of whole groups', () => {
    const grouped = (from: number, more: object): Table => Table.from({ id: column((i) => i), patient: column((i) => from + (i % 20)), age: column((i) => (i * 7) % 40), ...more });
    const labels = { ill: column((i) => Number(i % 3 === 0)) };

    test('where a column names groups of which none is in both files', () => {
      const { groups, columns, conclusions } = infer({ train: grouped(0, labels), test: grouped(20, {}) });
      expect([groups, columns.numbers]).toEqual(['patient', ['age']]);
      expect(conclusions).toContainEqual({ about: 'folds', value: '5, each patient in one of them', why: 'no patient is in both files, so that models are judged on new ones; it is no feature' });
    });

    test('nowhere where one is in both, or where every row has its own', () => {
      expect(infer({ train: grouped(0, labels), test: grouped(19, {}) }).groups).toBeNull();
      const own = (from: number, more: object): Table => Table.from({ id: column((i) => i), ticket: column((i) => from + i), age: column((i) => i % 7), ...more });
      expect(infer({ train: own(0, labels), test: own(60, {}) }).groups).toBeNull();
    });
  });

  test('words of many values are told to trees by their targets, and boosting stops by itself where there are rows enough', () => {
    const many = Table.from({ id: column((i) => i), shop: column((i) => `s${i % 35}`), age: column((i) => i % 9), grade: column((i) => i % 2) });
    const inferred = infer({ train: many, test: many.drop(['grade']), given: { metric: 'rocAuc' } });
    expect(inferred.manyValued).toEqual(['shop']);
    const { files } = firstPipelines(inferred, 2000);
    expect(files['features.ts']).toMatch(/\['targets', new Pipeline\(.*new TargetEncoder\(\{ randomState: 43 \}\).*, \['shop'\]\]/);
    expect(files['pipelines/boosting.ts']).toContain('earlyStopping: true');
    expect(firstPipelines(inferred, 999).files['pipelines/boosting.ts']).not.toContain('earlyStopping');
  });

  describe('folds in the order of time', () => {
    const day = (i: number): Date => new Date(Date.UTC(2024, 0, 1 + i));
    const dated = (from: number, more: object): Table => Table.from({ id: column((i) => i), day: column((i) => day(from + i)), age: column((i) => (i * 7) % 40), ...more });
    const labels = column((i) => i % 2);
    const inferDated = (train: Table, test: Table) => infer({ train, test });

    test('where every test row is later than all training rows', () => {
      const { timeOrder, conclusions } = inferDated(dated(0, { grade: labels }), dated(rows, {}));
      expect(timeOrder).toBe('day');
      expect(conclusions).toContainEqual({ about: 'folds', value: '5 in the order of day', why: 'every test row is later than all training rows' });
    });

    test.each<[string, Table, Table]>([
      ['a test row is of the last training day', dated(0, { grade: labels }), dated(rows - 1, {})],
      ['a training row has no date', dated(0, { grade: labels, day: column((i) => (i === 3 ? null : day(i))) }), dated(rows, {})],
      ['a test row has no date', dated(0, { grade: labels }), dated(rows, { day: column((i) => (i === 3 ? null : day(rows + i))) })],
      ['the first fold would learn one class', dated(0, { grade: column((i) => (i < 10 ? 0 : i % 2)) }), dated(rows, {})],
    ])('but not where %s', (_, train, test) => {
      expect(inferDated(train, test).timeOrder).toBeNull();
    });
  });

  test('lets a metric decide between class and number', () => {
    expect(infer({ given: { metric: 'rootMeanSquaredError' } })).toMatchObject({ task: 'regression', metric: 'rootMeanSquaredError' });
    expect(infer({ given: { metric: 'logLoss' } })).toMatchObject({ task: 'classification', values: 'probabilities' });
  });

  test.each<[string, () => unknown, string]>([
    ['two columns that may be the target', () => infer({ train: Table.from({ ...Object.fromEntries(train.names.map((n) => [n, train.column(n).toArray() as string[]])), other: column(() => 1) }) }), 'refit new: the target must be told, grade, other are in the train file only. Name it with --target.'],
    ['no column that may be the target', () => infer({ test: train }), 'refit new: the target must be told, the test file has every column of the train file. Name it with --target.'],
    ['rows without a target', () => infer({ train: withTarget(column((i) => (i < 2 ? Number.NaN : i % 2))) }), 'refit new: column grade must have a value in every row, 2 of 60 are missing: rows 1, 2. Fill them in or drop these rows.'],
    ['a target that is not there', () => infer({ given: { target: 'garde' } }), 'refit new: the train file must have the target column "garde", its columns are id, age, city, remark, title, code, same, grade.'],
    ['no column that names rows', () => infer({ train: train.select(['age', 'city', 'grade']), test: testRows.select(['age', 'city']) }), 'refit new: one column must name the rows: another value in every row, in train and test. None of age, city is. Add one that counts the rows.'],
    ['a sample of two targets', () => infer({ sample: Table.from({ id: [1], grade: [0], other: [0] }) }), 'refit new: a submission must have one column besides id, or one for each class, the sample has grade, other.'],
    ['a target out of several in the sample', () => infer({ sample: Table.from({ id: [1], grade: [0], other: [0] }), given: { target: 'grade' } }), 'with --target and without --sample'],
    ['a class of one row', () => infer({ train: withTarget(column((i) => (i === 0 ? 'rare' : i % 2 ? 'a' : 'b'))) }), 'refit new: every class of grade must have two rows at least, "rare" has one. Merge rare classes first.'],
    ['words with a metric for numbers', () => infer({ train: withTarget(column((i) => `c${i % 2}`)), given: { metric: 'r2' } }), 'refit new: the metric is for numbers, but grade holds "c0". Choose a metric for classes.'],
  ])('asks for help with %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('firstPipelines', () => {
  test('writes text pipelines for one text, and shared features for a table', () => {
    const text = inferCompetition({ train: train.select(['id', 'remark', 'grade']), test: testRows.select(['id', 'remark']), sample: undefined, given: {} });
    expect(firstPipelines(text, rows).pipelines).toEqual(['tfidf-logistic', 'count-bayes', 'most-frequent']);
    const table = firstPipelines(infer(), rows);
    expect(table.pipelines).toEqual(['logistic', 'linear-svc', 'most-frequent']);
    expect(table.files['features.ts']).toContain("['words of title', new CountVectorizer(");
    expect(firstPipelines(infer({ given: { metric: 'logLoss' } }), rows).pipelines).toEqual(['logistic', 'most-frequent']);
  });

  test('quotes any name of a column', () => {
    for (const name of ["it's", 'back\\slash', 'line\nbreak', '${x}', '"']) expect(new Function(`return ${quote(name)}`)()).toBe(name);
  });
});
