/** What a metric compares y with. */
export type MetricNeeds =
  /** predicted labels */
  | 'labels'
  /** class probabilities */
  | 'probabilities'
  /** scores that rank: decision values or probabilities of the positive class */
  | 'scores'
  /** predicted numbers */
  | 'values';

/** What a metric says of itself. */
export interface MetricInfo {
  /** The scorer name: scikit-learn's in camelCase, without the `neg` prefix. */
  readonly metricName: string;
  /** Whether a larger or a smaller value is better. */
  readonly better: 'higher' | 'lower';
  /** Smallest and largest possible value. */
  readonly range: readonly [number, number];
  readonly needs: MetricNeeds;
}

/** A metric is a plain function (yTrue, yPred, options) → number that also carries its MetricInfo. */
export type Metric<F> = F & MetricInfo;

/** Attaches its MetricInfo to a metric function. */
export function defineMetric<F extends (...args: any[]) => unknown>(info: MetricInfo, compute: F): Metric<F> {
  return Object.assign(compute, info);
}
