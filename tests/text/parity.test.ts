import { CountVectorizer } from '../../src/text/count-vectorizer.ts';
import { HashingVectorizer } from '../../src/text/hashing-vectorizer.ts';
import { TfidfTransformer } from '../../src/text/tfidf-transformer.ts';
import { TfidfVectorizer } from '../../src/text/tfidf-vectorizer.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { fixture } from '../fixture.ts';
import { vectorizerOptions } from './vectorizer-options.ts';

const { cases } = fixture('text');
const estimators = { count: CountVectorizer, tfidf: TfidfVectorizer, hashing: HashingVectorizer };

interface Sparse {
  rows: number;
  cols: number;
  indptr: number[];
  indices: number[];
  data: number[];
}

function toCsr({ rows, cols, indptr, indices, data }: Sparse): CsrMatrix {
  return new CsrMatrix(rows, cols, Int32Array.from(indptr), Int32Array.from(indices), Float64Array.from(data));
}

function expectMatrix(actual: Matrix, expected: Sparse, tolerance: number): void {
  const csr = actual as CsrMatrix;
  expect(csr.kind).toBe('csr');
  expect([csr.rows, csr.cols]).toEqual([expected.rows, expected.cols]);
  expect([...csr.indptr]).toEqual(expected.indptr);
  expect([...csr.indices]).toEqual(expected.indices);
  expect(csr.data).toBeAllClose(expected.data, { relative: tolerance, absolute: tolerance });
}

test('has at least 70 cases', () => {
  expect(cases.length).toBeGreaterThan(70);
});

test.each(cases.map((c) => [c.name, c] as const))('%s', async (_, { options, input, expected, tolerance }) => {
  if (input.kind === 'analyzer') {
    expect(input.texts.map(new CountVectorizer(vectorizerOptions(options)).buildAnalyzer())).toEqual(expected);
    return;
  }
  if (input.kind === 'transformer') {
    const X = input.dense ? DenseMatrix.from(input.dense) : toCsr(input.sparse);
    const transformer = await new TfidfTransformer(options).fit(X);
    if (expected.idf === null) expect(transformer.fitted.idf).toBeNull();
    else expect(transformer.fitted.idf).toBeAllClose(expected.idf, { relative: tolerance, absolute: tolerance });
    expectMatrix(await transformer.transform(X), expected.train, tolerance);
    return;
  }
  const make = (): any => new estimators[input.kind as keyof typeof estimators](vectorizerOptions(options));
  const vectorizer = make();
  expectMatrix(await vectorizer.fitTransform(input.train), expected.train, tolerance);
  expectMatrix(await (await make().fit(input.train)).transform(input.train), expected.train, tolerance);
  if (expected.vocabulary) {
    expect(vectorizer.fitted.vocabulary).toEqual(expected.vocabulary);
    expect(vectorizer.featureNamesOut()).toEqual(expected.vocabulary);
  }
  if (expected.idf === null) expect(vectorizer.fitted.idf).toBeNull();
  else if (expected.idf) expect(vectorizer.fitted.idf).toBeAllClose(expected.idf, { relative: tolerance, absolute: tolerance });
  if (expected.test) {
    const transformed = await vectorizer.transform(input.test);
    expectMatrix(transformed, expected.test, tolerance);
    if (expected.inverse) {
      expect(vectorizer.inverseTransform(transformed)).toEqual(expected.inverse);
      expect(vectorizer.inverseTransform(transformed.toDense())).toEqual(expected.inverse);
    }
  }
});
