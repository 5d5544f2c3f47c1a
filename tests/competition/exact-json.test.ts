import fc from 'fast-check';
import { exactJson, parseExactJson } from '../../src/competition/exact-json.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';

describe('exactJson', () => {
  test('gives back any numbers to the last bit, in records, lists, typed arrays and matrices', () => {
    const doubles = fc.double();
    fc.assert(
      fc.property(fc.array(doubles), fc.record({ a: doubles, b: fc.array(fc.string()), c: fc.boolean() }), (numbers, record) => {
        const matrix = new DenseMatrix(numbers.length, 1, Float64Array.from(numbers));
        const value = { numbers, record, array: Float64Array.from(numbers), whole: Int32Array.of(1, -2), matrix, none: null };
        const back = parseExactJson(exactJson(value)) as typeof value;
        expect(back).toEqual(value);
        expect(back.matrix).toBeInstanceOf(DenseMatrix);
      }),
      { seed: 1 },
    );
  });

  test('keeps NaN, infinities and −0, which JSON lacks', () => {
    const back = parseExactJson(exactJson([Number.NaN, Infinity, -Infinity, -0])) as number[];
    expect(back.map((value) => (Object.is(value, -0) ? '-0' : String(value)))).toEqual(['NaN', 'Infinity', '-Infinity', '-0']);
  });

  test('takes a view of a part of a buffer, shared ones too', () => {
    const shared = new Float64Array(new SharedArrayBuffer(32));
    shared.set([1, 2, 3, 4]);
    expect(parseExactJson(exactJson(shared.subarray(1, 3)))).toEqual(Float64Array.of(2, 3));
  });
});
