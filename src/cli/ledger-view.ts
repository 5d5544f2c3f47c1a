import { join, relative } from 'node:path';
import type { LedgerEntry } from '../competition/ledger.ts';
import { ledgerWarnings } from '../competition/ledger-warnings.ts';
import { textTable } from './text-table.ts';

/** Draws the ledger's chart beside it; nothing where no upload has both scores. @returns paths of the files */
export async function writeLedgerChart(entries: readonly LedgerEntry[], competition: { name: string; metric: string }, folder: string): Promise<string[]> {
  const { ledgerChart } = await import('../report/ledger-chart.ts');
  const chart = ledgerChart(entries, competition);
  if (chart === undefined) return [];
  const { drawChart } = await import('../report/draw-chart.ts');
  const { svgToPng } = await import('../report/svg-to-png.ts');
  const { writeFileAtomically } = await import('../table/write-file-atomically.ts');
  const svg = await drawChart(chart, 'file');
  const files: [string, string | Uint8Array][] = [['ledger.svg', svg], ['ledger.png', await svgToPng(svg)]];
  for (const [name, content] of files) await writeFileAtomically(join(folder, name), content);
  return files.map(([name]) => join(folder, name));
}

/** The ledger as the terminal shows it, with what parts cross-validation and leaderboard. */
export function ledgerText(entries: readonly LedgerEntry[], better: 'higher' | 'lower', charts: readonly string[]): string {
  if (entries.length === 0) return 'Nothing has been uploaded yet. refit ledger <competition> --run <run> --score <public score> enters an upload by hand.\n';
  const score = (value: number | null): string => (value === null ? '–' : value.toFixed(4));
  const rows = entries.map(({ uploaded, run, file, pipeline, cv, cvStd, publicScore, privateScore, status }, i) => [
    `${String(i + 1).padStart(2)}  ${uploaded.slice(0, 16).replace('T', ' ')}`,
    run ?? file,
    pipeline ?? '–',
    cv === null ? '–' : `${cv.toFixed(4)} ± ${(cvStd ?? 0).toFixed(4)}`,
    score(publicScore),
    cv === null || publicScore === null ? '–' : `${publicScore >= cv ? '+' : '−'}${Math.abs(publicScore - cv).toFixed(4)}`,
    score(privateScore),
    status,
  ]);
  return [
    textTable(['    uploaded (UTC)', 'run', 'pipeline', 'cross-validation', 'public', 'public − cv', 'private', 'status'], rows),
    '',
    ...ledgerWarnings(entries, better).map((warning) => `Warning: ${warning}`),
    ...charts.slice(0, 1).map((chart) => `  chart  ${relative(process.cwd(), chart)}`),
    '',
  ].join('\n');
}
