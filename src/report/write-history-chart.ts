import { extname } from 'node:path';
import { DataError, OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { History } from '../nn/training/history.ts';
import { writeFileAtomically } from '../table/write-file-atomically.ts';
import { drawChart } from './draw-chart.ts';
import { historyChart } from './history-chart.ts';
import { svgToPng } from './svg-to-png.ts';

export interface HistoryFigureOptions {
  /** First line of the picture. Default 'Training'. */
  title?: string;
}

/** The losses of a training by epoch, as SVG text. @throws DataError for a history without an epoch */
export async function historyFigure(history: History, { title = 'Training' }: HistoryFigureOptions = {}): Promise<string> {
  if (history.epochs.length === 0) throw new DataError('historyFigure: history must have at least one epoch, got none.');
  return drawChart(historyChart(history, title), 'file');
}

/**
 * Writes the losses of a training by epoch as a picture; the ending of the file, .svg or .png, says which kind.
 *
 * @throws what historyFigure throws, or OptionError for another ending
 * @example
 * await writeHistoryChart('training.png', await nn.fit(model, { … }), { title: 'Fashion-MNIST, small CNN' });
 */
export async function writeHistoryChart(file: string, history: History, options: HistoryFigureOptions & { scale?: number } = {}): Promise<void> {
  const ending = extname(file).toLowerCase();
  if (ending !== '.svg' && ending !== '.png') throw new OptionError(`writeHistoryChart: file must end in .svg or .png, got ${show(file)}.`);
  const { scale, ...figure } = options;
  const svg = await historyFigure(history, figure);
  await writeFileAtomically(file, ending === '.svg' ? svg : await svgToPng(svg, { scale }));
}
