import { calibrationChart } from './calibration-chart.ts';
import { confusionChart } from './confusion-chart.ts';
import { drawChart, type Chart } from './draw-chart.ts';
import { driftChart } from './drift-chart.ts';
import { importanceChart } from './importance-chart.ts';
import { learningCurveChart } from './learning-curve-chart.ts';
import { prChart } from './pr-chart.ts';
import { predictedChart, residualChart } from './regression-charts.ts';
import type { ReportData } from './report-data.ts';
import { rocChart } from './roc-chart.ts';
import { scoreChart } from './score-chart.ts';
import { scoreDistributionChart } from './score-distribution-chart.ts';
import { thresholdChart } from './threshold-chart.ts';

/** A chart of a run as the text of an SVG file that stands alone; undefined where the data cannot give it. */
export type ReportSvg = (data: ReportData) => Promise<string | undefined>;

const file =
  (chartOf: (data: ReportData) => Chart | undefined): ReportSvg =>
  async (data) => {
    const chart = chartOf(data);
    return chart && drawChart(chart, 'file');
  };

/** ROC curves, one line per pipeline; for three classes and more, one per class of the winner. */
export const rocSvg = file(rocChart);
/** Precision against recall, lines as in rocSvg. */
export const prSvg = file(prChart);
/** The winner's confusion matrix. */
export const confusionSvg = file(confusionChart);
/** The competition's metric in every fold of every pipeline. */
export const scoreSvg = file(scoreChart);
/** The winner's scores by true class. */
export const scoreDistributionSvg = file(scoreDistributionChart);
/** Predicted probability against observed share. */
export const calibrationSvg = file(calibrationChart);
/** The winner's predicted values against the true ones; regression only. */
export const predictedSvg = file(predictedChart);
/** The winner's errors along the predicted value; regression only. */
export const residualSvg = file(residualChart);
/** The winner's scores by threshold; two classes only. */
export const thresholdSvg = file(thresholdChart);
/** What the winner owes to each column or term. */
export const importanceSvg = file(importanceChart);
/** The winner's score by the number of rows it learned from. */
export const learningCurveSvg = file(learningCurveChart);
/** What tells training rows from test rows. */
export const driftSvg = file(driftChart);
