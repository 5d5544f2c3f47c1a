import { jest } from '@jest/globals';
import { reportProgress } from '../../src/cli/report-progress.ts';
import type { RunEvent } from '../../src/competition/run-competition.ts';

/** What events of pipelines with three folds and so many candidates make of standard error, a line each. */
function shown(better: 'higher' | 'lower', candidates: Record<string, number>, events: readonly RunEvent[]): string[] {
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text).trimEnd()) > 0);
  try {
    const listen = reportProgress('loss', better);
    for (const [pipeline, count] of Object.entries(candidates)) listen({ type: 'pipeline', pipeline, nSplits: 3, candidates: count, steps: 3 * count });
    // Folds of an earlier run are told of before any begins.
    for (const event of events.filter(({ type }) => type === 'resume')) listen(event);
    listen({ type: 'start', steps: 3 });
    for (const event of events.filter(({ type }) => type !== 'resume')) listen(event);
  } finally {
    write.mockRestore();
  }
  return lines;
}
const fold = (pipeline: string, score: number, candidate = 0): RunEvent => ({ type: 'fold', pipeline, candidate, fold: 0, nSplits: 3, score, seconds: 1 });

test('beside a pipeline stands the mean of its folds so far, in the end that of the leaderboard', () => {
  expect(shown('lower', { a: 1, b: 1 }, [fold('a', 0.5), fold('b', 1), fold('a', 0.7), fold('a', 0.9)])).toEqual(['a 1/3 loss 0.5000', 'b 1/3 loss 1.0000', 'a 2/3 loss 0.6000', 'a 3/3 loss 0.7000']);
});

test('folds of the run that is gone on with count too', () => {
  const resume: RunEvent = { type: 'resume', started: 'yesterday', steps: { a: 2 }, scores: { a: [[0.5, 0.7]] } };
  expect(shown('lower', { a: 1 }, [resume, fold('a', 0.9)])).toEqual(['going on with the run of yesterday: 2 of 3 folds are done', 'a 3/3 loss 0.7000']);
});

test.each([['lower', '0.2000', '0.2000'], ['higher', '0.2000', '0.4000']] as const)('of a search stands the best candidate that is done, where %s is better', (better, first, second) => {
  const events = [fold('a', 0.1), fold('a', 0.2), fold('a', 0.4, 1), fold('a', 0.3), fold('a', 0.4, 1), fold('a', 0.4, 1)];
  expect(shown(better, { a: 2 }, events)).toEqual(['a 1/6', 'a 2/6', 'a 3/6', `a 4/6 best loss ${first}`, `a 5/6 best loss ${first}`, `a 6/6 best loss ${second}`]);
});

test('bars stand on a terminal from the start, and the time is that since then', () => {
  const { isTTY } = process.stderr;
  const written: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  let time = 5000;
  try {
    process.stderr.isTTY = true;
    const listen = reportProgress('loss', 'lower', () => time);
    listen({ type: 'pipeline', pipeline: 'a', nSplits: 3, candidates: 1, steps: 3 });
    listen({ type: 'start', steps: 3 });
    expect(written.join('')).toContain('0/3');
    time = 8000;
    listen(fold('a', 0.5));
  } finally {
    process.stderr.isTTY = isTTY;
    write.mockRestore();
  }
  expect(written.join('')).toContain('1 of 3 folds in 3.00 s, about 6.00 s left');
});
