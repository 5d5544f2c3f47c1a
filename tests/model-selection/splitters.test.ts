import fc from 'fast-check';
import { GroupKFold } from '../../src/model-selection/group-k-fold.ts';
import { GroupShuffleSplit } from '../../src/model-selection/group-shuffle-split.ts';
import { KFold } from '../../src/model-selection/k-fold.ts';
import { LeaveOneGroupOut } from '../../src/model-selection/leave-one-group-out.ts';
import { LeaveOneOut } from '../../src/model-selection/leave-one-out.ts';
import { LeavePGroupsOut } from '../../src/model-selection/leave-p-groups-out.ts';
import { LeavePOut } from '../../src/model-selection/leave-p-out.ts';
import { PredefinedSplit } from '../../src/model-selection/predefined-split.ts';
import { RepeatedKFold } from '../../src/model-selection/repeated-k-fold.ts';
import { RepeatedStratifiedKFold } from '../../src/model-selection/repeated-stratified-k-fold.ts';
import { ShuffleSplit } from '../../src/model-selection/shuffle-split.ts';
import type { Split, Splitter } from '../../src/model-selection/splitter.ts';
import { StratifiedGroupKFold } from '../../src/model-selection/stratified-group-k-fold.ts';
import { StratifiedKFold } from '../../src/model-selection/stratified-k-fold.ts';
import { StratifiedShuffleSplit } from '../../src/model-selection/stratified-shuffle-split.ts';
import { TimeSeriesSplit } from '../../src/model-selection/time-series-split.ts';
import { checkClassSizes, smallClasses } from '../../src/model-selection/class-sizes.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { Column } from '../../src/table/column.ts';
import { fixture } from '../fixture.ts';

const splitters: Record<string, new (options?: any) => Splitter<any>> = {
  KFold,
  StratifiedKFold,
  GroupKFold,
  StratifiedGroupKFold,
  RepeatedKFold,
  RepeatedStratifiedKFold,
  ShuffleSplit,
  StratifiedShuffleSplit,
  GroupShuffleSplit,
  LeaveOneOut,
  LeavePOut,
  LeaveOneGroupOut,
  LeavePGroupsOut,
  TimeSeriesSplit,
  PredefinedSplit,
};

const zeros = (rows: number): number[] => Array.from({ length: rows }, () => 0);
const plain = (splits: Split[]): number[][][] => splits.map(({ train, test }) => [[...train], [...test]]);

const cases = fixture('model-selection').cases.filter((c) => c.call.endsWith('.split'));

describe('splitters against scikit-learn', () => {
  test.each(cases.map((c) => [c.name, c] as const))('%s', (_, { options, input, expected }) => {
    const splitter = new splitters[input.splitter](options);
    const y = input.y ?? undefined;
    const groups = input.groups ?? undefined;
    expect(plain(splitter.split(zeros(input.rows), y, groups))).toEqual(expected);
    expect(splitter.getNSplits(zeros(input.rows), y, groups)).toBe(expected.length);
  });
});

describe('every splitter', () => {
  const y = Array.from({ length: 24 }, (_, i) => ['no', 'yes', 'maybe'][i % 3]);
  const groups = Array.from({ length: 24 }, (_, i) => i % 6);
  const given: Record<string, object> = { LeavePOut: { p: 1 }, LeavePGroupsOut: { nGroups: 2 }, PredefinedSplit: { testFold: groups } };
  const all = Object.entries(splitters).map(([name, Class]) => [name, new Class(given[name])] as const);

  test.each(all)('%s gives the same splits each time', (_, splitter) => {
    expect(plain(splitter.split(zeros(24), y, groups))).toEqual(plain(splitter.split(zeros(24), y, groups)));
  });

  test.each(all)('%s never tests on a row that it trains on', (_, splitter) => {
    const splits = splitter.split(zeros(24), y, groups);
    expect(splits.length).toBeGreaterThan(0);
    for (const { train, test } of splits) {
      expect(train.length * test.length).toBeGreaterThan(0);
      const union = [...train, ...test];
      expect(new Set(union).size).toBe(union.length);
    }
  });

  test.each(all)('%s takes matrices, typed arrays and columns', (_, splitter) => {
    const expected = plain(splitter.split(zeros(24), y, groups));
    expect(plain(splitter.split(new DenseMatrix(24, 2), Column.from('y', y), Int32Array.from(groups)))).toEqual(expected);
    expect(plain(splitter.split(new Float64Array(24), y, Column.from('g', groups)))).toEqual(expected);
  });

  test.each(all)('%s refuses y of another length than X', (name, splitter) => {
    expect(() => splitter.split(zeros(24), y.slice(1), groups)).toThrow(`${name}: X has 24 rows, but y has 23. Give one y per row.`);
  });

  test.each(all)("%s refuses each rule's counterexample and options it does not know", (name, splitter) => {
    const Class = splitters[name] as (new (o: object) => unknown) & { rules: Record<string, { counterexample: unknown }> };
    for (const [option, rule] of Object.entries(Class.rules)) {
      expect(() => new Class({ ...splitter.options, [option]: rule.counterexample })).toThrow(`${name}: ${option} must be `);
    }
    expect(() => new Class({ ...splitter.options, nSplit: 3 })).toThrow(`${name}: there is no option nSplit.`);
  });

  test('says what it is', () => {
    expect(String(new KFold({ nSplits: 3, shuffle: true }))).toBe('KFold(nSplits=3, shuffle=true, randomState=null)');
    expect(new StratifiedKFold().owner).toBe('StratifiedKFold');
  });

  test('warns of groups that it ignores', () => {
    expect(new KFold().warnings(undefined, [1, 2])).toEqual(['KFold: groups are ignored. Use a Group splitter to keep them together.']);
    expect(new GroupKFold().warnings(undefined, [1, 2])).toEqual([]);
  });
});

describe('properties of splits', () => {
  const rowsAndFolds = fc.integer({ min: 2, max: 60 }).chain((rows) => fc.record({ rows: fc.constant(rows), nSplits: fc.integer({ min: 2, max: rows }) }));
  const seeds = fc.option(fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  const shuffling = (seed: number | null): object => (seed === null ? {} : { shuffle: true, randomState: seed });

  test('the test folds of KFold partition the rows, their sizes at most one apart', () => {
    fc.assert(
      fc.property(rowsAndFolds, seeds, ({ rows, nSplits }, seed) => {
        const splits = new KFold({ nSplits, ...shuffling(seed) }).split(zeros(rows));
        expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(zeros(rows).map((_, i) => i));
        const sizes = splits.map(({ test }) => test.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (const { train, test } of splits) expect(train.length + test.length).toBe(rows);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test('StratifiedKFold deals each class to the folds at most one row apart', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 80 }), seeds, (y, seed) => {
        const splits = new StratifiedKFold({ nSplits: 4, ...shuffling(seed) }).split(y, y);
        expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(y.map((_, i) => i));
        for (const label of new Set(y)) {
          const counts = splits.map(({ test }) => test.filter((row) => y[row] === label).length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test('group splitters never have a group on both sides', () => {
    const grouped = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 80 }).filter((g) => new Set(g).size >= 4);
    fc.assert(
      fc.property(grouped, seeds, (groups, seed) => {
        const y = groups.map((_, i) => i % 2);
        const made = [
          new GroupKFold({ nSplits: 4, ...shuffling(seed) }),
          new StratifiedGroupKFold({ nSplits: 4, ...shuffling(seed) }),
          new GroupShuffleSplit({ randomState: seed, testSize: 0.3 }),
          new LeaveOneGroupOut(),
        ];
        for (const splitter of made) {
          for (const { train, test } of splitter.split(y, y, groups)) {
            const trained = new Set([...train].map((row) => groups[row]));
            expect([...test].filter((row) => trained.has(groups[row]))).toEqual([]);
          }
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test('StratifiedShuffleSplit keeps every class within one row of its share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 30, maxLength: 90 }), fc.integer({ min: 0, max: 999 }), (random, seed) => {
        const y = [0, 0, 1, 1, 2, 2, ...random];
        for (const { train, test } of new StratifiedShuffleSplit({ nSplits: 2, testSize: 0.3, randomState: seed }).split(y, y)) {
          for (const label of [0, 1, 2]) {
            const size = y.filter((v) => v === label).length;
            const share = (rows: Int32Array): number => rows.filter((row) => y[row] === label).length - (size / y.length) * rows.length;
            expect(Math.abs(share(train))).toBeLessThanOrEqual(1);
            expect(Math.abs(share(test))).toBeLessThan(2);
          }
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test('TimeSeriesSplit never trains on what comes later, and keeps the gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 60 }), fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 2 }), (rows, nSplits, gap) => {
        for (const { train, test } of new TimeSeriesSplit({ nSplits, gap }).split(zeros(rows))) {
          expect(test[0] - train[train.length - 1]).toBe(gap + 1);
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test('LeaveOneOut is LeavePOut of one', () => {
    expect(plain(new LeaveOneOut().split(zeros(7)))).toEqual(plain(new LeavePOut({ p: 1 }).split(zeros(7))));
  });
});

describe('splitters refuse what they cannot cut', () => {
  const y = [0, 0, 0, 1, 1, 1];
  test.each([
    ['too many folds', () => new KFold({ nSplits: 7 }).split(y), 'KFold: nSplits must be at most the number of rows, got 7 splits of 6 rows.'],
    ['one fold', () => new KFold({ nSplits: 1 }), 'KFold: nSplits must be a whole number in [2, ∞), got 1.'],
    ['a seed without shuffling', () => new KFold({ randomState: 1 }), 'KFold: randomState has no effect without shuffle, got 1. Set shuffle: true or leave it out.'],
    ['no y', () => new StratifiedKFold().split(y), 'StratifiedKFold: y must be given, got undefined. Pass one label per row.'],
    ['a missing label', () => new StratifiedKFold().split(y, [0, 0, null, 1, 1, 1] as any), 'StratifiedKFold: every row must have a label, row 2 has null.'],
    ['all classes smaller than k', () => new StratifiedKFold({ nSplits: 4 }).split(y, y), 'StratifiedKFold: nSplits must be at most the rows of the largest class, got 4 splits and at most 3 rows.'],
    ['fractions', () => new StratifiedKFold({ nSplits: 2 }).split(y, y.map((v) => v / 2)), 'StratifiedKFold: y must hold classes to stratify by, got the number 0.5. Use KFold, or bin y first.'],
    ['no groups', () => new GroupKFold().split(y, y), 'GroupKFold: groups must be given, got undefined. Pass one group per row.'],
    ['too few groups', () => new GroupKFold({ nSplits: 3 }).split(y, y, y), 'GroupKFold: nSplits must be at most the number of groups, got 3 splits of 2 groups.'],
    ['too few groups', () => new StratifiedGroupKFold({ nSplits: 3 }).split(y, y, y), 'StratifiedGroupKFold: nSplits must be at most the number of groups, got 3 splits of 2 groups.'],
    ['one group', () => new LeaveOneGroupOut().split(y, y, y.map(() => 1)), 'LeaveOneGroupOut: there must be at least 2 groups, got 1.'],
    ['a test side of all rows', () => new ShuffleSplit({ testSize: 6 }).split(y), 'ShuffleSplit: testSize must be fewer rows than there are (6), got 6.'],
    ['shares above one', () => new ShuffleSplit({ testSize: 0.6, trainSize: 0.6 }).split(y), 'ShuffleSplit: testSize and trainSize must be at most 1 together, got 0.6 and 0.6.'],
    ['rows above all', () => new ShuffleSplit({ testSize: 4, trainSize: 3 }).split(y), 'ShuffleSplit: trainSize and testSize must be at most 6 rows together, got 3 and 4.'],
    ['nothing to train on', () => new ShuffleSplit({ testSize: 0.99 }).split(y), 'ShuffleSplit: the training set must not be empty, 6 rows give 6 to test. Change testSize or trainSize.'],
    ['a class of one', () => new StratifiedShuffleSplit().split(y, ['a', 'a', 'b', 'b', 'b', 'c']), 'StratifiedShuffleSplit: every class must have at least 2 rows to stratify by, these have 1: "c".'],
    ['a test side smaller than the classes', () => new StratifiedShuffleSplit({ testSize: 1 }).split(y, y), 'StratifiedShuffleSplit: testSize must be at least the number of classes (2) to stratify, got 1 rows.'],
    ['one row', () => new LeaveOneOut().split([1]), 'LeaveOneOut: X must have at least 2 rows, got 1.'],
    ['no number of groups', () => new LeavePGroupsOut(), 'LeavePGroupsOut: nGroups must be given. It is a whole number of at least 1.'],
    ['all groups', () => new LeavePGroupsOut({ nGroups: 2 }).split(y, y, y.map((_: unknown, i: number) => i % 2)), 'LeavePGroupsOut: nGroups must be less than the number of groups (2), got 2.'],
    ['no p', () => new LeavePOut(), 'LeavePOut: p must be given. It is a whole number of at least 1.'],
    ['p of all rows', () => new LeavePOut({ p: 6 }).split(y), 'LeavePOut: p must be less than the number of rows (6), got 6.'],
    ['too few rows in time', () => new TimeSeriesSplit({ nSplits: 6 }).split(y), 'TimeSeriesSplit: nSplits must be less than the number of rows, got 6 splits of 6 rows.'],
    ['a gap too wide', () => new TimeSeriesSplit({ nSplits: 2, gap: 2 }).split(y), 'TimeSeriesSplit: the first training set must not be empty, 6 rows are too few for 2 splits of 2 test rows and a gap of 2.'],
    ['no fold', () => new PredefinedSplit({ testFold: [-1, -1] }), 'PredefinedSplit: testFold must put at least one row into a fold, got none. Give each row a fold from 0 on.'],
    ['folds of other rows', () => new PredefinedSplit({ testFold: [0, 1] }).split(y), 'PredefinedSplit: testFold must have one fold per row (6), got 2.'],
    ['no rows at all', () => new KFold().split(3), 'rows: X must be an array, a Matrix, a Table or a Column, got 3.'],
  ] as const)('%s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('a class with fewer rows than folds', () => {
  const y = ['a', 'a', 'a', 'a', 'a', 'b', 'b', 'c'];
  const sentence =
    'StratifiedKFold: every class should have at least 3 rows, one per fold, these have fewer: "b" (2), "c" (1). Use fewer folds or drop them.';

  test('is split as far as it goes, with a warning that names it', () => {
    const splitter = new StratifiedKFold({ nSplits: 3 });
    expect(splitter.split(y, y)).toHaveLength(3);
    expect(splitter.warnings(y)).toEqual([sentence]);
    expect(new StratifiedKFold({ nSplits: 2 }).warnings(y.slice(0, 7))).toEqual([]);
  });

  test('is an error for those who ask', () => {
    expect(smallClasses('mine', y, 3)).toEqual([{ label: 'b', rows: 2 }, { label: 'c', rows: 1 }]);
    expect(() => checkClassSizes('StratifiedKFold', y, 3)).toThrow(sentence);
    expect(() => checkClassSizes('StratifiedKFold', y, 1)).not.toThrow();
  });
});
