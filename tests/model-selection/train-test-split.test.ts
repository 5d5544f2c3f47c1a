import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { trainTestSplit } from '../../src/model-selection/train-test-split.ts';
import { Column } from '../../src/table/column.ts';
import { fixture } from '../fixture.ts';

const cases = fixture('model-selection').cases.filter((c) => c.call === 'train_test_split');

/** Compiles only if the two types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(equal: Same<A, B>): void => expect(equal).toBe(true);

describe('trainTestSplit against scikit-learn', () => {
  test.each(cases.map((c) => [c.name, c] as const))('%s', (_, { options, input, expected }) => {
    const [rows] = input.arrays;
    expect(trainTestSplit(rows, { ...options, stratify: input.stratify })).toEqual(expected);
  });
});

describe('trainTestSplit', () => {
  const y = ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'];
  const X = DenseMatrix.from(y.map((_, i) => [i, i * i]));

  test('gives one pair per array, each of the type of its array', () => {
    const parts = trainTestSplit(X, y, Float64Array.from(y, (_, i) => i), Column.from('y', y), { testSize: 0.3, randomState: 43 });
    const [Xtrain, Xtest, ytrain, ytest, wtrain, wtest, ctrain, ctest] = parts;
    same<typeof Xtrain, DenseMatrix>(true);
    same<typeof ytest, string[]>(true);
    same<typeof wtrain, Float64Array<ArrayBuffer>>(true);
    same<typeof ctest, Column<string>>(true);
    same<(typeof parts)['length'], 8>(true);
    expect(Xtest.toArray()).toEqual([[3, 9], [9, 81], [6, 36]]);
    expect(Xtrain.rows).toBe(7);
    expect(ytest).toEqual(['b', 'b', 'a']);
    expect(ytrain).toHaveLength(7);
    expect(wtest).toEqual(Float64Array.of(3, 9, 6));
    expect(wtrain).toBeInstanceOf(Float64Array);
    expect(ctest.toArray()).toEqual(ytest);
    expect(ctrain).toBeInstanceOf(Column);
  });

  test('needs no options', () => {
    const [Xtrain, Xtest] = trainTestSplit(X, y);
    same<typeof Xtest, DenseMatrix>(true);
    expect([Xtrain.rows, Xtest.rows]).toEqual([7, 3]);
    expect(trainTestSplit(y)).toEqual(trainTestSplit(y, { randomState: 0 }));
  });

  test('keeps the type of a list of lists, and of readonly lists', () => {
    const readonlyY: readonly number[] = [1, 2, 3, 4];
    const [rows, , labels] = trainTestSplit([[1, 2], [3, 4], [5, 6], [7, 8]], readonlyY, { testSize: 1 });
    same<typeof rows, number[][]>(true);
    same<typeof labels, number[]>(true);
    expect(rows).toHaveLength(3);
    expect(labels).toHaveLength(3);
  });

  test('takes any number of arrays from a list', () => {
    const arrays = [y, y];
    const parts = trainTestSplit(...arrays, { testSize: 2 });
    same<typeof parts, string[][]>(true);
    expect(parts).toHaveLength(4);
  });

  test('a misspelt option does not compile, and is refused', () => {
    // @ts-expect-error there is no option testsize
    expect(() => trainTestSplit(X, y, { testsize: 0.25 })).toThrow(
      'trainTestSplit: there is no option testsize. Did you mean testSize? Options are testSize, trainSize, randomState, shuffle, stratify.',
    );
  });

  test.each([
    ['arrays of other lengths', () => trainTestSplit(X, y.slice(1)), 'trainTestSplit: array 1 has 10 rows, but array 2 has 9.'],
    ['labels of another length', () => trainTestSplit(X, { stratify: y.slice(1) }), 'trainTestSplit: array 1 has 10 rows, but stratify has 9.'],
    ['no array', () => trainTestSplit({ testSize: 1 }), 'trainTestSplit: at least one array must be given, got none.'],
    ['a share of 1.5', () => trainTestSplit(y, { testSize: 1.5 }), 'trainTestSplit: testSize must be a share in (0, 1), a whole number of rows of at least 1, or null, got 1.5.'],
    ['all rows to test', () => trainTestSplit(y, { testSize: 10 }), 'trainTestSplit: testSize must be fewer rows than there are (10), got 10.'],
    ['stratify without shuffle', () => trainTestSplit(y, { shuffle: false, stratify: y }), 'trainTestSplit: stratify must be left out with shuffle: false, got both. Shuffle to stratify.'],
    ['a class of one row', () => trainTestSplit(y, { stratify: ['c', ...y.slice(1)] }), 'trainTestSplit: every class must have at least 2 rows to stratify by, these have 1: "c".'],
    ['a single row', () => trainTestSplit([1]), 'trainTestSplit: the training set must not be empty, 1 rows give 1 to test.'],
  ] as const)('refuses %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});
