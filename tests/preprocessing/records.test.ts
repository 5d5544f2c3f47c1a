import fc from 'fast-check';
import { DataError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { CsrBuilder } from '../../src/matrix/csr-builder.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { DictVectorizer } from '../../src/preprocessing/dict-vectorizer.ts';
import { FeatureHasher } from '../../src/preprocessing/feature-hasher.ts';
import { MultiLabelBinarizer } from '../../src/preprocessing/multi-label-binarizer.ts';
import { Table } from '../../src/table/table.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = { DictVectorizer, FeatureHasher, MultiLabelBinarizer };
const runs = { seed: 3, numRuns: 60 };

const entries = (X: Matrix): unknown => {
  const { indptr, indices, data } = X as CsrMatrix;
  return { cols: X.cols, entries: Array.from({ length: X.rows }, (_, i) => Array.from(indices.subarray(indptr[i], indptr[i + 1]), (j, k) => [i, j, data[indptr[i] + k]])).flat() };
};

test.each(fixture('records').cases.map((c) => [`${c.input.estimator} ${c.name}`, c] as const))('%s as scikit-learn does', async (_, { input, options, expected }) => {
  const model = await new estimators[input.estimator](options).fit(input.X);
  const made: Matrix = await model.transform(input.new);
  expect(Array.isArray(expected.transformed) ? made.toDense().toArray() : entries(made)).toEqual(expected.transformed);
  if (expected.names) expect(model.fitted.featureNames).toEqual(expected.names);
  if (expected.classes) expect(model.fitted.classes).toEqual(expected.classes);
  if (expected.inverse) expect(await model.inverseTransform(made)).toEqual(expected.inverse);
  if (input.estimator !== 'FeatureHasher') expect(made.kind).toBe(options.sparse === false || (input.estimator === 'MultiLabelBinarizer' && !options.sparseOutput) ? 'dense' : 'csr');
});

test('fitTransform of records in one pass gives what fit and transform give', async () => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'z', 'Ａ'), fc.oneof(fc.integer(), fc.constantFrom('x', 'y'), fc.array(fc.constantFrom('p', 'q'), { maxLength: 3 })));
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 8 }), fc.boolean(), async (X, sort) => {
      const once = new DictVectorizer({ sort });
      const made = await once.fitTransform(X);
      const twice = await new DictVectorizer({ sort }).fit(X);
      expect(once.fitted.featureNames).toEqual(twice.fitted.featureNames);
      expect(made).toEqual(await twice.transform(X));
    }),
    runs,
  );
});

test('labels of rows are undone by inverseTransform, in ascending order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 9 }))), async (y) => {
      const binarizer = new MultiLabelBinarizer();
      const made = await binarizer.fitTransform(y);
      if (made.cols > 0) expect(await binarizer.inverseTransform(made)).toEqual(y.map((row) => [...row].sort((a, b) => a - b)));
    }),
    runs,
  );
});

test('a Table, a Matrix, maps and objects with the same values make the same columns', async () => {
  const objects = [{ x0: 1, x1: 2.5 }, { x0: 0, x1: -1 }];
  const expected = await new DictVectorizer().fitTransform(objects);
  for (const X of [Table.from(objects), DenseMatrix.from([[1, 2.5], [0, -1]]), objects.map((row) => new Map(Object.entries(row)))]) {
    expect(await new DictVectorizer().fitTransform(X)).toEqual(expected);
    expect(await new FeatureHasher({ nFeatures: 8 }).transform(X)).toEqual(await new FeatureHasher({ nFeatures: 8 }).transform(objects));
  }
});

test('null is NaN, undefined is left out, and restrict keeps some columns', async () => {
  const vectorizer = new DictVectorizer({ sparse: false });
  const made = await vectorizer.fitTransform([{ a: null, b: undefined, c: 1 }, { a: 2, c: 3 }]);
  expect(made.toDense().toArray()).toEqual([[Number.NaN, 1], [2, 3]]);
  for (const support of [[false, true], [1]]) {
    const kept = vectorizer.restrict(support as boolean[]);
    expect(kept.featureNamesOut()).toEqual(['c']);
    expect((await kept.transform([{ c: 5, a: 1 }])).toDense().toArray()).toEqual([[5]]);
  }
  expect(() => vectorizer.restrict([2])).toThrow('DictVectorizer: support must hold numbers of columns below 2, got 2.');
});

test('what is no record, no label list or no value is refused by row', async () => {
  await expect(new DictVectorizer().fit([])).rejects.toThrow(new DataError('DictVectorizer: X must have at least 1 row, got none.'));
  await expect(new DictVectorizer().fit([[1] as any])).rejects.toThrow('DictVectorizer: every row must be an object or a map, row 0 has');
  await expect(new DictVectorizer().fit([{}, { a: { b: 1 } }])).rejects.toThrow('DictVectorizer: a value must be a number, a text or a list of texts, "a" of row 1 has');
  await expect(new DictVectorizer().fit([{ a: ['x', 1] }])).rejects.toThrow('DictVectorizer: a list must hold texts, "a" of row 0 has 1.');
  await expect(new FeatureHasher().transform([{ a: null }])).rejects.toThrow('FeatureHasher: a value must be a number or a text, "a" of row 0 has null. Fill or drop it.');
  await expect(new FeatureHasher({ inputType: 'string' }).transform(['abc'])).rejects.toThrow('FeatureHasher: every row must be a list of names, row 0 has "abc".');
  await expect(new FeatureHasher({ inputType: 'pair' }).transform([['abc']])).rejects.toThrow('FeatureHasher: a row must hold [name, value], row 0 has "abc".');
  await expect(new FeatureHasher().transform([])).rejects.toThrow(DataError);
  await expect(new MultiLabelBinarizer().fit(['abc'])).rejects.toThrow('MultiLabelBinarizer: every row must be a list or a set of labels, row 0 has "abc". Split texts first.');
  await expect(new MultiLabelBinarizer().fit([['a'], [1]])).rejects.toThrow('MultiLabelBinarizer: labels must be of one type');
  await expect(new MultiLabelBinarizer({ classes: ['a', 'b', 'a'] }).fit([])).rejects.toThrow(new OptionError('MultiLabelBinarizer: classes must not repeat a label, got "a" twice.'));
  const binarizer = await new MultiLabelBinarizer().fit([['a', 'b']]);
  await expect(binarizer.inverseTransform([[1]])).rejects.toThrow(new ShapeError('MultiLabelBinarizer: Y must have 2 columns, one per label, got 1.'));
  await expect(binarizer.inverseTransform([[1, 0.5]])).rejects.toThrow('MultiLabelBinarizer: Y must hold 0 and 1 only, got 0.5.');
});

test('a builder of sparse rows sorts columns and adds up what meets in one, beyond its first room too', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 5 })))), (rows) => {
      const builder = new CsrBuilder();
      const dense = new DenseMatrix(rows.length, 7);
      rows.forEach((row, i) => {
        for (const [col, value] of row) {
          builder.add(col, value);
          dense.data[i * 7 + col] += value;
        }
        builder.endRow();
      });
      expect(builder.build(7)).toEqual(CsrMatrix.fromDense(dense));
    }),
    runs,
  );
  const long = new CsrBuilder();
  for (let k = 5000; k > 0; k--) long.add(k % 2500, 1);
  long.endRow();
  expect(long.build(2500).data).toEqual(new Float64Array(2500).fill(2));
});
