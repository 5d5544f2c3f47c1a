import fc from 'fast-check';
import { CsrMatrix, DenseMatrix } from 'refit';
import { columnContributions, logOdds, withTypicalValues } from '../../src/serve/explain-columns.ts';
import { MOST_PUSHES, termContributions } from '../../src/serve/explain-terms.ts';
import type { FormField } from '../../src/serve/model-form.ts';

const weights = fc.integer({ min: -50, max: 50 }).map((n) => n / 8);

describe('the terms that pushed an answer', () => {
  test('are the largest shares in the score, in order of size', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(weights, weights), { minLength: 1, maxLength: 60 }), (pairs) => {
        const values = DenseMatrix.from([pairs.map(([value]) => value)]);
        const coef = DenseMatrix.from([pairs.map(([, weight]) => weight)]);
        const names = pairs.map((_, j) => `t${j}`);
        const all = pairs.map(([value, weight], j) => ({ name: names[j], value: null, push: value * weight })).filter(({ push }) => push !== 0);
        const expected = all.sort((a, b) => Math.abs(b.push) - Math.abs(a.push)).slice(0, MOST_PUSHES);
        expect(termContributions(CsrMatrix.fromDense(values), 0, coef, 0, names)).toEqual(expected);
      }),
      { seed: 3 },
    );
  });

  test('for several classes speak for one against the mean of all', () => {
    const coef = DenseMatrix.from([[3, 0], [0, 3], [0, 0]]);
    const X = CsrMatrix.fromDense(DenseMatrix.from([[2, 1]]));
    expect(termContributions(X, 0, coef, 0, ['a', 'b'])).toEqual([{ name: 'a', value: null, push: 4 }, { name: 'b', value: null, push: -1 }]);
  });
});

describe('the columns that pushed an answer', () => {
  const fields: FormField[] = [
    { name: 'mass', kind: 'number', min: 0, max: 10, typical: 5, whole: false },
    { name: 'island', kind: 'choice', choices: ['a', 'b'], typical: 'a' },
    { name: 'banded', kind: 'boolean', typical: false },
    { name: 'nickname', kind: 'text', typical: null },
  ];

  test('of an additive model are its own terms; what is typical pushes nothing, nor do free texts', () => {
    const score = ([mass, island, banded]: readonly unknown[]): number => 2 * (mass as number) + (island === 'b' ? 7 : 0) - (banded === 'true' ? 3 : 0);
    const row = [4, 'b', 'false', 'Pingu'];
    const changed = withTypicalValues(row, fields);
    expect(changed).toEqual([[5, 'b', 'false', 'Pingu'], [4, 'a', 'false', 'Pingu']]);
    expect(columnContributions(row, fields, score(row), changed.map(score))).toEqual([{ name: 'island', value: 'b', push: 7 }, { name: 'mass', value: 4, push: -2 }]);
  });

  test('log-odds are finite at certainty, and odd about one half', () => {
    expect(logOdds(0.5)).toBe(0);
    expect(logOdds(1)).toBeCloseTo(-logOdds(0), 3);
    expect(Number.isFinite(logOdds(1))).toBe(true);
    expect(logOdds(0.9)).toBeCloseTo(Math.log(9), 12);
  });
});
