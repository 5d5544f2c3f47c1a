import type { ReportData } from '../report/report-data.ts';

/** The pictures and the report of a run, by file name. */
export async function runFiles(result: ReportData): Promise<Record<string, string | Uint8Array>> {
  const { reportHtml } = await import('../report/report-html.ts');
  const { runCharts } = await import('../report/run-charts.ts');
  return { ...(await runCharts(result)), 'report.html': await reportHtml(result) };
}
