import type { Labels } from '../core/labels.ts';
import { completeOptions, type Rules } from '../core/rules.ts';
import type { ClassCounts } from './class-counts.ts';
import { defineMetric, type Metric } from './metric.ts';
import type { Average, ZeroDivision } from './metric-rules.ts';
import type { ScoreRows } from './score-matrix.ts';
import { averagedCounts, type ClassScoreOptions } from './precision-recall-fscore-support.ts';

/** A metric over labels that is one number, or with `average: null` one per class. */
export interface AveragedMetric<Options extends ClassScoreOptions> {
  (yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options?: Options & { average?: Average }): number;
  (yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options: Options & { average: null }): Float64Array;
}

/**
 * Makes a metric of what it computes from counts. `compute` gets the counts of the positive label, of all
 * labels added up, of each label or of each row, as `average` asks, and complete options; it averages what it finds.
 */
export function averagedMetric<Options extends ClassScoreOptions>(
  name: string,
  metricName: string,
  rules: Rules<Options>,
  compute: (counts: ClassCounts, options: Readonly<Required<Options>> & { average: Average | null; zeroDivision: ZeroDivision }) => number | Float64Array,
): Metric<AveragedMetric<Options>> {
  return defineMetric(
    { metricName, better: 'higher', range: [0, 1], needs: 'labels' },
    ((yTrue: Labels | ScoreRows, yPred: Labels | ScoreRows, options: object = {}) => {
      const complete = completeOptions<Options>(name, options, rules);
      return compute(averagedCounts(name, yTrue, yPred, complete as ClassScoreOptions), complete as Parameters<typeof compute>[1]);
    }) as AveragedMetric<Options>,
  );
}
