import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { reportHtml } from '../../src/report/report-html.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { describeInChromium, startChromium } from '../serve/chromium.ts';
import { simulatedDiagnostics } from './simulated-diagnostics.ts';
import { simulatedRun } from './simulated-run.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const runs: Record<string, () => ReportData> = {
  'two classes': () => ({ ...simulatedRun({ rows: 400 }), diagnostics: simulatedDiagnostics() }),
  'five classes': () => simulatedRun({ rows: 400, classes: ['a', 'b', 'c', 'd', 'e'], pipelines: [['forest', 2]] }),
};

describeInChromium('a report opened from disk', () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'refit-report-'));
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each(
    Object.keys(runs).flatMap((name) => [[name, 'light', 1280] as const, [name, 'dark', 1280] as const, [name, 'light', 390] as const]),
  )('%s, %s, %i pixels wide: draws every chart, asks for nothing, is accessible and not too wide', async (name, colorScheme, width) => {
    const file = join(folder, 'report.html');
    writeFileSync(file, await reportHtml(runs[name]()));
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const troubles: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && troubles.push(message.text())));
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => void (request.url().startsWith('file:') || request.url().startsWith('data:') || troubles.push(request.url())));
    await page.goto(pathToFileURL(file).href);

    const figures = await page.locator('figure').count();
    expect(figures).toBeGreaterThanOrEqual(4);
    // Every figure has a picture with marks in it, and words for those who cannot see them.
    const empty = await page.locator('figure').evaluateAll((all) =>
      all.filter((figure: any) => figure.querySelectorAll('svg path, svg rect, svg circle').length === 0 || !figure.querySelector('svg[role=img]')?.getAttribute('aria-label')).length,
    );
    expect(empty).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);

    await page.evaluate(axe);
    const { violations } = (await page.evaluate('axe.run(document)')) as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    expect(violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
