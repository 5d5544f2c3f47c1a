import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rocAucScore } from '../../src/metrics/roc-auc-score.ts';
import { rocFigure, writeRocChart } from '../../src/report/write-roc-chart.ts';

const y = ['ham', 'spam', 'ham', 'spam', 'spam', 'ham'];
const scores = [0.1, 0.9, 0.6, 0.4, 0.8, 0.2];

describe('rocFigure', () => {
  test('has the AUC, the title and the name of the positive label', async () => {
    const svg = await rocFigure(y, scores, { title: 'Count & logistic' });
    const auc = rocAucScore(y.map((label) => Number(label === 'spam')), scores);
    expect(svg).toContain(`AUC ${auc.toFixed(4)}`);
    expect(svg).toContain('Count &amp; logistic');
    expect(svg).toContain('ROC of spam');
  });

  test('turns around with the other label', async () => {
    const svg = await rocFigure(y, scores, { posLabel: 'ham' });
    expect(svg).toContain(`AUC ${(1 - rocAucScore(y.map((label) => Number(label === 'spam')), scores)).toFixed(4)}`);
  });

  test('takes typed arrays of numbers', async () => {
    expect(await rocFigure(Int32Array.of(0, 1, 0, 1), Float64Array.of(0, 1, 0, 1))).toContain('AUC 1.0000');
  });

  test('refuses what has no ROC curve, and says what to do', async () => {
    await expect(rocFigure(y, [1, 2])).rejects.toThrow('rocFigure: yTrue and yScore must be of one length, got 6 and 2.');
    await expect(rocFigure(['a', 'a'], [1, 2])).rejects.toThrow('rocFigure: yTrue must hold two labels or more, got "a".');
    await expect(rocFigure(['a', 'b', 'c'], [1, 2, 3])).rejects.toThrow('rocFigure: posLabel must be given');
    await expect(rocFigure(y, scores, { posLabel: 'eggs' })).rejects.toThrow('rocFigure: posLabel must be one of "ham", "spam", got "eggs".');
  });
});

describe('writeRocChart', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refit-roc-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('writes SVG or PNG by the ending', async () => {
    await writeRocChart(join(folder, 'roc.svg'), y, scores);
    await writeRocChart(join(folder, 'roc.png'), y, scores, { scale: 1 });
    expect(await readFile(join(folder, 'roc.svg'), 'utf8')).toBe(await rocFigure(y, scores));
    expect((await readFile(join(folder, 'roc.png'))).readUInt32BE(16)).toBe(440);
  });

  test('refuses another ending before it writes', async () => {
    await expect(writeRocChart(join(folder, 'roc.gif'), y, scores)).rejects.toThrow('writeRocChart: file must end in .svg or .png');
    await expect(readFile(join(folder, 'roc.gif'))).rejects.toThrow('ENOENT');
  });
});
