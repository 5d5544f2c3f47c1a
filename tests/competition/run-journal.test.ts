import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkUnchanged, interruptedRun, RunJournal, type JournalHead, type JournalPlace } from '../../src/competition/run-journal.ts';
import type { FoldEvaluation } from '../../src/model-selection/evaluate-variants.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'refit-journal-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

const head: JournalHead = {
  started: '2026-01-02T03:04:05.678Z',
  options: { pipelines: ['p'], seed: 0, search: false },
  hashes: { train: 'a', test: 'b', target: 'c', folds: 'd', metric: 'e' },
  versions: {},
  steps: 2,
};
const changes: [string, object, string][] = [
  ['training file', { hashes: { ...head.hashes, train: 'z' } }, 'the training file'],
  ['test file', { hashes: { ...head.hashes, test: 'z' } }, 'the test file'],
  ['target', { hashes: { ...head.hashes, target: 'z' } }, 'the target'],
  ['folds', { hashes: { ...head.hashes, folds: 'z' } }, 'how rows are dealt to folds'],
  ['metric', { hashes: { ...head.hashes, metric: 'z' } }, 'the metric'],
  ['version', { versions: { refit: '2.0.0' } }, 'refit (1.0.0, now 2.0.0)'],
];

test.each(changes)('a run does not go on after a change of its %s', (_, change, named) => {
  const interrupted = { ...head, versions: { refit: '1.0.0' }, folder: '', process: { pid: 1, host: '', since: '' }, done: 1 };
  expect(() => checkUnchanged(interrupted, interrupted)).not.toThrow();
  expect(() => checkUnchanged(interrupted, { ...interrupted, ...change })).toThrow(`Run: the run of ${head.started} cannot go on, since ${named} changed after it was interrupted. Run without --resume.`);
});

const split = { train: Int32Array.of(1, 2), test: Int32Array.of(0) };
const place = (fold: number, code = 'x'): JournalPlace => ({ pipeline: 'p', candidate: 0, fold, code });
const evaluation = (fold: number) =>
  ({
    result: { fold, scores: { r2: -0, rmse: Number.NaN }, fitSeconds: 1, scoreSeconds: 2, learnedNumbers: 3, notes: [], ...split },
    prediction: { values: Float64Array.of(0.1, -Infinity) },
  }) as unknown as FoldEvaluation;

test('gives back what it kept to the last bit, and nothing of other code', () => {
  new RunJournal(parent, head, undefined).keep(place(0), evaluation(0));
  const journal = new RunJournal(parent, head, interruptedRun(parent));
  expect(journal.find(place(0), split)).toEqual(evaluation(0));
  expect(journal.find(place(0, 'y'), split)).toBeUndefined();
  expect(journal.find(place(1), split)).toBeUndefined();
});

test('says where it could not write, and leaves no half of a file', () => {
  const journal = new RunJournal(parent, head, undefined);
  journal.keep(place(0), evaluation(0));
  mkdirSync(join(journal.folder, 'p.0.1.json'));
  expect(() => journal.keep(place(1), evaluation(1))).toThrow(/^Run: what is done so far cannot be kept in .*\.unfinished.*, got .*\. Make room, or choose another folder with --out\.$/);
  expect(readdirSync(journal.folder).sort()).toEqual(['p.0.0.json', 'p.0.1.json', 'run.json']);
});
