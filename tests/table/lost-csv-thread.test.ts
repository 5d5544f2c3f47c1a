import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { WorkerError } from '../../src/core/errors.ts';
import { hasEnded } from '../../src/core/has-ended.ts';
import { fileSource, type CsvSource } from '../../src/table/csv-source.ts';
import { defaultNaWords } from '../../src/table/na-words.ts';
import type { ColumnPlan, Workforce } from '../../src/table/read-large-csv.ts';
import { recordedThreads } from '../recorded-threads.ts';

type Team = NonNullable<Parameters<typeof readWith>[0]>;

const { started, ports, module } = recordedThreads();
jest.unstable_mockModule('node:worker_threads', module);
const { CsvControl } = await import('../../src/table/csv-job.ts');
const { CsvTeam } = await import('../../src/table/csv-team.ts');
const { readLargeCsv, readWith } = await import('../../src/table/read-large-csv.ts');

const folder = mkdtempSync(join(tmpdir(), 'refit-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'a.csv');
writeFileSync(path, `x,y\n${Array.from({ length: 200_000 }, (_, i) => `${i},name ${i}\n`).join('')}`);

const plans = (first: readonly string[]): ColumnPlan[] => first.map((name) => ({ name, kind: null, naWords: defaultNaWords }));
const read = (work: Workforce): unknown => readLargeCsv(() => fileSource(path), { delimiter: ',', quote: '"', header: true }, plans, 2 ** 12, work);
const lost = new WorkerError('readCsv: a thread that helped to read the file has ended in the middle of it, perhaps for want of memory. Read it again.');

/** Where a job's words say who is at work. */
const ACTIVE = 2;

/** Looks again and again, for some seconds at most. */
function until(isSo: () => boolean): void {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (let turns = 0; turns < 2000 && !isSo(); turns++) Atomics.wait(nothing, 0, 0, 5);
}

/** Ends a team's second thread when it is about to take a piece; this thread keeps it from that until it has ended. */
const endSecond = (team: Team): Workforce => (job, source, piece) => {
  const words = new Int32Array(job.control);
  let isEnded = false;
  const holding = Object.assign(Object.create(source) as CsvSource, {
    read: (...given: Parameters<CsvSource['read']>) => {
      if (!isEnded) {
        until(() => (Atomics.load(words, ACTIVE) & (1 << 2)) !== 0);
        void started[1].terminate();
        until(() => hasEnded(ports[1]));
        isEnded = true;
      }
      return source.read(...given);
    },
  });
  return readWith(team, job, holding, piece);
};

test('a thread that is ended in the middle of a file is told of, the others are ended with it, and the next file is read', async () => {
  const team = CsvTeam.start(3, 60_000)!;
  const exits = started.map((thread) => new Promise((resolve) => void thread.once('exit', resolve)));
  expect(() => read(endSecond(team))).toThrow(lost);
  expect(team.isWhole).toBe(false);
  await Promise.all(exits);
  const next = CsvTeam.start(2, 1)!;
  expect((read((...given) => readWith(next, ...given)) as [string, { values: Float64Array }][])[0][1].values).toHaveLength(200_000);
});

test('a team is not whole once a thread has ended between files', async () => {
  const team = CsvTeam.start(2, 60_000)!;
  expect(team.isWhole).toBe(true);
  await started.at(-1)!.terminate();
  expect(team.isWhole).toBe(false);
});

test('whoever waits for a lock that is never given back is asked whether that is in vain', () => {
  const held = new CsvControl(1);
  const waiting = new CsvControl(held.buffer);
  waiting.onWaiting = (active) => {
    throw new Error(`in vain: ${active}`);
  };
  held.enter(3);
  held.locked(() => expect(() => waiting.locked(() => 0)).toThrow('in vain: 8'));
});
