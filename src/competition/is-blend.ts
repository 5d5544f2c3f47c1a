import type { PipelineRecord } from './run-record.ts';

/** What a blend is called, as a pipeline and as its only stage. */
export const BLEND = 'blend';

/** Whether a record is of a blend of pipelines: nothing of it was refitted. */
export const isBlend = ({ stages }: Pick<PipelineRecord, 'stages'>): boolean => stages[0]?.name === BLEND;
