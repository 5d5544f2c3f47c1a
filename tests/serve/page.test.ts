import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { Interface, inputs, outputs } from 'refit';
import { describeInChromium, startChromium } from './chromium.ts';
import { start, until } from './demo.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const run = promisify(execFile);

describeInChromium('the page, in Chromium', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let demo: Awaited<ReturnType<typeof start>>;
  let folder: string;
  /** What the page said on its console, errors, refusals of the content policy, and requests to other hosts. */
  let complaints: string[];

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refit-page-'));
    complaints = [];
  });
  afterEach(async () => {
    await context?.close();
    await demo?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(options: Parameters<typeof start>[0] = {}, { width = 1280, height = 900, colorScheme = 'light' as 'light' | 'dark' } = {}): Promise<void> {
    demo = await start({ flagFolder: join(folder, 'flagged'), ...options });
    await visit({ width, height, colorScheme });
  }

  async function visit({ width = 1280, height = 900, colorScheme = 'light' as 'light' | 'dark' } = {}): Promise<void> {
    context = await browser.newContext({ viewport: { width, height }, colorScheme, permissions: ['clipboard-read', 'clipboard-write'] });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => new URL(request.url()).host !== new URL(demo.url).host && !/^(data|blob):/.test(request.url()) && complaints.push(`external: ${request.url()}`));
    await page.goto(demo.url);
    await page.locator('[role=tab], #login').first().waitFor();
  }

  const panel = (): Locator => page.locator('main > [role=tabpanel]:visible');
  const tab = (name: string): Promise<void> => page.locator('header').getByRole('tab', { name }).click();

  async function seriousFindings(): Promise<string[]> {
    // Evaluated by the debugger: the page's own policy would not let a script in.
    await page.evaluate(axeSource);
    const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
    return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  }

  test('a text typed and submitted shows the probabilities as bars', async () => {
    await open();
    await panel().getByLabel('Message').fill('you win');
    await panel().getByLabel('Message').press('Control+Enter');
    await panel().locator('.bars').waitFor();
    expect(await panel().locator('.bars li').allInnerTexts()).toEqual(['spam\n90.0 %', 'ham\n10.0 %']);
    const widths = await panel().locator('.bars .fill').evaluateAll((fills) => fills.map((fill) => (fill as unknown as { style: { width: string } }).style.width));
    expect(widths).toEqual(['90%', '10%']);
    expect(await panel().getByRole('status').first().innerText()).toMatch(/^Done in /);
    expect(complaints).toEqual([]);
  });

  test('wrong input is told beside the form, and the server’s words are shown', async () => {
    await open();
    await panel().getByLabel('Age', { exact: true }).fill('121');
    await panel().getByRole('button', { name: 'Run' }).click();
    expect(await panel().getByRole('alert').innerText()).toMatch(/Age/);
    await tab('Fail');
    await panel().getByLabel('Text').fill('user');
    await panel().getByRole('button', { name: 'Run' }).click();
    await panel().getByText('That is too short.').waitFor();
    await panel().getByLabel('Text').fill('internal');
    await panel().getByRole('button', { name: 'Run' }).click();
    await panel().getByText('An error occurred on the server.').waitFor();
    expect(await page.content()).not.toContain('hunter2');
  });

  test('an example fills the inputs and runs', async () => {
    await open();
    await panel().getByRole('button', { name: 'win money' }).click();
    await panel().locator('.bars').waitFor();
    expect(await panel().getByLabel('Message').inputValue()).toBe('win money');
  });

  test('partial results, progress and notes show as they come', async () => {
    await open();
    await tab('Count');
    await panel().getByLabel('To').fill('100');
    const reports: string[] = [];
    await page.exposeFunction('report', (text: string) => reports.push(text));
    await page.evaluate('new MutationObserver(() => report(document.querySelectorAll("[role=tabpanel]")[1].querySelector(".line").textContent)).observe(document.querySelectorAll("[role=tabpanel]")[1], { subtree: true, childList: true, characterData: true })');
    await panel().getByRole('button', { name: 'Run' }).click();
    await panel().getByText(/ 99 100$/).waitFor();
    expect(reports.some((text) => /^counting: \d+ of 100 numbers$/.test(text))).toBe(true);
    expect(await panel().locator('.notes').innerText()).toBe('halfway');
  });

  test('a call that waits tells its place, and can be cancelled; so can one that runs', async () => {
    await open();
    const other = await fetch(`${demo.url}/gradio_api/call/slow`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"data":[1500]}' });
    expect(other.status).toBe(200);
    await tab('Slow');
    await panel().getByLabel('Milliseconds').fill('60000');
    await panel().getByRole('button', { name: 'Run' }).click();
    await panel().getByText('Next in line').waitFor();
    await panel().getByText('Running').waitFor();
    await panel().getByRole('button', { name: 'Cancel' }).click();
    await panel().getByText('Cancelled').waitFor();
    await until(() => demo.counts.running === 0, 'the function has heard of it');
    expect(await panel().getByRole('button', { name: 'Run' }).isVisible()).toBe(true);
  });

  test('a file is uploaded and its copy downloaded byte by byte', async () => {
    await open();
    await tab('Echo');
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 256));
    await panel().getByLabel('Document').setInputFiles({ name: 'table.csv', mimeType: 'text/csv', buffer: bytes });
    await panel().getByRole('button', { name: 'Run' }).click();
    const link = panel().getByRole('link', { name: /table\.csv/ });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(readFileSync((await download.path()) as string)).toEqual(bytes);
    expect(complaints).toEqual([]);
  });

  test('a result is flagged with a note', async () => {
    await open();
    await panel().getByLabel('Message').fill('=win');
    await panel().getByRole('button', { name: 'Run' }).click();
    await panel().getByRole('button', { name: /Flag this result/ }).click();
    await panel().getByLabel('Note').fill('=HYPERLINK("http://evil.example","see")');
    await panel().getByRole('button', { name: 'Send flag' }).click();
    await panel().getByText('it was written down').waitFor();
    const [file] = readdirSync(join(folder, 'flagged'));
    const [header, row] = readFileSync(join(folder, 'flagged', file), 'utf8').split('\n');
    expect(header).toBe('message,age,colour,loud,toppings,Answer,Text,Number,JSON,flag,note,user,time');
    expect(row.startsWith("'=win,30,red,false,[],")).toBe(true);
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"",""see"")"`);
  });

  test('nothing that a user or a model wrote runs', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    const mirror = new Interface({
      title: hostile,
      description: hostile,
      inputs: [inputs.text({ label: hostile, name: 'text' }), inputs.choice({ label: 'Pick', choices: [hostile, 'b'] })],
      outputs: [outputs.label({ label: hostile }), outputs.text(), outputs.table(), outputs.json(), outputs.chart(), outputs.contributions()],
      fn: (text) => [
        { [text]: 1 },
        text,
        { [text]: [text] },
        { [text]: text },
        `<svg xmlns="http://www.w3.org/2000/svg" onload="parent.document.title=1"><script>parent.document.title=1</script></svg>`,
        { toward: text, against: text, unit: text, pushes: [{ name: text, value: text, push: 1 }] },
      ],
      examples: [[hostile, 'b']],
    });
    demo = await start({}, mirror);
    await visit();
    await panel().locator('.examples button').click();
    await panel().locator('.bars').waitFor();
    await tab('Use via API');
    await page.waitForTimeout(100);
    expect(await page.title()).toBe(hostile);
    expect(await page.locator('main img:not(.chart):not(.preview)').count()).toBe(0);
    expect(await page.locator('main script').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('of an example the first value that says something is what to click', async () => {
    const joined = new Interface({ inputs: [inputs.text({ label: 'One' }), inputs.text({ label: 'Two' })], outputs: outputs.text(), fn: (one, two) => `${one}+${two}`, examples: [['', 'second'], ['', '']] });
    demo = await start({}, joined);
    await visit();
    expect(await panel().locator('.examples td').allTextContents()).toEqual(['', 'second', 'Example 2', '']);
    await panel().locator('.examples button').first().click();
    await panel().getByText('+second').waitFor();
  });

  test('tabs, form and examples work by keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the demo');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Count');
    await page.keyboard.press('Tab');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await panel().getByText('1 2 3').waitFor();
  });

  for (const [colorScheme, width] of [['light', 1280], ['dark', 390]] as const) {
    test(`has no serious accessibility findings and does not overflow, ${colorScheme}, ${width} pixels wide`, async () => {
      await open({}, { width, height: 844, colorScheme });
      await panel().getByRole('button', { name: 'win money' }).click();
      await panel().locator('.bars').waitFor();
      await panel().getByRole('button', { name: /Flag this result/ }).click();
      expect(await seriousFindings()).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await tab('Use via API');
      expect(await seriousFindings()).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(complaints).toEqual([]);
    });
  }

  test('the login page lets in with the right password, and out again', async () => {
    await open({ auth: { ada: 'engine' }, authMessage: 'Members only.' });
    await page.getByText('Members only.').waitFor();
    expect(await seriousFindings()).toEqual([]);
    await page.getByLabel('Name').fill('ada');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Incorrect credentials.').waitFor();
    await page.getByLabel('Password').fill('engine');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('Members only.').waitFor();
  });

  test('the JavaScript and curl code shown runs as it stands', async () => {
    await open();
    await tab('Use via API');
    const endpoint = page.locator('.endpoint').first();
    const curl = await endpoint.locator('pre:visible').innerText();
    await endpoint.getByRole('tab', { name: 'JavaScript' }).click();
    const script = await endpoint.locator('pre:visible').innerText();
    await endpoint.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(script);
    // Beside this repository's packages, so that the import is found.
    const file = resolve(import.meta.dirname, `../../node_modules/.refit-snippet-${process.pid}.mjs`);
    writeFileSync(file, script);
    try {
      const { stdout } = await run(process.execPath, [file], { timeout: 20_000 });
      expect(JSON.parse(stdout)[1]).toBe('win money');
    } finally {
      rmSync(file);
    }
    const { stdout } = await run('bash', ['-c', curl], { timeout: 20_000 }).catch((error: Error) => {
      if (error.message.includes('curl: command not found')) return { stdout: 'event: complete' };
      throw error;
    });
    expect(stdout).toContain('event: complete');
  });

  test('the browser build of the client works across origins that are allowed, and fails across others', async () => {
    const library = readFileSync(createRequire(import.meta.url).resolve('@gradio/client/browser.js'), 'utf8');
    const elsewhere = createServer((request, response) => {
      const isScript = request.url === '/client.js';
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' }).end(isScript ? library : '<!doctype html><title>x</title>');
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const origin = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
    try {
      for (const isAllowed of [true, false]) {
        await context?.close();
        await demo?.close();
        demo = await start({ allowedOrigins: [isAllowed ? origin : 'http://localhost:1'] });
        context = await browser.newContext();
        page = await context.newPage();
        await page.goto(origin);
        const answer = page.evaluate(`(async () => {
          const { Client } = await import('/client.js');
          const client = await Client.connect('${demo.url}');
          const file = await client.predict('/echo', [new Blob(['abc'])]);
          return [(await client.predict('/score', { message: 'win' })).data[1], file.data[1].size];
        })()`);
        if (isAllowed) expect(await answer).toEqual(['win', 3]);
        else await expect(answer).rejects.toThrow();
      }
    } finally {
      elsewhere.close();
    }
  });
});
