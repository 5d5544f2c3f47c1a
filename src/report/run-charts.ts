import type { ReportData } from './report-data.ts';
import { confusionSvg, predictedSvg, prSvg, residualSvg, rocSvg, type ReportSvg } from './report-svgs.ts';
import { svgToPng } from './svg-to-png.ts';

/**
 * A run's pictures by file name, each as SVG and PNG: `roc`, `pr` and `confusion` for classification,
 * `predicted` and `residuals` for regression. Charts that the data cannot give are left out.
 */
export async function runCharts(data: ReportData): Promise<Record<string, string | Uint8Array>> {
  const charts: Record<string, ReportSvg> =
    data.record.competition.task === 'regression' ? { predicted: predictedSvg, residuals: residualSvg } : { roc: rocSvg, pr: prSvg, confusion: confusionSvg };
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, draw] of Object.entries(charts)) {
    const svg = await draw(data);
    if (svg === undefined) continue;
    files[`${name}.svg`] = svg;
    files[`${name}.png`] = await svgToPng(svg);
  }
  return files;
}
