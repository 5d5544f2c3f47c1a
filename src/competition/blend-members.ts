import { CompetitionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { compareRuns, whyNot, type ComparedPipeline } from './compare-runs.ts';
import { isBlend } from './is-blend.ts';
import type { OutOfFold, RunRecord } from './run-record.ts';
import type { TestPrediction } from './test-prediction.ts';
import { readPredictions, type StoredPredictions, type StoredRun } from './stored-run.ts';

/** A pipeline that is blended, with what it said. */
export interface BlendMember extends ComparedPipeline {
  readonly outOfFold: OutOfFold;
  readonly test: TestPrediction;
  readonly seconds: { fit: number[]; score: number[] };
}

export interface BlendMembers {
  readonly members: BlendMember[];
  /** The newest run, which the others agree with in data, folds and metric. */
  readonly reference: RunRecord;
  /** Runs that could not take part, and why. */
  readonly leftOut: { run: string; reason: string }[];
  /** Of the training rows: their ids and targets. */
  readonly ids: string[];
  readonly y: Label[];
  readonly testIds: string[];
}

/**
 * The pipelines of stored runs that can be blended: all but earlier blends, or those that are named.
 * @param runs the oldest first
 * @throws CompetitionError for fewer than two pipelines, or one that is not there
 */
export async function blendMembers(runs: readonly StoredRun[], names?: readonly string[]): Promise<BlendMembers> {
  const newest = runs.at(-1);
  const sameTest = runs.filter(({ record }) => newest !== undefined && (record.hashes.test === newest.record.hashes.test || whyNot(record, newest.record) !== undefined));
  const comparison = compareRuns(sameTest);
  const chosen = chooseMembers(comparison.pipelines, names);
  const read = new Map<string, StoredPredictions>();
  const members: BlendMember[] = [];
  for (const member of chosen) {
    const { run, record } = member;
    const stored = sameTest.find(({ name }) => name === run) as StoredRun;
    if (!read.has(run)) read.set(run, await readPredictions(stored));
    const { outOfFold, test } = read.get(run) as StoredPredictions;
    members.push({ ...member, outOfFold: outOfFold[record.name], test: test[record.name], seconds: stored.times.pipelines[record.name] });
  }
  const [{ ids, y, testIds }] = read.values();
  const otherTest = runs.filter((run) => !sameTest.includes(run)).map(({ name }) => ({ run: name, reason: 'its test file was another' }));
  return { members, reference: (newest as StoredRun).record, leftOut: [...comparison.leftOut, ...otherTest], ids, y, testIds };
}

function chooseMembers(all: readonly ComparedPipeline[], names: readonly string[] | undefined): ComparedPipeline[] {
  const possible = all.filter(({ record }) => !isBlend(record));
  const members = names === undefined ? possible : names.map((name) => {
    const found = possible.find(({ label, record }) => label === name || record.name === name);
    if (found === undefined) throw new CompetitionError(`Blend: there is no pipeline ${show(name)} among the runs that can be blended. There are ${showList(possible.map(({ label }) => label), 20) || 'none'}.`);
    return found;
  });
  if (members.length < 2) throw new CompetitionError(`Blend: there must be at least two pipelines to blend, got ${members.length}. Run more of them on the same data and folds.`);
  return members;
}
