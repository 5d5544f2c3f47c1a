import { compareRuns, whyNot } from '../../src/competition/compare-runs.ts';
import { differenceSentence } from '../../src/competition/difference-sentence.ts';
import type { StoredRun } from '../../src/competition/stored-run.ts';
import { pairedDifference } from '../../src/model-selection/paired-difference.ts';
import { comparisonHtml } from '../../src/report/comparison-html.ts';
import { simulatedRegression, simulatedRun } from '../report/simulated-run.ts';

/** A stored run of simulated pipelines; `changes` go into the record. */
function stored(name: string, pipelines: [string, number][], changes: (record: StoredRun['record']) => void = () => {}): StoredRun {
  const { record, times } = simulatedRun({ pipelines, rows: 600 });
  record.pipelines = record.pipelines.map((pipeline) => ({ ...pipeline, code: `${pipeline.name} 1` }));
  changes(record);
  return { name, folder: `/outputs/spam-detector/${name}`, record, times };
}

describe('compareRuns', () => {
  test('ranks pipelines of several runs and pairs their folds with the best', () => {
    const { pipelines, leftOut } = compareRuns([stored('2026-01-01', [['a', 2]]), stored('2026-01-02', [['b', 3], ['c', 1]])]);
    expect(pipelines.map(({ label, run }) => [label, run])).toEqual([['b', '2026-01-02'], ['a', '2026-01-01'], ['c', '2026-01-02']]);
    expect(leftOut).toEqual([]);
    expect(pipelines[0].behind).toBeUndefined();
    expect(pipelines[2].behind).toEqual(pairedDifference(pipelines[0].score.folds, pipelines[2].score.folds, { testShare: 1 / 4 }));
    expect(pipelines[2].behind?.mean).toBeCloseTo(pipelines[0].score.mean - pipelines[2].score.mean, 12);
  });

  test('takes the same pipeline once, in its newest run, and tells versions of one name apart', () => {
    const again = compareRuns([stored('one', [['a', 2]]), stored('two', [['a', 2]])]);
    expect(again.pipelines.map(({ label, run }) => [label, run])).toEqual([['a', 'two']]);
    const changed = compareRuns([stored('one', [['a', 2]], (record) => (record.pipelines[0].code = 'a 0')), stored('two', [['a', 3]])]);
    expect(changed.pipelines.map(({ label }) => label)).toEqual(['a (two)', 'a (one)']);
  });

  test('counts a lower score as better where the metric says so', () => {
    const { record, times } = simulatedRegression(300);
    const { pipelines } = compareRuns([{ name: 'run', folder: '', record, times }]);
    expect(pipelines.map(({ label }) => label)).toEqual(['ridge', 'mean']);
    expect(pipelines[1].behind?.low).toBeGreaterThan(0);
  });

  test.each<[string, (record: StoredRun['record']) => void, string]>([
    ['another training file', (r) => (r.hashes.train = 'x'), 'its training file was another'],
    ['another target', (r) => ((r.hashes.target = 'x'), (r.competition.target = 'kind')), 'its target was another (kind, not label)'],
    ['another seed', (r) => ((r.hashes.folds = 'x'), (r.seed = 7)), 'its rows were dealt to other folds (seed 7, not 43)'],
    ['another number of folds', (r) => ((r.hashes.folds = 'x'), (r.cv.nSplits = 10)), 'its rows were dealt to 10 folds, not 5'],
    ['another metric', (r) => ((r.hashes.metric = 'x'), (r.competition.metric = 'f1')), 'it ranked by f1, not by accuracy'],
  ])('leaves a run with %s out, and says why', (_, change, reason) => {
    const old = stored('old', [['a', 9]], change);
    const now = stored('now', [['b', 1]]);
    expect(compareRuns([old, now])).toMatchObject({ pipelines: [{ label: 'b' }], leftOut: [{ run: 'old', reason }] });
    expect(whyNot(now.record, now.record)).toBeUndefined();
  });

  test('puts a pipeline without a defined score last, without a difference', () => {
    const run = stored('run', [['a', 2], ['b', 1]], ({ pipelines }) => (pipelines[0].scores.accuracy = { mean: Number.NaN, std: Number.NaN, folds: [0.9, Number.NaN, 0.9, 0.9, 0.9] }));
    const { pipelines } = compareRuns([run]);
    expect(pipelines.map(({ label, behind }) => [label, behind])).toEqual([['b', undefined], ['a', undefined]]);
  });

  test('needs a run', () => {
    expect(() => compareRuns([])).toThrow('Compare: there must be at least one run, got none. Run refit run <competition> first.');
  });
});

describe('differenceSentence', () => {
  const sentence = (a: number[], b: number[], metric = 'accuracy'): string =>
    differenceSentence('x', 'y', pairedDifference(a, b, { testShare: 0.25 }), a.length, metric);
  test.each([
    [sentence([0.9, 0.92, 0.91, 0.93, 0.9], [0.8, 0.81, 0.82, 0.8, 0.79]), 'x is ahead of y by 10.80 ± 2.76 points; it is better in 5 of 5 folds. The difference is larger than chance in the choice of rows explains (95 %).'],
    [sentence([0.9, 0.92, 0.91], [0.9, 0.9, 0.92]), 'x is ahead of y by 0.33 ± 5.02 points; it is better in 1 of 3 folds and level in 1. The folds do not tell them apart: on other rows the order may turn.'],
    [sentence([0.9, 0.9], [0.9, 0.9]), 'x and y have the same score in every fold.'],
    [sentence([0.9, 0.8], [0.8, 0.9]), 'x and y are level (0.00 ± 155.62 points); the first is better in 1 of 2 folds, the second in 1.'],
    [sentence([0.5, 0.6, 0.55, 0.5], [0.4, 0.45, 0.5, 0.4], 'logLoss'), 'x is ahead of y by 0.1000 ± 0.0919; it is better in 4 of 4 folds. The difference is larger than chance in the choice of rows explains (95 %).'],
  ])('says %s', (said, expected) => {
    expect(said).toBe(expected);
  });
});

describe('comparisonHtml', () => {
  test('is one page that loads nothing, the same bytes for the same data', async () => {
    const comparison = compareRuns([stored('old', [['a <b>', 9]], ({ hashes }) => (hashes.train = 'x')), stored('now', [['a <b>', 3], ['c', 1]])]);
    const page = await comparisonHtml(comparison);
    expect(page).toBe(await comparisonHtml(comparison));
    expect(page).not.toMatch(/<script|<link|<img|src=|href="(?!#)|url\(/);
    expect(page).not.toContain('<b>');
    expect(page).toContain('<li>old: its training file was another</li>');
    expect(page).toContain('5 of 5');
  });
});
