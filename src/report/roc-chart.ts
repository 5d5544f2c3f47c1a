import { auc } from '../metrics/auc.ts';
import { rocCurve } from '../metrics/roc-curve.ts';
import { hasBothClasses, scoreSeries, splitFolds, type ClassScores, type ScoreSeries } from './class-scores.ts';
import type { Chart } from './draw-chart.ts';
import { foldBand } from './fold-band.ts';
import { formatMeanStd, formatScore, meanStd } from './format-score.ts';
import { keptBy } from './kept-by.ts';
import type { ReportData } from './report-data.ts';
import { color, mostSeries, seriesStyle } from './theme.ts';
import { thinCurve } from './thin-curve.ts';
import { unitSquare } from './unit-square.ts';

interface RocLine {
  name: string;
  style: ReturnType<typeof seriesStyle>;
  /** All rows together. */
  points: [number, number][];
  auc: number;
  /** Each fold by itself; folds with one class only have no curve. */
  folds: { points: [number, number][]; auc: number }[];
  foldCount: number;
}

/**
 * ROC curves of a run: for two classes one line per pipeline, for more one line per class of the winner
 * against the rest. Lines pool the out-of-fold scores of all folds; a band is what single folds span, mean ± one
 * standard deviation, drawn while there are at most three lines, else for the first line only.
 * @returns undefined where no pipeline gives scores
 */
export function rocChart(data: ReportData): Chart | undefined {
  const series = scoreSeries(data).slice(0, mostSeries);
  if (series.length === 0) return undefined;
  const { classes, winner } = data.record;
  return rocChartOf(series, {
    title: classes.length === 2 ? `ROC curves of ${data.record.competition.name}` : `ROC curves of ${winner}, each class against the rest`,
    note: 'Lines pool the out-of-fold scores, bands are mean ± standard deviation of single folds. AUC: likewise over folds.',
  });
}

/** ROC curves of any scores, with the AUC of each in the legend. */
export function rocChartOf(series: readonly ScoreSeries[], { title, note }: { title: string; note?: string }): Chart {
  const lines = series.map(rocLine);
  const banded = lines.length <= 3 ? lines : lines.slice(0, 1);
  return {
    title,
    note,
    label: `${title}. ${lines.map((line) => `${line.name}: ${aucText(line)}`).join('; ')}.`,
    legend: lines.map((line) => ({ mark: 'line', ...line.style, name: line.name, value: aucText(line) })),
    plot: (Plot) =>
      unitSquare(Plot, { x: 'False positive rate', y: 'True positive rate' }, [
        Plot.line([[0, 0], [1, 1]], { stroke: color('rule'), strokeDasharray: '4 4', strokeWidth: 1 }),
        ...banded.flatMap((line) =>
          line.folds.length < 2 ? [] : [Plot.areaY(foldBand(line.folds.map(({ points }) => points)), { x: 'x', y1: 'low', y2: 'high', fill: line.style.color, fillOpacity: 0.16 })],
        ),
        // The solid first line lies below the dashed ones: where they coincide both show.
        ...lines.map((line) => Plot.line(line.points, { stroke: line.style.color, strokeDasharray: line.style.dash, strokeWidth: 2.25, strokeLinecap: 'butt' })),
      ]),
  };
}

const rocLine = ({ name, index, scores }: ScoreSeries): RocLine => ({ name, style: seriesStyle(index), ...curvesOf(scores) });

const curvesOf = keptBy((scores: ClassScores) => {
  const folds = splitFolds(scores);
  return {
    ...rocOf(scores.truth, scores.score),
    folds: folds.filter(hasBothClasses).map((fold) => rocOf(fold.truth, fold.score)),
    foldCount: folds.length,
  };
});

function rocOf(truth: ArrayLike<number>, score: ArrayLike<number>): { points: [number, number][]; auc: number } {
  const { fpr, tpr } = rocCurve(truth, score);
  return { points: thinCurve({ x: fpr, y: tpr }), auc: auc(fpr, tpr) };
}

function aucText({ auc, folds, foldCount }: RocLine): string {
  if (foldCount < 2 || folds.length === 0) return `AUC ${formatScore(auc)}`;
  const some = folds.length < foldCount ? ` (${folds.length} of ${foldCount} folds)` : '';
  return `AUC ${formatMeanStd(meanStd(folds.map((fold) => fold.auc)))}${some}`;
}
