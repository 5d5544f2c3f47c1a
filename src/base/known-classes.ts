import { DataError } from '../core/errors.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { show } from '../core/show.ts';

/**
 * The classes that a `partialFit` goes by: those of the calls before, else those given, ascending.
 * @throws DataError where there are neither, or both and they differ
 */
export function knownClasses(owner: string, before: readonly Label[] | undefined, given: Labels | undefined): readonly Label[] {
  if (given === undefined) {
    if (before) return before;
    throw new DataError(`${owner}: the first partialFit must be told all classes. Pass { classes: […] }.`);
  }
  const classes = uniqueLabels(owner, given);
  if (before && (classes.length !== before.length || classes.some((c, k) => c !== before[k]))) {
    throw new DataError(`${owner}: classes must stay ${before.map(show).join(', ')}, got ${classes.map(show).join(', ')}.`);
  }
  return classes;
}
