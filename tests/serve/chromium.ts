import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where a Chromium of this machine lies; undefined where there is none. */
const chromiumPath = [process.env.REFIT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

/** `describe` where there is a Chromium; else the tests are skipped, and the title says what would run them. */
export function describeInChromium(title: string, tests: () => void): void {
  if (chromiumPath === undefined) describe.skip(`${title} (skipped: no Chromium here; install one or set REFIT_CHROMIUM to its path)`, tests);
  else describe(title, tests);
}

export const startChromium = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu'] });
