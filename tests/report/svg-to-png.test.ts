import { rocSvg } from '../../src/report/report-svgs.ts';
import { runCharts } from '../../src/report/run-charts.ts';
import { svgToPng } from '../../src/report/svg-to-png.ts';
import { simulatedDiagnostics } from './simulated-diagnostics.ts';
import { simulatedRegression, simulatedRun } from './simulated-run.ts';

const magic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const widthOf = (png: Buffer): number => png.readUInt32BE(16);
const heightOf = (png: Buffer): number => png.readUInt32BE(20);
const withText = (text: string, family = 'Inter, system-ui, sans-serif'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200" height="40" font-family="${family}"><text x="10" y="25" font-size="14">${text}</text></svg>`;

describe('svgToPng', () => {
  test('gives a PNG of twice the size unless told otherwise', async () => {
    const svg = (await rocSvg(simulatedRun({ rows: 100 }))) as string;
    const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
    const png = await svgToPng(svg);
    expect([...png.subarray(0, 8)]).toEqual(magic);
    expect([widthOf(png), heightOf(png)]).toEqual([880, height * 2]);
    expect(widthOf(await svgToPng(svg, { scale: 1 }))).toBe(440);
  });

  test.each(['title', '0.9874 ± 0.0031', 'Ärger naïve façade', 'Ελληνικά', 'Русский', '→ ↑ − ≥'])('draws the text %s', async (text) => {
    const blank = await svgToPng(withText(''));
    expect((await svgToPng(withText(text))).equals(blank)).toBe(false);
  });

  test('draws different texts differently, also where the font family is unknown', async () => {
    const png = await svgToPng(withText('spam', 'NoSuchFont'));
    expect(png.equals(await svgToPng(withText('ham', 'NoSuchFont')))).toBe(false);
    expect(png.equals(await svgToPng(withText('', 'NoSuchFont')))).toBe(false);
  });

  test('takes text beyond its own font without failing', async () => {
    expect([...(await svgToPng(withText('科学 😀'))).subarray(0, 8)]).toEqual(magic);
  });

  test('gives the same bytes each time', async () => {
    expect((await svgToPng(withText('spam'))).equals(await svgToPng(withText('spam')))).toBe(true);
  });
});

describe('runCharts', () => {
  test('gives each chart as SVG and PNG', async () => {
    const both = (...names: string[]): string[] => names.flatMap((name) => [`${name}.svg`, `${name}.png`]);
    const scores = both('roc', 'pr', 'confusion', 'calibration', 'threshold');
    expect(Object.keys(await runCharts(simulatedRun({ rows: 60 })))).toEqual(scores);
    const diagnosed = await runCharts({ ...simulatedRun({ rows: 60 }), diagnostics: simulatedDiagnostics() });
    expect(Object.keys(diagnosed)).toEqual([...scores, ...both('importance', 'learning-curve', 'drift')]);
    expect(Object.keys(await runCharts(simulatedRegression(60)))).toEqual(['predicted.svg', 'predicted.png', 'residuals.svg', 'residuals.png']);
  });
});
