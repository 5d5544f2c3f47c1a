import { CellsTransformer } from '../base/cells-transformer.ts';
import { choice, custom, type Rules } from '../core/rules.ts';
import { columnNames, isMissing, type Cell, type Cells, type ColumnsSeen } from '../table/cells.ts';
import { columnData, type ColumnData } from '../table/column-data.ts';
import { Table } from '../table/table.ts';
import { learnCategories } from './categories.ts';
import { infrequentCategories, maxCategoriesRule, minFrequencyRule } from './infrequent-categories.ts';

export interface RareCategoryGrouperOptions {
  /** Categories in fewer rows (whole number), or in a smaller share of rows (below 1), are joined. Default 0.01. */
  minFrequency?: number | null;
  /** Most categories per column, that of the joined ones included. Default null: no limit. */
  maxCategories?: number | null;
  /** What joined categories become. Default 'rare'. */
  label?: string;
  /** What a category becomes that fit did not see: `label`, or it stays. Default 'group'. */
  handleUnknown?: 'group' | 'keep';
}

/** What RareCategoryGrouper has learned. */
export interface RareCategoryGrouperLearned {
  /** Categories that stay, one ascending list per column of text; null for columns of numbers and booleans. */
  frequent: readonly (readonly string[] | null)[];
  /** Categories that are joined, in the same form. */
  rare: readonly (readonly string[] | null)[];
}

/**
 * Joins the rare categories of text columns into one, so that encoders after it meet few and well-filled ones.
 *
 * X: a Table, or rows of values. Result: a Table of the same columns; numbers, booleans and missing values stay as
 * they are (a missing value counts towards no category). Categories that fit did not see are joined too.
 *
 * `fitted`: frequent, rare, nFeaturesIn, featureNamesIn. scikit-learn has no counterpart as a stage of its own; the
 * rule is that of OneHotEncoder's min_frequency and max_categories.
 *
 * @example
 * const grouper = await new RareCategoryGrouper({ minFrequency: 2 }).fit({ city: ['Rome', 'Rome', 'Pisa'] });
 * (await grouper.transform({ city: ['Pisa', 'Rome'] })).strings('city'); // ['rare', 'Rome']
 */
export class RareCategoryGrouper extends CellsTransformer<RareCategoryGrouperOptions, RareCategoryGrouperLearned, Table> {
  static override readonly rules: Rules<RareCategoryGrouperOptions> = {
    minFrequency: { ...minFrequencyRule(), default: 0.01 },
    maxCategories: maxCategoriesRule(),
    label: custom<string>('rare', 'text', (v) => typeof v === 'string'),
    handleUnknown: choice('group', ['group', 'keep']),
  };

  protected learn(X: Cells): RareCategoryGrouperLearned {
    const { minFrequency, maxCategories } = this.options;
    const { categories, counts } = learnCategories(this.owner, X, 'auto', false);
    const frequent: (string[] | null)[] = [];
    const rare: (string[] | null)[] = [];
    categories.forEach((list, j) => {
      const texts = list.filter((category) => !isMissing(category));
      if (texts.length === 0 || typeof texts[0] !== 'string') {
        frequent.push(null);
        rare.push(null);
        return;
      }
      const joined = new Set(infrequentCategories(counts[j].subarray(0, texts.length), X.rows, minFrequency, maxCategories));
      frequent.push((texts as string[]).filter((_, k) => !joined.has(k)));
      rare.push((texts as string[]).filter((_, k) => joined.has(k)));
    });
    return { frequent, rare };
  }

  protected apply(X: Cells, fitted: RareCategoryGrouperLearned & ColumnsSeen): Table {
    const names = X.names ?? columnNames(this.owner, fitted);
    const { label, handleUnknown } = this.options;
    const columns = X.columns.map((values, j): [string, ColumnData] => {
      if (fitted.frequent[j] === null) return [names[j], X.table?.data(names[j]) ?? columnData(this.owner, names[j], values)];
      const keep = new Set<Cell>(fitted.frequent[j]);
      const join = new Set<Cell>(fitted.rare[j]);
      const grouped = Array.from(values, (value): Cell => {
        if (isMissing(value)) return null;
        return join.has(value) || (handleUnknown === 'group' && !keep.has(value)) ? label : value;
      });
      return [names[j], columnData(this.owner, names[j], grouped)];
    });
    return new Table(columns, X.rows);
  }
}
