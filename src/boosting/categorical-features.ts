import { DataError, OptionError } from '../core/errors.ts';
import { uniqueLabels, type Label } from '../core/labels.ts';
import { custom, type Rule } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { Table } from '../table/table.ts';
import { distinctLabels, type Features } from './features.ts';

/** 'fromDtype', column numbers or names, one flag per column, or null for none. */
export type CategoricalFeatures = 'fromDtype' | readonly (number | string)[] | readonly boolean[] | null;

export const categoricalFeaturesRule = (): Rule<CategoricalFeatures> =>
  custom<CategoricalFeatures>(
    'fromDtype',
    "'fromDtype', an array of column numbers, names or flags, or null",
    (v) => v === 'fromDtype' || v === null || (Array.isArray(v) && v.every((one) => typeof one === typeof v[0] && ['number', 'string', 'boolean'].includes(typeof one))),
    'all',
  );

/** Which columns are categories. @throws OptionError for a column that X lacks */
export function categoricalColumns(owner: string, { source, names, cols }: Features, option: CategoricalFeatures): boolean[] {
  const flags = new Array<boolean>(cols).fill(false);
  if (option === null) return flags;
  if (option === 'fromDtype') {
    if (source instanceof Table) (names as readonly string[]).forEach((name, j) => (flags[j] = ['category', 'text'].includes(source.kind(name))));
    return flags;
  }
  if (typeof option[0] === 'boolean') {
    if (option.length !== cols) throw new OptionError(`${owner}: categoricalFeatures must have one flag per column (${cols}), got ${option.length}.`);
    return [...(option as readonly boolean[])];
  }
  for (const column of option as readonly (number | string)[]) {
    const j = typeof column === 'number' ? column : (names?.indexOf(column) ?? -1);
    if (!(Number.isInteger(j) && j >= 0 && j < cols)) {
      const known = names === null ? `column numbers from 0 to ${cols - 1}` : `columns of X (${names.map(show).join(', ')})`;
      throw new OptionError(`${owner}: categoricalFeatures must name ${known}, got ${show(column)}.`);
    }
    flags[j] = true;
  }
  return flags;
}

/**
 * The categories of column j, ascending; missing values are none.
 * @throws DataError for more than maxBins
 */
export function categoriesOf(owner: string, features: Features, j: number, maxBins: number): Label[] {
  const present = [...distinctLabels(features, j)];
  const title = features.names === null ? String(j) : show(features.names[j]);
  if (present.length > maxBins) {
    throw new DataError(
      `${owner}: column ${title} must have at most ${maxBins} categories (maxBins), got ${present.length}. ` +
        'Group rare ones (RareCategoryGrouper), encode it (TargetEncoder), or drop it.',
    );
  }
  return uniqueLabels(owner, present);
}
