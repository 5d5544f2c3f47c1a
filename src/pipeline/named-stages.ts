import { OptionError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show } from '../core/show.ts';
import type { Stage, Step } from './stage.ts';

/** @throws OptionError unless steps are pairs of a distinct, non-empty name and a stage. */
export function checkSteps(owner: string, steps: readonly Step[]): void {
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new OptionError(`${owner}: steps must be at least one [name, stage], got ${show(steps)}.`);
  }
  const seen = new Set<string>();
  for (const step of steps) {
    const [name, stage] = Array.isArray(step) ? step : [];
    if (typeof name !== 'string' || name === '' || name.includes('.') || name === '__proto__') {
      throw new OptionError(`${owner}: a step's name must be text without dots, got ${show(name)}.`);
    }
    if (seen.has(name)) throw new OptionError(`${owner}: step names must be distinct, "${name}" stands twice.`);
    if (typeof (stage as Stage | undefined)?.fit !== 'function' || typeof stage.clone !== 'function') {
      throw new OptionError(`${owner}: step "${name}" must be an estimator, got ${show(stage)}. Write new before its class name.`);
    }
    seen.add(name);
  }
}

/** Unfitted copies of the steps, with the options of some changed. @throws OptionError for a name no step has. */
export function changeSteps(owner: string, steps: readonly Step[], changes: Readonly<Record<string, unknown>>): Step[] {
  const names = steps.map(([name]) => name);
  for (const name of Object.keys(changes)) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    throw new OptionError(`${owner}: there is no step ${name}.${near ? ` Did you mean ${near}?` : ''} Steps are ${names.join(', ')}.`);
  }
  return steps.map(([name, stage]) => [name, changes[name] === undefined ? stage.clone() : stage.with(changes[name])]);
}

/** One record with a value per step. */
export function byName<T>(steps: readonly Step[], value: (stage: Stage) => T): Record<string, T> {
  return Object.fromEntries(steps.map(([name, stage]) => [name, value(stage)]));
}
