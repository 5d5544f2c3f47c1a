import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyFigure, writeHistoryChart, type nn } from '../../src/index.ts';

const history = (losses: readonly number[], validation: readonly number[] | null, more: Partial<nn.History> = {}): nn.History => ({
  epochs: losses.map((loss, i): nn.EpochRecord => ({ epoch: i + 1, loss, validationLoss: validation?.[i] ?? null, metrics: validation ? { accuracy: 0.5 + i / 10 } : ({} as Record<string, number>), learningRate: 1e-3, gradNorm: 1 })),
  bestEpoch: 2,
  stoppedEarly: false,
  notes: [],
  ...more,
});

test('shows both losses, the best epoch and its metrics, in words too', async () => {
  const svg = await historyFigure(history([1.5, 1, 0.5], [1.4, 1.2, 1.3], { stoppedEarly: true }), { title: 'Digits' });
  expect(svg).toContain('>Digits<');
  expect(svg).toContain('aria-label="Digits. training loss from 1.5000 to 0.5000; validation loss from 1.4000 to 1.3000; best epoch 2 of 3."');
  for (const text of ['Best is epoch 2; training ended early', 'accuracy 0.6000', '1.0000 in epoch 2', '1.2000 in epoch 2']) expect(svg.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).toContain(text);
});

test('draws a point for a single epoch, and nothing of a validation that was not there', async () => {
  const svg = await historyFigure(history([0.7], null, { bestEpoch: 1 }));
  expect(svg).toContain('<circle');
  expect(svg).not.toContain('validation');
});

test('uses a logarithmic scale where losses differ much, with each power of ten marked', async () => {
  const text = (svg: string): string => svg.replace(/<[^>]*>/g, ' ');
  expect(text(await historyFigure(history([4000, 200, 2], null)))).toMatch(/logarithmic.*\b10k\b|logarithmic.*\b1k\b/s);
  expect(text(await historyFigure(history([4, 2, 1], null)))).not.toContain('logarithmic');
});

test('the same history gives the same bytes', async () => {
  const one = history([1, 0.5, 0.4], [1, 0.9, 0.8]);
  expect(await historyFigure(one)).toBe(await historyFigure(structuredClone(one)));
});

test('writes SVG and PNG, and refuses other endings and an empty history', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'refit-history-'));
  try {
    await writeHistoryChart(join(folder, 'a.png'), history([1, 0.5], null));
    expect(readFileSync(join(folder, 'a.png')).subarray(1, 4).toString()).toBe('PNG');
    await writeHistoryChart(join(folder, 'a.svg'), history([1, 0.5], null));
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toMatch(/^<svg /);
    await expect(writeHistoryChart('a.pdf', history([1], null))).rejects.toThrow('writeHistoryChart: file must end in .svg or .png, got "a.pdf".');
    await expect(historyFigure(history([], null))).rejects.toThrow('historyFigure: history must have at least one epoch, got none.');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
