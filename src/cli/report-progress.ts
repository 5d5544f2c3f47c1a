import type { RunEvent } from '../competition/run-competition.ts';
import { Progress } from './progress.ts';

/**
 * A listener that shows a run's events on standard error: bars on a terminal, else a plain line each. Beside a pipeline
 * stands its mean score over the folds so far, so that the last one is the leaderboard's; of a search the best candidate's.
 * @param now milliseconds of a clock
 */
export function reportProgress(metric: string, better: 'higher' | 'lower', now: () => number = () => performance.now()): (event: RunEvent) => void {
  const pipelines = new Map<string, { steps: number; nSplits: number; scores: number[][] }>();
  let resumed: Readonly<Record<string, number>> = {};
  let progress: Progress | undefined;
  const line = (text: string): void => {
    progress?.end();
    process.stderr.write(`${text}\n`);
  };
  const scoreOf = (pipeline: string): string => {
    const { nSplits, scores } = pipelines.get(pipeline)!;
    if (scores.length === 1) return `${metric} ${mean(scores[0]).toFixed(4)}`;
    const means = scores.filter((folds) => folds.length === nSplits).map(mean);
    return means.length === 0 ? '' : `best ${metric} ${(better === 'higher' ? Math.max : Math.min)(...means).toFixed(4)}`;
  };
  return (event) => {
    if (event.type === 'data') line(`${event.trainRows} training rows, ${event.testRows} test rows`);
    if (event.type === 'pipeline') pipelines.set(event.pipeline, { steps: event.steps, nSplits: event.nSplits, scores: Array.from({ length: event.candidates }, () => []) });
    const steps = Object.fromEntries([...pipelines].map(([name, pipeline]) => [name, pipeline.steps]));
    if (event.type === 'resume') {
      resumed = event.steps;
      for (const [name, scores] of Object.entries(event.scores)) pipelines.get(name)!.scores = scores.map((folds) => [...folds]);
      const count = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
      line(`going on with the run of ${event.started}: ${count(resumed)} of ${count(steps)} folds are done`);
    }
    if (event.type === 'start') {
      progress = new Progress(steps, 'folds', process.stderr, now);
      progress.resume(resumed);
      progress.show();
    }
    if (event.type === 'fold') {
      pipelines.get(event.pipeline)!.scores[event.candidate].push(event.score);
      progress!.step(event.pipeline, scoreOf(event.pipeline));
    }
    if (event.type === 'refit') line(`refitting ${event.pipeline} on all ${event.rows} rows`);
    if (event.type === 'diagnose') line(`looking at what ${event.pipeline} leans on`);
  };
}

const mean = (scores: readonly number[]): number => scores.reduce((sum, score) => sum + score, 0) / scores.length;

/** A listener that writes each event as one line of JSON to standard error, for tools. */
export function writeEvents(event: RunEvent): void {
  process.stderr.write(`${JSON.stringify(event)}\n`);
}
