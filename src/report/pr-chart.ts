import { averagePrecisionScore } from '../metrics/average-precision-score.ts';
import { precisionRecallCurve } from '../metrics/precision-recall-curve.ts';
import { hasBothClasses, scoreSeries, splitFolds, type ClassScores, type ScoreSeries } from './class-scores.ts';
import type { Chart } from './draw-chart.ts';
import { foldBand } from './fold-band.ts';
import { formatMeanStd, formatScore, formatShare, meanStd } from './format-score.ts';
import { keptBy } from './kept-by.ts';
import type { ReportData } from './report-data.ts';
import { color, mostSeries, seriesStyle } from './theme.ts';
import { thinCurve } from './thin-curve.ts';
import { unitSquare } from './unit-square.ts';

interface PrLine {
  name: string;
  style: ReturnType<typeof seriesStyle>;
  points: [number, number][];
  /** Average precision of all rows together, then of each fold that has both classes. */
  pooled: number;
  folds: number[];
  /** The curve of each of these folds. */
  curves: [number, number][][];
  foldCount: number;
  /** Share of rows of the class: the precision of guessing. */
  prevalence: number;
}

/**
 * Precision against recall of the pooled out-of-fold scores: for two classes one line per pipeline, for
 * more one line per class of the winner. The dashed baseline is the share of the class: what guessing gets.
 * @returns undefined where no pipeline gives scores
 */
export function prChart(data: ReportData): Chart | undefined {
  const lines = scoreSeries(data).slice(0, mostSeries).map(prLine);
  if (lines.length === 0) return undefined;
  const { classes, winner, competition } = data.record;
  const binary = classes.length === 2;
  const title = binary ? `Precision and recall of ${competition.name}` : `Precision and recall of ${winner} by class`;
  const baselines = binary ? lines.slice(0, 1) : lines;
  return {
    title,
    note: `Lines pool the out-of-fold scores, bands are mean ± standard deviation of single folds. AP: average precision, mean ± standard deviation over folds. ${binary ? `Dashed: guessing, ${formatShare(lines[0].prevalence)}.` : 'Dashed: guessing, by class.'}`,
    label: `${title}. ${lines.map((line) => `${line.name}: ${precisionText(line)}, against ${formatShare(line.prevalence)} by guessing`).join('; ')}.`,
    legend: lines.map((line) => ({ mark: 'line', ...line.style, name: line.name, value: precisionText(line) })),
    plot: (Plot) =>
      unitSquare(Plot, { x: 'Recall', y: 'Precision' }, [
        ...baselines.map(({ prevalence, style }) =>
          Plot.ruleY([prevalence], { stroke: binary ? color('rule') : style.color, strokeDasharray: '4 4', strokeWidth: 1 }),
        ),
        ...(lines.length <= 3 ? lines : lines.slice(0, 1)).flatMap(({ curves, style }) =>
          curves.length < 2 ? [] : [Plot.areaY(foldBand(curves), { x: 'x', y1: 'low', y2: 'high', fill: style.color, fillOpacity: 0.16 })],
        ),
        ...lines.map((line) => Plot.line(line.points, { stroke: line.style.color, strokeDasharray: line.style.dash, strokeWidth: 2.25, strokeLinecap: 'butt' })),
      ]),
  };
}

const prLine = ({ name, index, scores }: ScoreSeries): PrLine => ({ name, style: seriesStyle(index), ...curvesOf(scores) });

const curvesOf = keptBy((scores: ClassScores) => {
  const folds = splitFolds(scores);
  return {
    points: prPoints(scores),
    pooled: averagePrecisionScore(scores.truth, scores.score),
    folds: folds.filter(hasBothClasses).map((fold) => averagePrecisionScore(fold.truth, fold.score)),
    curves: folds.filter(hasBothClasses).map(prPoints),
    foldCount: folds.length,
    prevalence: scores.truth.reduce<number>((sum, t) => sum + t, 0) / scores.truth.length,
  };
});

/** The corners of the step curve, by rising recall: between two thresholds precision does not interpolate. */
function prPoints({ truth, score }: ClassScores): [number, number][] {
  const { precision, recall } = precisionRecallCurve(truth, score);
  const x: number[] = [];
  const y: number[] = [];
  for (let i = recall.length - 1; i >= 0; i--) {
    if (i < recall.length - 1) {
      x.push(recall[i + 1]);
      y.push(precision[i]);
    }
    x.push(recall[i]);
    y.push(precision[i]);
  }
  return thinCurve({ x, y });
}

function precisionText({ pooled, folds, foldCount }: PrLine): string {
  if (foldCount < 2 || folds.length === 0) return `AP ${formatScore(pooled)}`;
  const some = folds.length < foldCount ? ` (${folds.length} of ${foldCount} folds)` : '';
  return `AP ${formatMeanStd(meanStd(folds))}${some}`;
}
