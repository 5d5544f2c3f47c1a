import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { compareRuns } from '../../src/competition/compare-runs.ts';
import { comparisonHtml } from '../../src/report/comparison-html.ts';
import { describeInChromium, startChromium } from '../serve/chromium.ts';
import { simulatedRun } from './simulated-run.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeInChromium('the comparison’s page, in Chromium', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await startChromium();
    folder = mkdtempSync(join(tmpdir(), 'refit-comparison-'));
    const run = (name: string, pipelines: [string, number][]) => ({ name, folder: name, ...simulatedRun({ pipelines, rows: 600 }) });
    writeFileSync(join(folder, 'comparison.html'), await comparisonHtml(compareRuns([run('2026-01-01_00-00-00', [['a', 2], ['a-name-that-takes-room-in-a-chart', 1]]), run('2026-01-02_00-00-00', [['b', 3]])])));
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['desktop', 1280, 'light'],
    ['desktop', 1280, 'dark'],
    ['phone', 375, 'light'],
  ] as const)('opens from disk on a %s %i wide, %s: no error, no request, both charts, no serious finding', async (_, width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    const url = pathToFileURL(join(folder, 'comparison.html')).href;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url() !== url && complaints.push(request.url()));
    await page.goto(url);
    expect(complaints).toEqual([]);
    expect(await page.locator('figure svg[role=img]').count()).toBe(2);
    for (const chart of await page.locator('figure svg').all()) expect((await chart.boundingBox())?.width).toBeGreaterThan(300);
    // The page itself never scrolls sideways; wide tables scroll by themselves.
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await page.evaluate(axeSource);
    const findings = (await page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, impact }) => ({ id, impact })))')) as { id: string; impact: string }[];
    expect(findings.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await context.close();
  });
});
