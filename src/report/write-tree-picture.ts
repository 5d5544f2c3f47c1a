import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { DecisionTreeClassifier } from '../tree/decision-tree-classifier.ts';
import type { DecisionTreeRegressor } from '../tree/decision-tree-regressor.ts';
import { svgToPng } from './svg-to-png.ts';
import { treeFigure, type TreeFigureOptions } from './tree-figure.ts';

/**
 * Writes a fitted decision tree as a picture; the ending of the file, .svg or .png, says which kind.
 *
 * @throws what treeFigure throws, or OptionError for another ending
 * @example
 * const model = await new DecisionTreeClassifier({ maxDepth: 3 }).fit(X, y);
 * await writeTreePicture('tree.png', model, { featureNames: ['age', 'fare'] });
 */
export async function writeTreePicture(
  file: string,
  model: DecisionTreeClassifier | DecisionTreeRegressor,
  { scale, ...options }: TreeFigureOptions & { scale?: number } = {},
): Promise<void> {
  const ending = extname(file).toLowerCase();
  if (ending !== '.svg' && ending !== '.png') throw new OptionError(`writeTreePicture: file must end in .svg or .png, got ${show(file)}.`);
  const svg = treeFigure(model, options);
  await writeFile(file, ending === '.svg' ? svg : await svgToPng(svg, { scale }));
}
