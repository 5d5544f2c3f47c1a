import { DataError, OptionError } from '../core/errors.ts';
import { encodeLabels, type Label, type Labels } from '../core/labels.ts';
import { custom, type Rule } from '../core/rules.ts';
import { show } from '../core/show.ts';

/**
 * How many rows classes are to have: 'auto' as many as the largest class for over-sampling, as the smallest for
 * under-sampling; 'minority', 'notMinority', 'notMajority', 'all': only those classes; a number in (0, 1]: that ratio of
 * the smaller to the larger of two classes; a Map or object: a number of rows for each label named.
 */
export type SamplingStrategy = 'auto' | 'minority' | 'notMinority' | 'notMajority' | 'all' | number | ReadonlyMap<Label, number> | Readonly<Record<string, number>>;

const WORDS = ['auto', 'minority', 'notMinority', 'notMajority', 'all'];
const isCount = (v: unknown): boolean => Number.isInteger(v) && (v as number) >= 0;

export const samplingStrategyRule = (): Rule<SamplingStrategy> =>
  custom<SamplingStrategy>(
    'auto',
    "'auto', 'minority', 'notMinority', 'notMajority', 'all', a number in (0, 1], or a Map or an object of label → rows",
    (v) =>
      WORDS.includes(v as string) ||
      (typeof v === 'number' && v > 0 && v <= 1) ||
      (v instanceof Map && [...v.values()].every(isCount)) ||
      (typeof v === 'object' && v !== null && !Array.isArray(v) && !(v instanceof Map) && Object.values(v).every(isCount)),
    2,
  );

/** The classes of y, with the rows of each and how many each is to have; null for one that stays as it is. */
export interface SamplingPlan {
  classes: readonly Label[];
  rowsOf: Int32Array[];
  wanted: (number | null)[];
}

/** @throws DataError for one class; OptionError for labels or numbers that do not go with y */
export function samplingPlan(owner: string, y: Labels | undefined, strategy: SamplingStrategy, kind: 'over' | 'under'): SamplingPlan {
  if (y == null) throw new DataError(`${owner}: y must be given, got ${show(y)}. Pass one label per row.`);
  const { classes, codes } = encodeLabels(owner, y);
  if (classes.length < 2) throw new DataError(`${owner}: y must have at least 2 classes, got ${classes.length === 0 ? 'none' : `only ${show(classes[0])}`}.`);
  const rowsOf = classes.map((_, k) => Int32Array.from(codes.keys()).filter((i) => codes[i] === k));
  const counts = rowsOf.map(({ length }) => length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const wanted = wantedRows(owner, classes, counts, strategy, kind);
  wanted.forEach((rows, k) => {
    if (rows === null) return;
    if (kind === 'over' ? rows >= counts[k] : rows <= counts[k]) return;
    const bound = kind === 'over' ? 'at least' : 'at most';
    throw new OptionError(`${owner}: samplingStrategy must ask for ${bound} the ${counts[k]} rows that ${show(classes[k])} has, got ${rows}. The classes have ${least} to ${most} rows.`);
  });
  return { classes, rowsOf, wanted };
}

function wantedRows(owner: string, classes: readonly Label[], counts: readonly number[], strategy: SamplingStrategy, kind: 'over' | 'under'): (number | null)[] {
  const [smallest, largest] = [counts.indexOf(Math.min(...counts)), counts.indexOf(Math.max(...counts))];
  const goal = counts[kind === 'over' ? largest : smallest];
  if (typeof strategy === 'string') {
    const chosen = strategy === 'auto' ? (kind === 'over' ? 'notMajority' : 'notMinority') : strategy;
    const isChosen = (k: number): boolean => chosen === 'all' || (chosen === 'minority' ? k === smallest : chosen === 'notMinority' ? k !== smallest : k !== largest);
    return counts.map((_, k) => (isChosen(k) ? goal : null));
  }
  if (typeof strategy === 'number') {
    if (classes.length !== 2) throw new OptionError(`${owner}: samplingStrategy must not be a ratio for ${classes.length} classes, got ${strategy}. Name the rows of each class.`);
    const changed = kind === 'over' ? smallest : 1 - smallest;
    const rows = kind === 'over' ? Math.floor(counts[largest] * strategy) : Math.floor(counts[smallest] / strategy);
    return counts.map((_, k) => (k === changed ? rows : null));
  }
  const entries: [unknown, number][] = strategy instanceof Map ? [...strategy] : Object.entries(strategy);
  const wanted: (number | null)[] = counts.map(() => null);
  for (const [label, rows] of entries) {
    // An object's keys are text even where labels are numbers or booleans.
    const code = classes.findIndex((c) => c === label || (!(strategy instanceof Map) && String(c) === label));
    if (code < 0) throw new OptionError(`${owner}: samplingStrategy names ${show(label)}, but the classes are ${classes.map(show).join(', ')}.`);
    wanted[code] = rows;
  }
  return wanted;
}
