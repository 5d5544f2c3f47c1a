import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerWarnings } from '../../src/competition/ledger-warnings.ts';
import { readLedger, withEntry, writeLedger, type LedgerEntry } from '../../src/competition/ledger.ts';
import { drawChart } from '../../src/report/draw-chart.ts';
import { ledgerChart } from '../../src/report/ledger-chart.ts';

const entry = (cv: number | null, publicScore: number | null, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  uploaded: '2026-01-02T03:04:05.000Z',
  run: '2026-01-02_03-04-05',
  pipeline: 'plain',
  file: 'outputs/a, b/submission.csv',
  sha256: `${cv} ${publicScore}`,
  metric: 'accuracy',
  cv,
  cvStd: cv === null ? null : 0.01,
  publicScore,
  privateScore: null,
  status: 'by hand',
  ref: null,
  message: null,
  ...changes,
});

describe('a ledger', () => {
  test('comes back from its file as it was written, and is empty where there is none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'refit-ledger-'));
    const path = join(folder, 'mail/ledger.csv');
    const entries = [entry(0.8123456789012345, null, { message: 'say "hi", twice' }), entry(null, 0.7, { ref: '007', run: null, pipeline: null, status: 'complete' })];
    expect(await readLedger(path)).toEqual([]);
    await writeLedger(path, entries);
    expect(await readLedger(path)).toEqual(entries);
    writeFileSync(path, 'uploaded,run\nx,y\n');
    await expect(readLedger(path)).rejects.toThrow(/ledger\.csv must have the columns .*are missing\. Correct it, or move it away\./);
    rmSync(folder, { recursive: true });
  });

  test('knows a file that was uploaded before, and keeps what was known of it', () => {
    const first = entry(0.8, null, { sha256: 'x', ref: '5', status: 'pending' });
    const again = entry(0.8, 0.79, { sha256: 'x', uploaded: '2027-01-01T00:00:00.000Z', status: 'complete' });
    expect(withEntry([first], again)).toEqual([{ ...first, publicScore: 0.79, status: 'complete' }]);
    expect(withEntry([again], entry(0.7, 0.7)).map(({ cv }) => cv)).toEqual([0.7, 0.8]);
  });
});

describe('ledgerWarnings', () => {
  test('has nothing to say where both scores agree, or one is not known', () => {
    expect(ledgerWarnings([entry(0.8, 0.81), entry(0.82, 0.83), entry(0.84, 0.85), entry(0.86, 0.87)], 'higher')).toEqual([]);
    expect(ledgerWarnings([entry(0.8, null), entry(null, 0.1)], 'higher')).toEqual([]);
  });

  test('tells of an upload that is far from what cross-validation said', () => {
    expect(ledgerWarnings([entry(0.9, 0.8)], 'higher')).toEqual(['2026-01-02_03-04-05 (plain) scored 0.8000 on the leaderboard where cross-validation said 0.9000: worse by 0.1000, 10 times the spread of its folds.']);
    expect(ledgerWarnings([entry(0.9, 0.8)], 'lower')[0]).toContain('better by 0.1000');
  });

  test('takes the gap of earlier uploads into account', () => {
    const usual = [entry(0.8, 0.78), entry(0.82, 0.8), entry(0.84, 0.82)];
    expect(ledgerWarnings([...usual, entry(0.86, 0.84)], 'higher')).toEqual([]);
    expect(ledgerWarnings([...usual, entry(0.95, 0.86)], 'higher')).toEqual([expect.stringContaining('scored 0.8600 on the leaderboard where 0.9300 was to be expected after the earlier ones: worse by 0.0700')]);
  });

  test('tells when the orders differ, and which upload each of them likes best', () => {
    const warnings = ledgerWarnings([entry(0.8, 0.815), entry(0.805, 0.81), entry(0.81, 0.805), entry(0.815, 0.8, { pipeline: 'deep' })], 'higher');
    expect(warnings[0]).toMatch(/^Cross-validation and leaderboard order the 4 uploads differently \(Kendall's τ -1\.00\)/);
    expect(warnings[1]).toMatch(/^2026-01-02_03-04-05 \(plain\) is the best on the leaderboard, 2026-01-02_03-04-05 \(deep\) by cross-validation\./);
  });
});

test('the chart shows uploads with both scores, by the number they have in the ledger', async () => {
  const chart = ledgerChart([entry(0.8, null), entry(0.82, 0.81)], { name: 'mail', metric: 'accuracy' });
  expect(chart?.label).toBe('accuracy by cross-validation and on the leaderboard. Upload 2: 0.8200, 0.8100.');
  expect(await drawChart(chart as NonNullable<typeof chart>, 'file')).toMatch(/^<svg [^]*<\/svg>\n$/);
  expect(ledgerChart([entry(0.8, null)], { name: 'mail', metric: 'accuracy' })).toBeUndefined();
});
