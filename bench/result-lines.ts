import type { Target } from './bench-item.ts';
import { growthExponent } from './growth-exponent.ts';
import type { Measured } from './measure-item.ts';

/** Titles of the columns. */
export const RESULT_HEAD = ['work', 'timed', 'ours', 'theirs', 'ratio', 'target', 'met', 'CPU', 'peak MB', 'same numbers'] as const;

/** The lines of the table, one per measurement, with one for the work alone and one for growth where they are known. */
export function resultLines(results: readonly Measured[]): string[][] {
  const lines: string[][] = [];
  for (const [i, result] of results.entries()) {
    const { item, size, ours, theirs } = result;
    lines.push([
      `${item.title}${size > 0 ? `: n = ${size}` : ''}`,
      item.timed,
      seconds(ours.wallSeconds),
      theirs ? `${seconds(theirs.wallSeconds)}${theirs.threads === undefined ? '' : ` ×${theirs.threads}`}` : '–',
      theirs ? ratio(ours.wallSeconds / theirs.wallSeconds) : '–',
      targetText(item.target),
      metText(result),
      theirs ? `${ratio(ours.cpuSeconds / theirs.cpuSeconds)} (${seconds(ours.cpuSeconds)})` : seconds(ours.cpuSeconds),
      theirs ? `${megabytes(ours.peakBytes)} / ${megabytes(theirs.peakBytes)}` : megabytes(ours.peakBytes),
      sameText(result),
    ]);
    if (ours.innerSeconds !== undefined) {
      const inner = theirs?.innerSeconds;
      lines.push([
        '  of that the call alone, cold',
        'call',
        seconds(ours.innerSeconds),
        inner === undefined ? '–' : seconds(inner),
        inner === undefined ? '–' : ratio(ours.innerSeconds / inner),
        '', '', '', '', '',
      ]);
    }
    if (size > 0 && results[i + 1]?.item !== item) lines.push(growthLine(results.filter((one) => one.item === item)));
  }
  return lines;
}

/** Whether every target of a measurement is met; undefined where there is none, or no peer to be held against. */
export function isMet({ item: { target }, ours, theirs }: Measured): boolean | undefined {
  const held: boolean[] = [];
  if (target.seconds !== undefined) held.push(ours.wallSeconds <= target.seconds);
  if (target.ratio !== undefined && theirs) held.push(ours.wallSeconds <= target.ratio * theirs.wallSeconds);
  if (target.memoryRatio !== undefined && theirs) held.push(ours.peakBytes <= target.memoryRatio * theirs.peakBytes);
  return held.length === 0 ? undefined : held.every(Boolean);
}

function growthLine(sizes: readonly Measured[]): string[] {
  const exponentOf = (side: 'ours' | 'theirs'): number =>
    growthExponent(sizes.map(({ size }) => size), sizes.map((one) => one[side]?.wallSeconds ?? NaN));
  const ours = exponentOf('ours');
  const theirs = exponentOf('theirs');
  const known = !Number.isNaN(ours) && !Number.isNaN(theirs);
  const text = (exponent: number): string => (Number.isNaN(exponent) ? '–' : `n^${exponent.toFixed(2)}`);
  return ['  time grows as', 'call', text(ours), text(theirs), '', '≤ theirs', known ? yesNo(ours <= theirs) : '–', '', '', ''];
}

function targetText({ ratio: share, memoryRatio, seconds: most }: Target): string {
  const parts = [
    share === undefined ? '' : `≤ ${share}`,
    most === undefined ? '' : `≤ ${most} s`,
    memoryRatio === undefined ? '' : `memory ≤ ${memoryRatio}`,
  ];
  return parts.filter((part) => part !== '').join(', ') || '–';
}

function metText(result: Measured): string {
  const met = isMet(result);
  return met === undefined ? '–' : yesNo(met);
}

function sameText({ differences }: Measured): string {
  if (differences === undefined) return '–';
  return differences.length === 0 ? 'yes' : `no: ${differences.join('; ')}`;
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const ratio = (value: number): string => value.toFixed(value < 0.1 ? 3 : 2);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
const seconds = (value: number): string => `${value < 0.1 ? value.toFixed(4) : value < 10 ? value.toFixed(3) : value.toFixed(1)} s`;
