import { Binarizer } from '../../src/preprocessing/binarizer.ts';
import { LabelBinarizer } from '../../src/preprocessing/label-binarizer.ts';
import { LabelEncoder } from '../../src/preprocessing/label-encoder.ts';
import { MaxAbsScaler } from '../../src/preprocessing/max-abs-scaler.ts';
import { MinMaxScaler } from '../../src/preprocessing/min-max-scaler.ts';
import { Normalizer } from '../../src/preprocessing/normalizer.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const estimators: Record<string, new (options: object) => any> = {
  Binarizer,
  LabelBinarizer,
  LabelEncoder,
  MaxAbsScaler,
  MinMaxScaler,
  Normalizer,
  StandardScaler,
};

function matrix(rows: (number | 'NaN')[][], sparse: boolean): DenseMatrix | CsrMatrix {
  const dense = DenseMatrix.from(rows.map((row) => row.map(Number)));
  return sparse ? CsrMatrix.fromDense(dense) : dense;
}

const cases = fixture('preprocessing').cases;

test.each(cases.filter((c) => c.input.X).map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected, tolerance }) => {
    const close = { relative: tolerance, absolute: tolerance };
    const X = matrix(input.X, input.sparse);
    const scaler = await new estimators[input.estimator](options).fit(X, undefined, { sampleWeight: input.sampleWeight ?? undefined });
    if (input.more) await scaler.partialFit(matrix(input.more, input.sparse));
    for (const [name, value] of Object.entries(expected.fitted)) {
      if (value === null) expect([name, scaler.fitted[name]]).toEqual([name, null]);
      else expect(scaler.fitted[name]).toBeAllClose(value, close);
    }
    const transformed = await scaler.transform(input.new ? matrix(input.new, input.sparse) : X);
    expect(transformed).toBeAllClose(expected.transformed, close);
    if (input.sparse) {
      expect(Array.from(transformed.indptr)).toEqual(expected.indptr);
      expect(Array.from(transformed.indices)).toEqual(expected.indices);
    }
    if (expected.inverse) expect(await scaler.inverseTransform(transformed)).toBeAllClose(expected.inverse, close);
  },
);

test.each(cases.filter((c) => c.input.y).map((c) => [`${c.input.estimator} ${c.name}`, c] as const))(
  '%s',
  async (_title, { options, input, expected }) => {
    const encoder = await new estimators[input.estimator](options).fit(input.y);
    expect(encoder.fitted.classes).toEqual(expected.classes);
    const transformed = await encoder.transform(input.new);
    expect(transformed).toBeAllClose(expected.transformed, { relative: 0, absolute: 0 });
    if (input.estimator === 'LabelBinarizer') {
      expect(transformed.kind).toBe(options.sparseOutput ? 'csr' : 'dense');
      expect([transformed.rows, transformed.cols]).toEqual([expected.transformed.length, expected.transformed[0].length]);
    }
    expect(await encoder.inverseTransform(input.back)).toEqual(expected.inverse);
  },
);
