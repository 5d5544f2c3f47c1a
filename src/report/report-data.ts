import type { Diagnostics } from '../competition/diagnostics.ts';
import type { OutOfFold, PipelineRecord, RunRecord, RunTimes } from '../competition/run-record.ts';
import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { showList } from '../core/show.ts';

/** What a report is made of: everything a run found out. */
export interface ReportData {
  record: RunRecord;
  times: RunTimes;
  /** The target of each training row. */
  y: ArrayLike<Label | number>;
  /** By pipeline name. */
  outOfFold: Readonly<Record<string, OutOfFold>>;
  /** What was worked out beyond scores; left out or null for none. */
  diagnostics?: Diagnostics | null;
}

/** The record of the pipeline that was refitted on all rows. @throws DataError when the record has no such pipeline. */
export function winnerOf({ record }: ReportData): PipelineRecord {
  const winner = record.pipelines.find((pipeline) => pipeline.name === record.winner);
  if (!winner) {
    throw new DataError(`report: the winner must be one of the record's pipelines ${showList(record.pipelines.map((p) => p.name))}, got ${record.winner}.`);
  }
  return winner;
}
