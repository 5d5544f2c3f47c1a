import { DataError, OptionError } from '../core/errors.ts';
import { compareLabels, labelCodes, uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { encodeTrue } from './targets.ts';

/**
 * Which class each column of scores stands for, and the column of each row's true label.
 *
 * The classes are `labels`, which must ascend as a model's classes do, or else those that occur in yTrue.
 * @throws OptionError for labels out of order, DataError where labels or columns do not fit yTrue
 */
export function columnClasses(
  owner: string,
  yTrue: Labels,
  labels: Labels | null,
  columns: number,
): { classes: readonly Label[]; codes: Int32Array } {
  const { classes, codes } = labels === null ? encodeTrue(owner, yTrue) : encodeAs(owner, yTrue, labels);
  if (classes.length !== columns) {
    throw new DataError(
      `${owner}: there must be one column per class, got ${columns} ${columns === 1 ? 'column' : 'columns'} for ` +
        `${classes.length} ${classes.length === 1 ? 'class' : 'classes'} (${showList(classes.map(show))}). ` +
        'Pass all classes of the model, ascending, as labels.',
    );
  }
  return { classes, codes };
}

function encodeAs(owner: string, yTrue: Labels, labels: Labels): { classes: readonly Label[]; codes: Int32Array } {
  const classes = Array.from(labels);
  uniqueLabels(owner, classes);
  for (let k = 1; k < classes.length; k++) {
    if (compareLabels(classes[k - 1], classes[k]) < 0) continue;
    throw new OptionError(
      `${owner}: labels must ascend, as the columns of predictProba do, got ${show(classes[k])} after ${show(classes[k - 1])}. ` +
        'Sort labels and columns alike.',
    );
  }
  return { classes, codes: labelCodes(owner, yTrue, classes) };
}
