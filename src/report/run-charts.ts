import type { ReportData } from './report-data.ts';
import {
  calibrationSvg,
  confusionSvg,
  driftSvg,
  importanceSvg,
  learningCurveSvg,
  predictedSvg,
  prSvg,
  residualSvg,
  rocSvg,
  thresholdSvg,
  type ReportSvg,
} from './report-svgs.ts';
import { svgToPng } from './svg-to-png.ts';

/** What only some runs have worked out. */
const BEYOND_SCORES: Record<string, ReportSvg> = { importance: importanceSvg, 'learning-curve': learningCurveSvg, drift: driftSvg };

/**
 * A run's pictures by file name, each as SVG and PNG: `roc`, `pr`, `confusion`, `calibration` and `threshold` for classification,
 * `predicted` and `residuals` for regression, `importance`, `learning-curve` and `drift` where they were worked out. Charts that
 * the data cannot give are left out.
 */
export async function runCharts(data: ReportData): Promise<Record<string, string | Uint8Array>> {
  const charts: Record<string, ReportSvg> = {
    ...(data.record.competition.task === 'regression'
      ? { predicted: predictedSvg, residuals: residualSvg }
      : { roc: rocSvg, pr: prSvg, confusion: confusionSvg, calibration: calibrationSvg, threshold: thresholdSvg }),
    ...BEYOND_SCORES,
  };
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, draw] of Object.entries(charts)) {
    const svg = await draw(data);
    if (svg === undefined) continue;
    files[`${name}.svg`] = svg;
    files[`${name}.png`] = await svgToPng(svg);
  }
  return files;
}
