import { NotFittedError, OptionError } from '../../src/core/errors.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import type { Matrix } from '../../src/matrix/matrix.ts';
import { Pipeline } from '../../src/pipeline/pipeline.ts';
import { FunctionTransformer } from '../../src/preprocessing/function-transformer.ts';
import { StandardScaler } from '../../src/preprocessing/standard-scaler.ts';

const log1p = (X: Matrix): DenseMatrix => new DenseMatrix(X.rows, X.cols, X.toDense().data.map(Math.log1p));
const expm1 = (X: Matrix): DenseMatrix => new DenseMatrix(X.rows, X.cols, X.toDense().data.map(Math.expm1));

describe('FunctionTransformer', () => {
  test('applies a function and its inverse', async () => {
    const transformer = new FunctionTransformer({ func: log1p, inverseFunc: expm1 });
    const X = DenseMatrix.from([[0, 1], [2, 3]]);
    const logs = await transformer.fitTransform(X);
    expect(logs).toBeAllClose([[0, Math.log(2)], [Math.log(3), Math.log(4)]]);
    expect(await transformer.inverseTransform(logs)).toBeAllClose([[0, 1], [2, 3]]);
    expect(transformer.fitted).toEqual({ nFeaturesIn: 2, inverseHolds: true });
  });

  test('waits for a function that returns a promise', async () => {
    const upper = new FunctionTransformer({ func: async (texts: string[]) => texts.map((t) => t.toUpperCase()) });
    expect(await upper.fitTransform(['a'])).toEqual(['A']);
  });

  test('hands X on as it is without a function', async () => {
    const X = CsrMatrix.from([[0, 1]]);
    const identity = await new FunctionTransformer().fit(X);
    expect(await identity.transform(X)).toBe(X);
    expect(await identity.inverseTransform(X)).toBe(X);
    expect(identity.fitted.inverseHolds).toBeNull();
  });

  test('records that two functions are not inverse', async () => {
    const double = (X: number[]): number[] => X.map((x) => 2 * x);
    const fit = (inverseFunc: (X: number[]) => number[], options = {}) =>
      new FunctionTransformer({ func: double, inverseFunc, ...options }).fit([1, 2, Number.NaN]);
    expect((await fit((X) => X.map((x) => x / 2))).fitted.inverseHolds).toBe(true);
    expect((await fit((X) => X.map((x) => x / 2 + 1e-5))).fitted.inverseHolds).toBe(false);
    expect((await fit((X) => X.slice(1).map((x) => x / 2))).fitted.inverseHolds).toBe(false);
    expect((await fit(double, { checkInverse: false })).fitted.inverseHolds).toBeNull();
  });

  test('tries the inverse on about a hundred rows of many', async () => {
    let seen = 0;
    const func = (X: number[]): number[] => {
      seen = X.length;
      return X;
    };
    await new FunctionTransformer({ func, inverseFunc: func }).fit(Array.from({ length: 1050 }, (_, i) => i));
    expect(seen).toBe(105);
  });

  test('names its columns where it is told how', async () => {
    const X = DenseMatrix.from([[1, 2]]);
    const kept = await new FunctionTransformer({ func: log1p, featureNamesOut: 'one-to-one' }).fit(X);
    expect(kept.featureNamesOut()).toEqual(['x0', 'x1']);
    expect(kept.featureNamesOut(['a', 'b'])).toEqual(['a', 'b']);
    const changed = await new FunctionTransformer({ func: log1p, featureNamesOut: (names) => names.map((n) => `log ${n}`) }).fit(X);
    expect(changed.featureNamesOut(['a', 'b'])).toEqual(['log a', 'log b']);
    const unknown = await new FunctionTransformer({ func: log1p }).fit(X);
    expect(() => unknown.featureNamesOut()).toThrow(OptionError);
    const texts = await new FunctionTransformer({ func: (t: string[]) => t }).fit(['a']);
    expect(texts.featureNamesOut()).toEqual([]);
  });

  test('stands in a pipeline, where its types are checked', async () => {
    const lengths = new FunctionTransformer({ func: (texts: string[]) => DenseMatrix.from(texts.map((t) => [t.length])) });
    const pipeline = new Pipeline([
      ['length', lengths],
      ['scale', new StandardScaler()],
    ]);
    expect(await pipeline.fitTransform(['a', 'abc'])).toBeAllClose([[-1], [1]]);
    // @ts-expect-error texts do not come from a scaler
    new Pipeline([['scale', new StandardScaler()], ['length', lengths]]);
  });

  test('refuses transform before fit, and options of another kind', async () => {
    await expect(new FunctionTransformer().transform([1])).rejects.toThrow(NotFittedError);
    expect(() => new FunctionTransformer({ func: 'log' as never })).toThrow('func must be a function, or null, got "log"');
    expect(() => new FunctionTransformer({ featureNamesOut: 'same' as never })).toThrow(OptionError);
  });
});
