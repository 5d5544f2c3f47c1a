import { ColumnTransformer } from '../pipeline/column-transformer.ts';
import { FeatureUnion } from '../pipeline/feature-union.ts';
import { Pipeline } from '../pipeline/pipeline.ts';

/** Columns between two stages. */
export interface TracedColumns {
  names: readonly string[];
  /** For each the number of the one given column that it was made of; −1 where that is none, several, or not known. */
  sources: readonly number[];
}

/** As much of a fitted stage as this asks for; without it, names stay. */
interface NamingStage {
  featureNamesOut?(names: readonly string[]): string[];
}

/**
 * Which of the given columns each column that stages produce was made of. Names alone do not tell: `a_b` may be a column of that
 * name or category b of column a. So each stage is asked what it would call its columns if its own had names that cannot be
 * mistaken; what a stage makes of columns that all come from one, words of a text among them, comes from that one.
 *
 * @example
 * columnSources([['words', fittedOneHotEncoder]], { names: ['a', 'a_b'], sources: [0, 1] }).sources; // [0, 0, 1, 1], say
 */
export function columnSources(stages: readonly (readonly [name: string, stage: object])[], given: TracedColumns): TracedColumns {
  return stages.reduce((columns, [, stage]) => throughStage(stage, columns), given);
}

function throughStage(stage: object, columns: TracedColumns): TracedColumns {
  if (stage instanceof Pipeline) return columnSources(stage.steps as never, columns);
  if (stage instanceof FeatureUnion) return sideBySide(stage.featureNamesOut(columns.names), stage.steps.map(([, part]: readonly [string, object]) => throughStage(part, columns)));
  if (stage instanceof ColumnTransformer) return throughParts(stage, columns);
  const { featureNamesOut } = stage as NamingStage;
  if (featureNamesOut === undefined) return columns;
  const names = featureNamesOut.call(stage, columns.names);
  if (new Set(columns.sources).size === 1) return { names, sources: names.map(() => columns.sources[0]) };
  const marked = featureNamesOut.call(stage, columns.names.map((_, j) => `\0${j}\0`));
  return { names, sources: marked.map((name) => columns.sources[markIn(name)] ?? -1) };
}

function throughParts(stage: ColumnTransformer, { names, sources }: TracedColumns): TracedColumns {
  const parts = Object.entries(stage.namedSteps as Record<string, unknown>).flatMap(([part, work]) => {
    const chosen = stage.fitted.columns[part];
    if (chosen.length === 0 || work === 'drop') return [];
    const columns = { names: chosen, sources: chosen.map((name) => sources[names.indexOf(name)] ?? -1) };
    return [work === 'passthrough' ? columns : throughStage(work as object, columns)];
  });
  return sideBySide(stage.featureNamesOut(), parts);
}

const sideBySide = (names: readonly string[], parts: readonly TracedColumns[]): TracedColumns => ({ names, sources: parts.flatMap((part) => part.sources) });

/** The number of the one column that a name tells of, as it stands between two characters that no name has; −1 for none or several. */
function markIn(name: string): number {
  const marks = new Set(Array.from(name.matchAll(/\0(\d+)\0/g), ([, number]) => Number(number)));
  return marks.size === 1 ? [...marks][0] : -1;
}
