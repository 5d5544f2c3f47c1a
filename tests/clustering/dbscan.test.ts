import fc from 'fast-check';
import { DBSCAN } from '../../src/clustering/dbscan.ts';
import { CsrMatrix } from '../../src/matrix/csr-matrix.ts';
import { DenseMatrix } from '../../src/matrix/dense-matrix.ts';
import { fixture } from '../fixture.ts';

const cases = fixture('density').cases.filter(({ input }) => input.estimator === 'DBSCAN');

test.each(cases.map((c) => [c.name, c] as const))('%s as scikit-learn does', async (_, { input, options, expected }) => {
  const model = new DBSCAN(options);
  const labels = await model.fitPredict((input.sparse ? CsrMatrix : DenseMatrix).from(input.X), undefined, { sampleWeight: input.sampleWeight ?? undefined });
  expect([...labels]).toEqual(expected.labels);
  expect([...model.fitted.coreSampleIndices]).toEqual(expected.core);
  expect(model.fitted.components.toDense().toArray()).toEqual(expected.components);
});

/** Rows on a coarse grid, with many ties and duplicates. */
const grid = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 80 });

test('a weight counts as so many rows', () =>
  fc.assert(
    fc.asyncProperty(grid, fc.integer({ min: 1, max: 9 }), async (rows, minSamples) => {
      const weights = rows.map((_, i) => 1 + (i % 3));
      const once = await new DBSCAN({ eps: 1, minSamples }).fitPredict(rows, undefined, { sampleWeight: weights });
      const repeated = rows.flatMap((row, i) => Array.from({ length: weights[i] }, () => row));
      const often = await new DBSCAN({ eps: 1, minSamples }).fitPredict(repeated);
      expect([...often]).toEqual(rows.flatMap((_, i) => Array.from({ length: weights[i] }, () => once[i])));
    }),
    { seed: 7, numRuns: 30 },
  ));

test('core rows share a cluster just where a way of core rows leads from one to the other', () =>
  fc.assert(
    fc.asyncProperty(grid, fc.integer({ min: 1, max: 6 }), async (rows, minSamples) => {
      const { labels, coreSampleIndices } = (await new DBSCAN({ eps: 1.5, minSamples }).fit(rows)).fitted;
      const isNear = (i: number, j: number): boolean => Math.hypot(rows[i][0] - rows[j][0], rows[i][1] - rows[j][1]) <= 1.5;
      const core = new Set(coreSampleIndices);
      rows.forEach((_, i) => {
        const near = rows.flatMap((__, j) => (isNear(i, j) ? [j] : []));
        expect(core.has(i)).toBe(near.length >= minSamples);
        const clusters = near.filter((j) => core.has(j)).map((j) => labels[j]);
        expect(labels[i]).toBe(clusters.length === 0 ? -1 : Math.min(...clusters));
        if (core.has(i)) expect(new Set(clusters).size).toBe(1);
      });
    }),
    { seed: 8, numRuns: 30 },
  ));

test('an eps of 0 and negative weights are refused', async () => {
  expect(() => new DBSCAN({ eps: 0 })).toThrow('DBSCAN: eps must be a number in (0, ∞), got 0.');
  await expect(new DBSCAN().fit([[1], [2]], undefined, { sampleWeight: [1, -1] })).rejects.toThrow('DBSCAN: sampleWeight must be finite and not negative, row 1 has -1.');
});
