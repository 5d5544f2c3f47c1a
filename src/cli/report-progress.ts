import type { RunEvent } from '../competition/run-competition.ts';
import { Progress } from './progress.ts';

/** A listener that shows a run's events on standard error: bars on a terminal, else a plain line each. */
export function reportProgress(metric: string): (event: RunEvent) => void {
  const steps: Record<string, number> = {};
  let resumed: Readonly<Record<string, number>> = {};
  let progress: Progress | undefined;
  const line = (text: string): void => {
    progress?.end();
    process.stderr.write(`${text}\n`);
  };
  return (event) => {
    if (event.type === 'data') line(`${event.trainRows} training rows, ${event.testRows} test rows`);
    if (event.type === 'pipeline') steps[event.pipeline] = event.steps;
    if (event.type === 'resume') {
      resumed = event.steps;
      const count = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
      line(`going on with the run of ${event.started}: ${count(resumed)} of ${count(steps)} folds are done`);
    }
    if (event.type === 'fold') {
      if (progress === undefined) (progress = new Progress(steps)).resume(resumed);
      progress.step(event.pipeline, `${metric} ${event.score.toFixed(4)}`);
    }
    if (event.type === 'refit') line(`refitting ${event.pipeline} on all ${event.rows} rows`);
    if (event.type === 'diagnose') line(`looking at what ${event.pipeline} leans on`);
  };
}

/** A listener that writes each event as one line of JSON to standard error, for tools. */
export function writeEvents(event: RunEvent): void {
  process.stderr.write(`${JSON.stringify(event)}\n`);
}
