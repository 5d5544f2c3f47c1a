import fc from 'fast-check';
import { DataError, NotFittedError, OptionError, ShapeError } from '../../src/core/errors.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { LabelBinarizer } from '../../src/preprocessing/label-binarizer.ts';
import { LabelEncoder } from '../../src/preprocessing/label-encoder.ts';

const runs = { seed: 20, numRuns: 60 };
const labels = fc.oneof(
  fc.array(fc.constantFrom('a', 'b', '10', '9', 'ä'), { minLength: 1, maxLength: 12 }),
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 }),
  fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
);

describe('LabelEncoder', () => {
  test('is undone by inverseTransform, and numbers classes in ascending order', async () => {
    await fc.assert(
      fc.asyncProperty(labels, async (y) => {
        const encoder = new LabelEncoder();
        const codes = await encoder.fitTransform(y);
        expect(await encoder.inverseTransform(codes)).toEqual(y);
        const { classes } = encoder.fitted;
        expect(new Set(codes).size).toBe(classes.length);
        for (let c = 1; c < classes.length; c++) expect(classes[c - 1] < classes[c]).toBe(true);
      }),
      runs,
    );
  });

  test('refuses labels that it has not seen, and names them', async () => {
    const encoder = await new LabelEncoder().fit(['ham', 'spam']);
    await expect(encoder.transform(['ham', 'eggs'])).rejects.toThrow(new DataError('LabelEncoder: labels must be among ham, spam, got "eggs".'));
  });

  test('refuses codes that stand for no class', async () => {
    const encoder = await new LabelEncoder().fit(['ham', 'spam']);
    for (const code of [2, -1, 0.5, Number.NaN]) {
      await expect(encoder.inverseTransform([0, code])).rejects.toThrow(`codes must be whole numbers in 0 … 1, row 1 has ${code}`);
    }
  });

  test('refuses missing labels, mixed types and what is no list', async () => {
    await expect(new LabelEncoder().fit([1, Number.NaN])).rejects.toThrow('row 1 has NaN');
    await expect(new LabelEncoder().fit(['a', 1])).rejects.toThrow('labels must be of one type');
    await expect(new LabelEncoder().fit('spam' as never)).rejects.toThrow(ShapeError);
    await expect(new LabelEncoder().transform(['a'])).rejects.toThrow(NotFittedError);
  });

  test('turns nothing into nothing', async () => {
    const encoder = await new LabelEncoder().fit(['a']);
    expect((await encoder.transform([])).length).toBe(0);
    expect(await encoder.inverseTransform([])).toEqual([]);
  });
});

describe('LabelBinarizer', () => {
  test('is undone by inverseTransform, sparse as dense', async () => {
    await fc.assert(
      fc.asyncProperty(labels, async (y) => {
        const dense = new LabelBinarizer();
        const sparse = new LabelBinarizer({ sparseOutput: true });
        const marks = await dense.fitTransform(y);
        const sparseMarks = await sparse.fitTransform(y);
        expect(sparseMarks.kind).toBe('csr');
        expect(sparseMarks.toArray()).toEqual(marks.toArray());
        expect(await dense.inverseTransform(marks)).toEqual(y);
        expect(await sparse.inverseTransform(sparseMarks)).toEqual(y);
        expect(dense.featureNamesOut().length).toBe(marks.cols);
      }),
      runs,
    );
  });

  test('reads scores by a threshold of 0 and probabilities by their second column', async () => {
    const binarizer = await new LabelBinarizer().fit(['no', 'yes']);
    expect(await binarizer.inverseTransform(Float64Array.of(0.2, -3), { threshold: 0 })).toEqual(['yes', 'no']);
    expect(await binarizer.inverseTransform(DenseMatrix.from([[0.3, 0.7], [0.9, 0.1]]))).toEqual(['yes', 'no']);
    expect(await binarizer.inverseTransform([])).toEqual([]);
  });

  test('refuses unseen labels, wrong widths and contradicting options', async () => {
    const binarizer = await new LabelBinarizer().fit([1, 2, 3]);
    await expect(binarizer.transform([4])).rejects.toThrow(new DataError('LabelBinarizer: labels must be among 1, 2, 3, got 4.'));
    await expect(binarizer.inverseTransform([[1, 0]])).rejects.toThrow('Y must have 3 columns, one per class, got 2');
    await expect(new LabelBinarizer().fit([])).rejects.toThrow('at least 1 label');
    await expect(new LabelBinarizer({ negLabel: 1 }).fit([1])).rejects.toThrow(OptionError);
    await expect(new LabelBinarizer({ negLabel: -1, sparseOutput: true }).fit([1])).rejects.toThrow('Use sparseOutput: false.');
  });
});
