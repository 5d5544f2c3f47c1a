import fc from 'fast-check';
import { accuracyScore } from '../../src/metrics/accuracy-score.ts';
import { argsortDescending } from '../../src/core/argsort-descending.ts';
import { auc } from '../../src/metrics/auc.ts';
import { averagePrecisionScore } from '../../src/metrics/average-precision-score.ts';
import { balancedAccuracyScore } from '../../src/metrics/balanced-accuracy-score.ts';
import { brierScoreLoss } from '../../src/metrics/brier-score-loss.ts';
import { cohenKappaScore } from '../../src/metrics/cohen-kappa-score.ts';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.ts';
import { explainedVarianceScore } from '../../src/metrics/explained-variance-score.ts';
import { f1Score } from '../../src/metrics/f1-score.ts';
import { fbetaScore } from '../../src/metrics/fbeta-score.ts';
import { fixedDigits } from '../../src/core/fixed-digits.ts';
import { jaccardScore } from '../../src/metrics/jaccard-score.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { matthewsCorrcoef } from '../../src/metrics/matthews-corrcoef.ts';
import { meanAbsoluteError } from '../../src/metrics/mean-absolute-error.ts';
import { meanSquaredError } from '../../src/metrics/mean-squared-error.ts';
import { medianAbsoluteError } from '../../src/metrics/median-absolute-error.ts';
import { pairwiseSum } from '../../src/core/pairwise-sum.ts';
import { precisionRecallCurve } from '../../src/metrics/precision-recall-curve.ts';
import { precisionScore } from '../../src/metrics/precision-score.ts';
import { r2Score } from '../../src/metrics/r2-score.ts';
import { recallScore } from '../../src/metrics/recall-score.ts';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { rocCurve } from '../../src/metrics/roc-curve.ts';
import { rootMeanSquaredError } from '../../src/metrics/root-mean-squared-error.ts';
import { topKAccuracyScore } from '../../src/metrics/top-k-accuracy-score.ts';
import { zeroOneLoss } from '../../src/metrics/zero-one-loss.ts';

const seeded = { seed: 43, numRuns: 60 };

/** Rows of a ranked binary problem; scores on a coarse grid, so that ties are common; both labels occur. */
const ranking = fc
  .array(fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -6, max: 6 }).map((n) => n / 4) }), { minLength: 2, maxLength: 40 })
  .map((rows) => ({ y: rows.map(({ label }) => label), s: rows.map(({ score }) => score) }))
  .filter(({ y }) => y.includes(0) && y.includes(1));

/** Rows of labels a–d with a small whole-number weight, at least one above 0. */
const labelled = fc
  .array(fc.record({ t: fc.constantFrom('a', 'b', 'c', 'd'), p: fc.constantFrom('a', 'b', 'c', 'd'), w: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((rows) => ({ t: rows.map((r) => r.t), p: rows.map((r) => r.p), w: rows.map((r) => r.w) }))
  .filter(({ w }) => w.some((weight) => weight > 0));

const repeat = <T>(values: readonly T[], times: readonly number[]): T[] =>
  values.flatMap((value, i) => Array.from({ length: times[i] }, () => value));

/** Pairs of a positive and a negative that are in order, a tie counting ½, as a share of all pairs. */
function mannWhitney(y: readonly number[], s: readonly number[]): number {
  let pairs = 0;
  let won = 0;
  for (let i = 0; i < y.length; i++) {
    for (let j = 0; j < y.length; j++) {
      if (y[i] !== 1 || y[j] !== 0) continue;
      pairs++;
      won += s[i] > s[j] ? 1 : s[i] === s[j] ? 0.5 : 0;
    }
  }
  return won / pairs;
}

describe('ROC', () => {
  test('the area is the Mann-Whitney share of pairs in order', () => {
    fc.assert(fc.property(ranking, ({ y, s }) => expect(rocAucScore(y, s)).toBeCloseTo(mannWhitney(y, s), 12)), seeded);
  });

  test('turning scores or labels round gives one minus the area', () => {
    fc.assert(
      fc.property(ranking, ({ y, s }) => {
        expect(rocAucScore(y, s.map((v) => -v))).toBeCloseTo(1 - rocAucScore(y, s), 12);
        expect(rocAucScore(y.map((v) => 1 - v), s)).toBeCloseTo(1 - rocAucScore(y, s), 12);
      }),
      seeded,
    );
  });

  test('a rising function of the scores does not change the area', () => {
    fc.assert(fc.property(ranking, ({ y, s }) => expect(rocAucScore(y, s.map(Math.exp))).toBeCloseTo(rocAucScore(y, s), 12)), seeded);
  });

  test('the curve rises from (0, 0) to (1, 1) at falling thresholds, and dropped points are on its lines', () => {
    fc.assert(
      fc.property(ranking, ({ y, s }) => {
        const { fpr, tpr, thresholds } = rocCurve(y, s);
        expect([fpr[0], tpr[0], thresholds[0]]).toEqual([0, 0, Infinity]);
        expect([fpr.at(-1), tpr.at(-1)]).toEqual([1, 1]);
        for (let i = 1; i < fpr.length; i++) {
          expect(fpr[i]).toBeGreaterThanOrEqual(fpr[i - 1]);
          expect(tpr[i]).toBeGreaterThanOrEqual(tpr[i - 1]);
          expect(thresholds[i]).toBeLessThan(thresholds[i - 1]);
        }
        const all = rocCurve(y, s, { dropIntermediate: false });
        expect(auc(all.fpr, all.tpr)).toBeCloseTo(auc(fpr, tpr), 12);
        expect(all.thresholds.length).toBe(new Set(s).size + 1);
      }),
      seeded,
    );
  });

  test('a weight counts as that many rows, and a weight of 0 as none', () => {
    fc.assert(
      fc.property(ranking, fc.infiniteStream(fc.integer({ min: 0, max: 3 })), ({ y, s }, stream) => {
        const w = y.map(() => stream.next().value as number);
        const rows = repeat(y, w);
        fc.pre(rows.includes(0) && rows.includes(1));
        expect(rocAucScore(y, s, { sampleWeight: w })).toBeCloseTo(rocAucScore(rows, repeat(s, w)), 12);
        expect(averagePrecisionScore(y, s, { sampleWeight: w })).toBeCloseTo(averagePrecisionScore(rows, repeat(s, w)), 12);
      }),
      seeded,
    );
  });

  test('the order of rows does not matter', () => {
    fc.assert(
      fc.property(ranking, ({ y, s }) => {
        expect(rocCurve(y.toReversed(), s.toReversed())).toEqual(rocCurve(y, s));
        expect(precisionRecallCurve(y.toReversed(), s.toReversed())).toEqual(precisionRecallCurve(y, s));
      }),
      seeded,
    );
  });

  test('two-class one-against-the-rest columns give the binary area twice', () => {
    fc.assert(
      fc.property(ranking, ({ y, s }) => {
        const [p, q] = [s.map((v) => (v + 2) / 4), s.map((v) => 1 - (v + 2) / 4)];
        const indicator = y.map((v) => [v, 1 - v]);
        const both = rocAucScore(indicator, p.map((v, i) => [v, q[i]]), { average: null });
        expect(both).toBeAllClose([rocAucScore(y, s), rocAucScore(y, s)]);
      }),
      seeded,
    );
  });
});

test('recall falls along a precision-recall curve while its thresholds rise', () => {
  fc.assert(
    fc.property(ranking, ({ y, s }) => {
      const { precision, recall, thresholds } = precisionRecallCurve(y, s);
      expect([recall[0], recall.at(-1), precision.at(-1)]).toEqual([1, 0, 1]);
      for (let i = 1; i < recall.length; i++) expect(recall[i]).toBeLessThanOrEqual(recall[i - 1]);
      for (let i = 1; i < thresholds.length; i++) expect(thresholds[i]).toBeGreaterThan(thresholds[i - 1]);
      expect(precision[0]).toBeCloseTo(y.reduce((a, b) => a + b, 0) / y.length, 12);
    }),
    seeded,
  );
});

describe('labels', () => {
  const metrics = {
    accuracyScore,
    zeroOneLoss,
    balancedAccuracyScore,
    matthewsCorrcoef,
    cohenKappaScore,
    quadraticKappa: (t: string[], p: string[], options: object) => cohenKappaScore(t, p, { weights: 'quadratic', labels: ['a', 'b', 'c', 'd'], ...options }),
    f1Macro: (t: string[], p: string[], options: object) => f1Score(t, p, { average: 'macro', labels: ['a', 'b', 'c', 'd'], ...options }),
    precisionWeighted: (t: string[], p: string[], options: object) => precisionScore(t, p, { average: 'weighted', ...options }),
    jaccardMicro: (t: string[], p: string[], options: object) => jaccardScore(t, p, { average: 'micro', ...options }),
  };

  test.each(Object.entries(metrics))('%s: a weight counts as that many rows', (_, metric) => {
    fc.assert(
      fc.property(labelled, ({ t, p, w }) => {
        expect(metric(t, p, { sampleWeight: w })).toBeAllClose(metric(repeat(t, w), repeat(p, w), {}));
      }),
      seeded,
    );
  });

  test.each(Object.entries(metrics))('%s: the order of rows does not matter', (_, metric) => {
    fc.assert(
      fc.property(labelled, ({ t, p }) => expect(metric(t.toReversed(), p.toReversed(), {})).toBeAllClose(metric(t, p, {}))),
      seeded,
    );
  });

  test('the confusion matrix adds up to the rows, its diagonal to the hits', () => {
    fc.assert(
      fc.property(labelled, ({ t, p }) => {
        const matrix = confusionMatrix(t, p);
        const classes = [...new Set([...t, ...p])].sort();
        expect(matrix.flat().reduce((a, b) => a + b, 0)).toBe(t.length);
        expect(matrix.reduce((sum, row, i) => sum + row[i], 0)).toBe(accuracyScore(t, p, { normalize: false }));
        classes.forEach((label, i) => {
          expect(matrix[i].reduce((a, b) => a + b, 0)).toBe(t.filter((v) => v === label).length);
          expect(matrix.reduce((sum, row) => sum + row[i], 0)).toBe(p.filter((v) => v === label).length);
        });
        expect(confusionMatrix(p, t)).toEqual(matrix.map((_, i) => matrix.map((row) => row[i])));
      }),
      seeded,
    );
  });

  test('F1 is the harmonic mean of precision and recall, Fβ weights it, Jaccard is F1/(2 − F1)', () => {
    fc.assert(
      fc.property(labelled, ({ t, p }) => {
        const by = { average: null } as const;
        const [precision, recall, f1, f2, jaccard] = [precisionScore(t, p, by), recallScore(t, p, by), f1Score(t, p, by), fbetaScore(t, p, { ...by, beta: 2 }), jaccardScore(t, p, by)];
        f1.forEach((score, k) => {
          const [P, R] = [precision[k], recall[k]];
          expect(score).toBeCloseTo(P + R === 0 ? 0 : (2 * P * R) / (P + R), 12);
          expect(f2[k]).toBeCloseTo(P + R === 0 ? 0 : (5 * P * R) / (4 * P + R), 12);
          expect(jaccard[k]).toBeCloseTo(score / (2 - score), 12);
        });
      }),
      seeded,
    );
  });

  test('swapping truth and prediction swaps precision and recall, and leaves F1, kappa and correlation', () => {
    fc.assert(
      fc.property(labelled, ({ t, p }) => {
        const labels = ['a', 'b', 'c', 'd'];
        expect(precisionScore(t, p, { average: null, labels })).toEqual(recallScore(p, t, { average: null, labels }));
        expect(f1Score(t, p, { average: null, labels })).toEqual(f1Score(p, t, { average: null, labels }));
        expect(cohenKappaScore(t, p)).toBeAllClose(cohenKappaScore(p, t));
        expect(matthewsCorrcoef(t, p)).toBeAllClose(matthewsCorrcoef(p, t));
      }),
      seeded,
    );
  });

  test('micro precision, recall and F1 are the accuracy', () => {
    fc.assert(
      fc.property(labelled, ({ t, p }) => {
        const accuracy = accuracyScore(t, p);
        for (const metric of [precisionScore, recallScore, f1Score]) expect(metric(t, p, { average: 'micro' })).toBeCloseTo(accuracy, 12);
        expect(zeroOneLoss(t, p)).toBeCloseTo(1 - accuracy, 12);
      }),
      seeded,
    );
  });

  test('other names in the same order change nothing', () => {
    fc.assert(
      fc.property(labelled, ({ t, p }) => {
        const number = (label: string): number => label.charCodeAt(0) * 7;
        const [tn, pn] = [t.map(number), Int32Array.from(p, number)];
        expect(confusionMatrix(tn, pn)).toEqual(confusionMatrix(t, p));
        expect(f1Score(tn, pn, { average: null })).toEqual(f1Score(t, p, { average: null }));
        expect(cohenKappaScore(tn, pn, { weights: 'linear' })).toBeAllClose(cohenKappaScore(t, p, { weights: 'linear' }));
      }),
      seeded,
    );
  });
});

test('two classes: log loss and Brier score do not depend on which column is given', () => {
  fc.assert(
    fc.property(ranking, ({ y, s }) => {
      const p = s.map((v) => (v + 2) / 4);
      const both = p.map((v) => [1 - v, v]);
      const turned = p.map((v) => [v, 1 - v]);
      const other = y.map((v) => 1 - v);
      expect(logLoss(y, p)).toBeCloseTo(logLoss(y, both), 12);
      expect(logLoss(other, turned)).toBeCloseTo(logLoss(y, both), 12);
      expect(brierScoreLoss(y, p)).toBeCloseTo(meanSquaredError(y, p), 12);
      expect(brierScoreLoss(other, turned)).toBeCloseTo(brierScoreLoss(y, both), 12);
    }),
    seeded,
  );
});

test('top-k accuracy rises with k to 1, and top 1 is the accuracy of the greatest score', () => {
  const rows = fc.array(fc.record({ label: fc.integer({ min: 0, max: 3 }), scores: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }) }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(rows, (given) => {
      const y = given.map(({ label }) => label);
      const scores = given.map((row) => row.scores);
      const top = [1, 2, 3, 4].map((k) => topKAccuracyScore(y, scores, { k, labels: [0, 1, 2, 3] }));
      expect(top).toEqual(top.toSorted((a, b) => a - b));
      expect(top[3]).toBe(1);
      expect(top[0]).toBeCloseTo(accuracyScore(y, scores.map((row) => row.lastIndexOf(Math.max(...row)))), 12);
    }),
    seeded,
  );
});

describe('numbers', () => {
  const finite = fc.double({ min: -100, max: 100, noNaN: true });
  const pairs = fc
    .array(fc.record({ y: finite, p: finite, w: fc.integer({ min: 0, max: 3 }) }), { minLength: 2, maxLength: 30 })
    .map((rows) => ({ y: rows.map((r) => r.y), p: rows.map((r) => r.p), w: rows.map((r) => r.w) }))
    .filter(({ w }) => w.filter((weight) => weight > 0).length > 1);

  test.each([
    ['meanSquaredError', meanSquaredError],
    ['rootMeanSquaredError', rootMeanSquaredError],
    ['meanAbsoluteError', meanAbsoluteError],
    ['medianAbsoluteError', medianAbsoluteError],
    ['r2Score', r2Score],
    ['explainedVarianceScore', explainedVarianceScore],
  ])('%s: a weight counts as that many rows', (_, metric) => {
    fc.assert(
      fc.property(pairs, ({ y, p, w }) => {
        const [yRows, pRows] = [repeat(y, w), repeat(p, w)];
        // Without spread, R² is decided by rounding.
        fc.pre(Math.max(...yRows) - Math.min(...yRows) > 1e-3);
        expect(metric(y, p, { sampleWeight: w })).toBeAllClose(metric(yRows, pRows), { relative: 1e-9, absolute: 1e-9 });
      }),
      seeded,
    );
  });

  test('predicting the mean has an R² of 0, and the squared error is that of the variance', () => {
    fc.assert(
      fc.property(pairs, ({ y }) => {
        fc.pre(Math.max(...y) - Math.min(...y) > 1e-3);
        const mean = y.reduce((a, b) => a + b, 0) / y.length;
        expect(r2Score(y, y.map(() => mean))).toBeCloseTo(0, 9);
        expect(explainedVarianceScore(y, y.map((v) => v + 5))).toBeCloseTo(1, 9);
      }),
      seeded,
    );
  });
});

describe('arithmetic', () => {
  test('argsortDescending agrees with a stable comparison sort, short and long, with ties, zeros of both signs and extremes', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0, 0, Number.MAX_VALUE, -Number.MIN_VALUE));
    for (const length of [0, 1, 2, 511, 512, 513, 2000]) {
      fc.assert(
        fc.property(fc.array(value, { minLength: length, maxLength: length }), (values) => {
          const expected = values.map((_, i) => i).sort((i, j) => (values[i] === values[j] ? i - j : values[j] > values[i] ? 1 : -1));
          expect([...argsortDescending(Float64Array.from(values))]).toEqual(expected);
        }),
        { seed: 43, numRuns: 8 },
      );
    }
  });

  test('pairwiseSum equals the exact sum of whole numbers at every length', () => {
    for (const n of [0, 1, 7, 8, 9, 16, 127, 128, 129, 1000, 1031]) {
      expect(pairwiseSum(Float64Array.from({ length: n }, (_, i) => i + 1))).toBe((n * (n + 1)) / 2);
    }
  });

  test('pairwiseSum keeps more digits than adding one by one', () => {
    const tenths = new Float64Array(100_000).fill(0.1);
    expect(Math.abs(pairwiseSum(tenths) - 10_000)).toBeLessThan(Math.abs(tenths.reduce((a, b) => a + b, 0) - 10_000));
  });

  test.each([
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [0.625, 2, '0.62'],
    [0.875, 2, '0.88'],
    [0.5, 0, '0'],
    [1.5, 0, '2'],
    [2.5, 0, '2'],
    [0.285, 2, '0.28'],
    [1.005, 2, '1.00'],
    [2 / 3, 4, '0.6667'],
    [1, 3, '1.000'],
    [Number.NaN, 2, 'nan'],
  ])('%p with %p digits prints as %s, as Python prints it', (value, digits, text) => {
    expect(fixedDigits(value, digits)).toBe(text);
  });
});
