import type { RunRecord } from '../../src/competition/run-record.ts';
import { driftSentence } from '../../src/report/drift-chart.ts';
import { drawChart, type Chart } from '../../src/report/draw-chart.ts';
import { foldBand } from '../../src/report/fold-band.ts';
import { hardestTable } from '../../src/report/hardest-table.ts';
import { importanceChart } from '../../src/report/importance-chart.ts';
import { learningCurveChart } from '../../src/report/learning-curve-chart.ts';
import { reportHtml } from '../../src/report/report-html.ts';
import { searchChart } from '../../src/report/search-chart.ts';
import { thresholdScores } from '../../src/report/threshold-scores.ts';
import { simulatedDiagnostics } from './simulated-diagnostics.ts';
import { simulatedRun } from './simulated-run.ts';

const run = simulatedRun({ rows: 300 });
const data = { ...run, diagnostics: simulatedDiagnostics() };

describe('foldBand', () => {
  test('is mean ± one standard deviation of curves that are interpolated, the last of equal places counting', () => {
    const band = foldBand([
      [[0, 0], [0, 0.5], [1, 1]],
      [[0, 0], [0.5, 1], [1, 1]],
    ]);
    expect(band).toHaveLength(101);
    expect(band[0]).toEqual({ x: 0, low: 0, high: 0.5 });
    expect(band[50].x).toBe(0.5);
    // 0.75 and 1: mean 0.875, deviation 0.125.
    expect(band[50].low).toBeCloseTo(0.75, 12);
    expect(band[50].high).toBeCloseTo(1, 12);
    expect(band[100]).toEqual({ x: 1, low: 1, high: 1 });
  });
});

describe('thresholds', () => {
  test('give the counts that a reader would make', () => {
    const scores = thresholdScores(run)!;
    const { folds, probabilities } = run.outOfFold['tfidf-logistic'];
    expect(scores).toHaveLength(99);
    for (const { threshold, accuracy, precision, recall, f1, positive } of [scores[9], scores[49], scores[89]]) {
      const rows = Array.from(run.y.length === folds.length ? folds.keys() : []);
      const called = rows.filter((i) => probabilities!.at(i, 1) >= threshold);
      const hits = called.filter((i) => run.y[i] === 'spam').length;
      const spam = rows.filter((i) => run.y[i] === 'spam').length;
      const right = hits + rows.filter((i) => probabilities!.at(i, 1) < threshold && run.y[i] === 'ham').length;
      expect(accuracy).toBeCloseTo(right / rows.length, 12);
      expect(precision).toBeCloseTo(hits / called.length, 12);
      expect(recall).toBeCloseTo(hits / spam, 12);
      expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
      expect(positive).toBeCloseTo(called.length / rows.length, 12);
    }
  });

  test('are for two classes only', () => {
    expect(thresholdScores(simulatedRun({ classes: ['a', 'b', 'c'], rows: 60 }))).toBeUndefined();
  });
});

test('the most important inputs stand first, with their losses', async () => {
  const chart = importanceChart(data) as Chart;
  expect(chart.label).toBe('What tfidf-logistic owes to each term. free: 0.0210; click here: 0.0130; meeting: 0.0040; <b>: −0.0010.');
  const svg = await drawChart(chart, 'file');
  expect(svg).toContain('&lt;b&gt;');
  expect(svg.match(/<rect/g)!.length).toBeGreaterThanOrEqual(5);
});

test('the learning curve names every number of rows on its axis', async () => {
  const svg = await drawChart(learningCurveChart(data)!, 'file');
  for (const rows of ['300', '600', '1,200', '2,400']) expect(svg).toContain(`>${rows}</text>`);
});

test('the learning curve says what the last doubling brought', () => {
  expect(learningCurveChart(data)!.note).toContain('The last doubling of rows changed it by +0.0070 (higher is better).');
  expect(learningCurveChart({ ...data, diagnostics: simulatedDiagnostics({ learningCurve: null }) })).toBeUndefined();
});

test.each([
  [0.5, /drawn alike/],
  [0.62, /differ a little/],
  [0.9, /scores on training rows may not hold on test rows/],
])('a drift of %d is told in words', (auc, words) => {
  const drift = { auc, of: 'columns' as const, names: ['a'], shares: [1] };
  expect(driftSentence({ ...data, diagnostics: simulatedDiagnostics({ drift }) })).toMatch(words);
});

test('hard rows show what they hold, as text', () => {
  const { markup } = hardestTable(data)!;
  expect(markup).toContain('free &lt;script&gt;alert(1)&lt;/script&gt; tickets');
  expect(markup).toContain('Probability of the truth');
  expect(hardestTable(run)).toBeUndefined();
});

test('a search is lines over options and score', async () => {
  const score = (mean: number) => ({ accuracy: { mean, std: 0, folds: [mean], rank: 1 } });
  const search = {
    best: 2,
    candidates: [0.01, 0.1, 1, 10].map((C, i) => ({ params: { 'classify.C': C, 'count.ngramRange': i % 2 === 0 ? [1, 1] : [1, 2] }, scores: score(0.9 + 0.01 * i * (3 - i)) })),
  };
  const record = { ...run.record, pipelines: run.record.pipelines.map((pipeline, i) => (i === 0 ? { ...pipeline, search } : pipeline)) } as unknown as RunRecord;
  const chart = searchChart({ ...run, record }, 'tfidf-logistic') as Chart;
  expect(chart.label).toBe('Search of tfidf-logistic: 4 candidates; the best is classify.C 1, count.ngramRange [1, 1] with Accuracy 0.9200.');
  expect((await drawChart(chart, 'file')).match(/<path/g)!.length).toBeGreaterThanOrEqual(4);
  expect(searchChart(run, 'tfidf-logistic')).toBeUndefined();
  expect(await reportHtml({ ...run, record })).toContain('<h2 id="search-title">Search</h2>');
});

test('a report has the sections for what was worked out, and none for what was not', async () => {
  const page = await reportHtml(data);
  for (const title of ['What the winner leans on', 'Hardest rows', 'Training rows and test rows', 'Left out', 'Threshold']) expect(page).toContain(`>${title}</h2>`);
  const plain = await reportHtml(run);
  expect(plain).not.toContain('Hardest rows');
  expect(plain).toContain('>Threshold</h2>');
});
