import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { OptionError, ShapeError } from '../core/errors.ts';
import { uniqueLabels, type Label, type Labels } from '../core/labels.ts';
import { show, showList } from '../core/show.ts';
import { drawChart } from './draw-chart.ts';
import { rocChartOf } from './roc-chart.ts';
import { svgToPng } from './svg-to-png.ts';

export interface RocFigureOptions {
  /** First line of the picture. Default 'ROC curve'. */
  title?: string;
  /** Name of the line in the legend. Default 'ROC of <posLabel>'. */
  name?: string;
  /** The label that high scores speak for. Default: the larger of the two labels. */
  posLabel?: Label;
}

/**
 * The ROC curve of any scores as SVG text, with its AUC.
 *
 * yTrue: one label per row, two distinct ones (with `posLabel`, two or more). yScore: one score per row,
 * higher for the positive label: a column of `predictProba`, or decision values.
 * @throws OptionError when posLabel does not occur, ShapeError when lengths differ
 */
export async function rocFigure(yTrue: Labels, yScore: ArrayLike<number>, { title = 'ROC curve', name, posLabel }: RocFigureOptions = {}): Promise<string> {
  if (yTrue.length !== yScore.length) throw new ShapeError(`rocFigure: yTrue and yScore must be of one length, got ${yTrue.length} and ${yScore.length}.`);
  const classes = uniqueLabels('rocFigure', yTrue);
  if (classes.length < 2) throw new OptionError(`rocFigure: yTrue must hold two labels or more, got ${showList(classes.map(show))}.`);
  if (posLabel === undefined && classes.length > 2) throw new OptionError(`rocFigure: posLabel must be given for more than two labels (${showList(classes.map(show))}).`);
  const positive = posLabel ?? classes[classes.length - 1];
  if (!classes.includes(positive)) throw new OptionError(`rocFigure: posLabel must be one of ${showList(classes.map(show))}, got ${show(positive)}.`);
  const scores = {
    truth: Int8Array.from({ length: yTrue.length }, (_, i) => (yTrue[i] === positive ? 1 : 0)),
    score: Float64Array.from(yScore),
    fold: new Int32Array(yTrue.length),
  };
  return drawChart(rocChartOf([{ name: name ?? `ROC of ${positive}`, index: 0, scores }], { title }), 'file');
}

/**
 * Writes the ROC curve of any scores as a picture; the ending of the file, .svg or .png, says which kind.
 *
 * @throws what rocFigure throws, or OptionError for another ending
 * @example
 * const scores = (await pipeline.predictProba(Xtest)).col(1);
 * await writeRocChart('roc.png', ytest, scores, { title: 'Count + scale + logistic' });
 */
export async function writeRocChart(file: string, yTrue: Labels, yScore: ArrayLike<number>, options: RocFigureOptions & { scale?: number } = {}): Promise<void> {
  const ending = extname(file).toLowerCase();
  if (ending !== '.svg' && ending !== '.png') throw new OptionError(`writeRocChart: file must end in .svg or .png, got ${show(file)}.`);
  const { scale, ...svgOptions } = options;
  const svg = await rocFigure(yTrue, yScore, svgOptions);
  await writeFile(file, ending === '.svg' ? svg : await svgToPng(svg, { scale }));
}
