import { averagePrecisionScore } from '../../src/metrics/average-precision-score.ts';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.ts';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { classScores } from '../../src/report/class-scores.ts';
import { drawChart } from '../../src/report/draw-chart.ts';
import { formatCount, formatMeanStd, meanStd } from '../../src/report/format-score.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import {
  calibrationSvg,
  confusionSvg,
  predictedSvg,
  prSvg,
  residualSvg,
  rocSvg,
  scoreDistributionSvg,
  scoreSvg,
  type ReportSvg,
} from '../../src/report/report-svgs.ts';
import { rocChart } from '../../src/report/roc-chart.ts';
import { simulatedRegression, simulatedRun } from './simulated-run.ts';

const classification: [string, ReportSvg][] = [
  ['ROC', rocSvg],
  ['precision–recall', prSvg],
  ['confusion', confusionSvg],
  ['score', scoreSvg],
  ['score distribution', scoreDistributionSvg],
  ['calibration', calibrationSvg],
];
const regression: [string, ReportSvg][] = [
  ['predicted', predictedSvg],
  ['residual', residualSvg],
  ['score', scoreSvg],
];

/** Score of the metric in each fold, from the data and not from the chart. */
function byFold(data: ReportData, pipeline: string, score: (yTrue: number[], yScore: number[]) => number): number[] {
  const { folds, probabilities } = data.outOfFold[pipeline];
  return Array.from({ length: data.record.cv.nSplits }, (_, f) => {
    const rows = Array.from(folds.keys()).filter((i) => folds[i] === f);
    return score(rows.map((i) => Number(data.y[i] === data.record.classes[1])), rows.map((i) => probabilities?.at(i, 1) ?? 0));
  });
}

/** An SVG that any viewer can read: balanced elements, plain colours, nothing loaded from elsewhere. */
function expectPlainSvg(svg: string | undefined): asserts svg is string {
  expect(svg).toBeDefined();
  const text = svg as string;
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 440 \d+" width="440" height="\d+"/);
  expect(text).not.toMatch(/NaN|Infinity|undefined|var\(|currentColor|<style|<script|href|url\(/);
  expect(text).not.toMatch(/&(?!(amp|lt|gt|quot|#39|#160);)/);
  const open: string[] = [];
  for (const [, close, name, self] of text.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (close) expect(open.pop()).toBe(name);
    else if (!self) open.push(name);
  }
  expect(open).toEqual([]);
}

describe('charts of a two-class run', () => {
  const data = simulatedRun({ rows: 1200 });

  test.each(classification)('the %s chart is plain SVG, and the same bytes each time', async (_, draw) => {
    const svg = await draw(data);
    expectPlainSvg(svg);
    expect(await draw(data)).toBe(svg);
  });

  test('the ROC chart gives the mean and spread of the AUC over folds', async () => {
    const svg = (await rocSvg(data)) as string;
    for (const { name } of data.record.pipelines) {
      const text = `AUC ${formatMeanStd(meanStd(byFold(data, name, rocAucScore)))}`;
      expect(svg).toContain(`>${text}</text>`);
      expect(svg).toContain(`${name}: ${text}`);
    }
  });

  test('the ROC chart draws one line and one band of folds per pipeline, and the diagonal', async () => {
    const svg = (await rocSvg(data)) as string;
    const lines = svg.slice(svg.indexOf('<g text-anchor="middle"')).match(/<g[^>]*fill="none"[^>]*><path d="M[^"]*L[^"]*" ?\/><\/g>/g) ?? [];
    expect(lines.filter((line) => line.includes('stroke-width="2.25"'))).toHaveLength(3);
    expect(svg.match(/<g[^>]*fill-opacity="0.16"[^>]*><path d="M[^"]*Z"/g)).toHaveLength(3);
  });

  test('the precision–recall chart gives average precision and the baseline', async () => {
    const svg = (await prSvg(data)) as string;
    expect(svg).toContain(`AP ${formatMeanStd(meanStd(byFold(data, 'tfidf-logistic', averagePrecisionScore)))}`);
    const spam = Array.prototype.filter.call(data.y, (label) => label === 'spam').length / data.y.length;
    expect(svg).toContain(`guessing, ${(spam * 100).toFixed(1)} %`);
  });

  test('the confusion chart shows every count of the matrix', async () => {
    const svg = (await confusionSvg(data)) as string;
    const counts = confusionMatrix(data.y as string[], data.outOfFold['tfidf-logistic'].labels);
    for (const count of counts.flat()) expect(svg).toContain(`>${formatCount(count)}</text>`);
    expect(svg).toContain(`true ham, predicted spam: ${counts[0][1]}`);
  });

  test('the score chart has a dot per fold and the mean of each pipeline', async () => {
    const svg = (await scoreSvg(data)) as string;
    expect(svg.match(/<circle/g)).toHaveLength(15);
    for (const { scores } of data.record.pipelines) expect(svg).toContain(formatMeanStd(scores.accuracy));
  });

  test('a pipeline keeps its colour in every chart, also where one before it has no scores', async () => {
    const { probabilities: _, ...labelsOnly } = data.outOfFold['tfidf-logistic'];
    const without = { ...data, outOfFold: { ...data.outOfFold, 'tfidf-logistic': labelsOnly } };
    const colorOf = (svg: string | undefined): string | undefined => /stroke="(#\w+)"[^>]*\/><text[^>]*>count-logistic</.exec(svg ?? '')?.[1];
    const color = colorOf(await rocSvg(data));
    expect(color).toMatch(/^#/);
    for (const draw of [rocSvg, prSvg, calibrationSvg]) expect(colorOf(await draw(without))).toBe(color);
  });

  test('for a page the same chart leaves its colours to the page and has no namespace to look up', async () => {
    const chart = rocChart(data);
    const svg = await drawChart(chart as NonNullable<typeof chart>, 'page');
    expect(svg).toMatch(/^<svg viewBox/);
    expect(svg).toContain('stroke="var(--s1)"');
    expect(svg).not.toContain('http');
    expect(svg).not.toContain('<title');
  });
});

describe('charts of other runs', () => {
  test.each(classification.slice(0, 5))('the %s chart takes three classes with numbers as labels', async (_, draw) => {
    expectPlainSvg(await draw(simulatedRun({ classes: [0, 1, 2], rows: 300 })));
  });

  test('more classes have one ROC line each, and no calibration', async () => {
    const data = simulatedRun({ classes: ['a', 'b', 'c'], rows: 300, pipelines: [['p', 2], ['q', 1]] });
    const svg = (await rocSvg(data)) as string;
    for (const name of ['a', 'b', 'c']) expect(svg).toContain(`>${name}</text>`);
    expect(await calibrationSvg(data)).toBeUndefined();
  });

  test.each(classification)('the %s chart escapes labels and names', async (_, draw) => {
    const data = simulatedRun({ classes: ['</text><script>alert(1)</script>', 'b&"\u0000'], rows: 60, pipelines: [['<img src=x>', 2]] });
    const svg = await draw(data);
    expectPlainSvg(svg);
    expect(svg).not.toContain('<img');
  });

  test.each(classification)('the %s chart takes perfect separation of few rows', async (_, draw) => {
    expectPlainSvg(await draw(simulatedRun({ rows: 10, folds: 2, pipelines: [['perfect', 60]] })));
  });

  test('a fold with one class only has no curve and is said to be missing', async () => {
    const data = simulatedRun({ rows: 100, pipelines: [['p', 2]] });
    const y = Array.from(data.y, (label, i) => (data.outOfFold.p.folds[i] === 2 ? 'ham' : label));
    const svg = await rocSvg({ ...data, y });
    expectPlainSvg(svg);
    expect(svg).toContain('(4 of 5 folds)');
  });

  test('scores that are not defined leave gaps, not NaN', async () => {
    const data = simulatedRun({ rows: 100 });
    data.record.pipelines[0].scores.accuracy = { mean: Number.NaN, std: Number.NaN, folds: [0.5, Number.NaN, 0.6, 0.7, 0.8] };
    data.record.pipelines[1].scores.accuracy.folds[0] = Number.NaN;
    const svg = await scoreSvg(data);
    expectPlainSvg(svg);
    expect(svg.match(/<circle/g)).toHaveLength(13);
    expect(svg).toContain('n/a');
  });

  test('a run whose metric is defined nowhere has no score chart', async () => {
    const data = simulatedRun({ rows: 100, pipelines: [['p', 1]] });
    data.record.pipelines[0].scores.accuracy = { mean: Number.NaN, std: Number.NaN, folds: [Number.NaN] };
    expect(await scoreSvg(data)).toBeUndefined();
  });

  test('a pipeline that gives labels only has a confusion matrix and no curves', async () => {
    const data = simulatedRun({ rows: 100, pipelines: [['p', 1]] });
    const { probabilities: _, ...labelsOnly } = data.outOfFold.p;
    const without = { ...data, outOfFold: { p: labelsOnly } };
    expectPlainSvg(await confusionSvg(without));
    for (const draw of [rocSvg, prSvg, scoreDistributionSvg, calibrationSvg]) expect(await draw(without)).toBeUndefined();
  });

  test('decision values stand in for probabilities, except in calibration', async () => {
    const data = simulatedRun({ rows: 100, pipelines: [['p', 1]] });
    const { probabilities, ...rest } = data.outOfFold.p;
    const scores = Float64Array.from({ length: 100 }, (_, i) => Math.log((probabilities?.at(i, 1) ?? 0) / (probabilities?.at(i, 0) ?? 1)));
    const decided = { ...data, outOfFold: { p: { ...rest, scores } } };
    const auc = /AUC [\d.]+ ± [\d.]+/;
    expect(auc.exec((await rocSvg(decided)) as string)?.[0]).toBe(auc.exec((await rocSvg(data)) as string)?.[0]);
    expectPlainSvg(await scoreDistributionSvg(decided));
    expect(await calibrationSvg(decided)).toBeUndefined();
    expect(Array.from(classScores(decided, 'p', 0)?.score ?? [])).toEqual(Array.from(scores, (s) => -s));
  });

  test('rows that were in no test fold are left out', async () => {
    const data = simulatedRun({ rows: 100, pipelines: [['p', 1]] });
    const folds = data.outOfFold.p.folds.map((f, i) => (i < 40 ? -1 : f));
    const labels = data.outOfFold.p.labels.map((label, i) => (i < 40 ? (undefined as never) : label));
    const partial = { ...data, outOfFold: { p: { ...data.outOfFold.p, folds, labels } } };
    expect(classScores(partial, 'p', 1)?.truth).toHaveLength(60);
    expectPlainSvg(await confusionSvg(partial));
  });

  test('a confusion matrix of many classes drops its numbers and some names', async () => {
    const svg = await confusionSvg(simulatedRun({ classes: Array.from({ length: 40 }, (_, k) => k), rows: 400, pipelines: [['p', 3]] }));
    expectPlainSvg(svg);
    expect(svg).toContain('40 classes');
    expect(svg.length).toBeLessThan(200_000);
  });

  test('more pipelines than colours leave the last ones out of the curves', async () => {
    const data = simulatedRun({ rows: 200, pipelines: Array.from({ length: 10 }, (_, i) => [`p${i}`, 4 - i * 0.3] as const) });
    const svg = (await rocSvg(data)) as string;
    expect(svg).toContain('>p7</text>');
    expect(svg).not.toContain('>p8</text>');
  });
});

describe('charts of a hundred thousand rows', () => {
  const data = simulatedRun({ rows: 100_000, pipelines: [['a', 2], ['b', 1.5], ['c', 1]] });

  test.each(classification)('the %s chart stays below 200 KB', async (_, draw) => {
    const svg = await draw(data);
    expectPlainSvg(svg);
    expect(svg.length).toBeLessThan(200_000);
  });
});

describe('charts of a regression', () => {
  test.each(regression)('the %s chart is plain SVG, and the same bytes each time', async (_, draw) => {
    const data = simulatedRegression(200);
    const svg = await draw(data);
    expectPlainSvg(svg);
    expect(await draw(data)).toBe(svg);
  });

  test.each(regression)('the %s chart of fifty thousand rows stays below 200 KB', async (_, draw) => {
    const svg = await draw(simulatedRegression(50_000));
    expectPlainSvg(svg);
    expect(svg.length).toBeLessThan(200_000);
  });

  test('has no classification charts', async () => {
    for (const draw of [rocSvg, prSvg, confusionSvg, scoreDistributionSvg, calibrationSvg]) expect(await draw(simulatedRegression(50))).toBeUndefined();
  });
});
